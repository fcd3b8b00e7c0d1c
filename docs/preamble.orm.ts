// What examples for the ORM stand on.
import { many, mapped, one, Session } from "athanor/orm";
import { db, posts, users } from "./preamble.ts";

export class User extends mapped(users, {
  get posts() {
    return many(Post);
  },
}) {}
export class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
}) {}

export const session: Session<never> = new Session(db);
