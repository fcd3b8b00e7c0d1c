// Objects: what an editor shows says what is loaded.
import { fn, select } from "athanor";
import { many, mapped, one, optional, type Session } from "athanor/orm";
import { posts, users, wrote } from "../tables.ts";

class User extends mapped(users, {
  get posts() {
    return many(Post);
  },
  get newest() {
    return optional(Post);
  },
}) {}
class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
}) {}
declare const session: Session;

export const found = await session.get(User, 1);
export const all = await session.query(User).all();
export const included = await session.query(User).include(User.posts.include(Post.author)).all();
export const toOne = await session.query(Post).include(Post.author).first();
export const beside = await session
  .query(User)
  .with({ latest: User.posts.orderBy(posts.id.desc()).limit(3), n: User.posts.count() })
  .all();
export const mixed = await session.all(
  select({ user: User, n: fn.count(posts.id) })
    .from(User)
    .leftJoin(posts, wrote)
    .groupBy(users.id),
);
export const awaited = await (await session.getOne(User, 1)).posts;
export const pending = (await session.getOne(Post, 1)).author;
