// Objects: what is not loaded, what a class has not, what a query does not reach.
import { inherit, many, mapped, one, type Session } from "athanor/orm";
import { posts, users } from "../tables.ts";

class User extends mapped(users, {
  get posts() {
    return many(Post);
  },
}) {}
class Post extends mapped(posts, {
  get author() {
    return one(User);
  },
}) {}
declare const session: Session;

const user = await session.getOne(User, 1);
const post = await session.getOne(Post, 1);

post.author.name;

user.posts[0];

await session.get(User, "1");

await session.query(User).where(posts.title.eq("x")).all();

session.query(Post).include(User.posts);

await session.load(post, User.posts);

session.query(User).filter({ nmae: "x" });

session.query(User).undefer("boi");

new Post({ title: 1 });

export class Clash extends mapped(users, {
  get name() {
    return many(Post);
  },
}) {}

class Kind extends mapped(users, {}, { identity: { column: "name" } }) {}
class Leaf extends inherit(Kind, { identity: "leaf" }) {}
inherit(Leaf, { identity: "below" });
