// The ORM of Athanor: objects of classes, in a session.
import { many, mapped, one, Session } from "athanor/orm";
import { athanorVersion, authors, books, comments, connect, people, posts, postTags, tags } from "./athanor-tables.ts";
import { booksOf, lookups, people as newPeople, type OpenPeer, sumAuthors, sumNested, sumTagged } from "./peer.ts";

class Author extends mapped(authors, {
  get posts() {
    return many(Post);
  },
}) {}
class Post extends mapped(posts, {
  get author() {
    return one(Author);
  },
  get comments() {
    return many(Comment);
  },
  get tags() {
    return many(Tag, { through: postTags });
  },
}) {}
class Comment extends mapped(comments, {
  get post() {
    return one(Post);
  },
}) {}
class Tag extends mapped(tags, {
  get posts() {
    return many(Post, { through: postTags });
  },
}) {}
class Person extends mapped(people, {
  get books() {
    return many(Book);
  },
}) {}
class Book extends mapped(books, {
  get author() {
    return one(Person);
  },
}) {}

const sessions: Session<any>[] = [];

export const openAthanorOrm: OpenPeer = async (database, url) => {
  const db = await connect(database, url);
  return {
    name: "Athanor ORM",
    version: await athanorVersion(),
    close: async () => {
      for (const session of sessions.splice(0)) await session.close();
      await db.close();
    },
    tasks: {
      async point(first) {
        const session = new Session(db);
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (await session.getOne(Author, first + i)).age;
        return sum;
      },
      rows: async () => sumAuthors(await new Session(db).query(Author).all()),
      nested: async () =>
        sumNested(
          (await new Session(db)
            .query(Author)
            .where(authors.id.lte(100))
            .include(Author.posts.include(Post.comments))
            .all()) as never,
        ),
      manyToMany: async () => sumTagged((await new Session(db).query(Post).include(Post.tags).all()) as never),
      async insert() {
        const session = new Session(db);
        const all = newPeople(5000).map((row) => new Person(row));
        session.add(...all);
        await session.commit();
        await session.close();
        return all.filter((person) => person.id > 0).length;
      },
      async change() {
        const session = new Session(db);
        const found = await session.query(Person).orderBy(people.id.asc()).all();
        for (let i = 0; i < found.length; i += 4) (found[i] as Person).age++;
        await session.commit();
        await session.close();
        return found.length;
      },
      async graph() {
        const session = new Session(db);
        newPeople(2000).forEach((row, i) => {
          const author = new Person(row);
          for (const book of booksOf(i)) session.add(new Book({ ...book, author }));
        });
        await session.commit();
        await session.close();
        return 8000;
      },
      tenWrites: () => Session.run(db, writeTen),
      async keep() {
        const session = new Session(db);
        sessions.push(session);
        return session.query(Author).all();
      },
    },
  };
};

async function writeTen(session: Session<any>): Promise<number> {
  for (let i = 1; i <= 10; i++)
    await session
      .query(Author)
      .where(authors.id.eq(i * 3 - 1))
      .update({ note: "note" });
  return 10;
}
