// What examples for the ORM stand on.
import { many, mapped, one, optional, Session } from "athanor/orm";
import { db, posts, users } from "./preamble.ts";

export class User extends mapped(users, {
  get posts() {
    return many(Post);
  },
  get boss() {
    return optional(User);
  },
  get reports() {
    return many(User);
  },
}) {}
export class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
}) {}

export const session: Session<never> = new Session(db);
