// Sequelize 6. On SQLite it wants the package sqlite3, which has to be compiled: left out there.
import { DataTypes, Op, Sequelize } from "sequelize";
import {
  booksOf,
  chunks,
  lookups,
  type OpenPeer,
  people,
  sumAuthors,
  sumGroups,
  sumNested,
  sumTagged,
} from "./peer.ts";
import { versionOf } from "./raw.ts";

export const openSequelize: OpenPeer = async (database, url) => {
  if (database === "sqlite") return undefined;
  const db = new Sequelize(url, { dialect: database === "postgres" ? "postgres" : "mysql", logging: false });
  const options = { timestamps: false, freezeTableName: true };
  const id = { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true };
  const Author: any = db.define(
    "authors",
    { id, name: DataTypes.STRING, city: DataTypes.STRING, age: DataTypes.INTEGER, note: DataTypes.STRING },
    options,
  );
  const Post: any = db.define(
    "posts",
    { id, author_id: DataTypes.INTEGER, title: DataTypes.STRING, views: DataTypes.INTEGER },
    options,
  );
  const Comment: any = db.define("comments", { id, post_id: DataTypes.INTEGER, body: DataTypes.STRING }, options);
  const Tag: any = db.define("tags", { id, label: DataTypes.STRING }, options);
  const PostTag: any = db.define(
    "post_tags",
    { post_id: { type: DataTypes.INTEGER, primaryKey: true }, tag_id: { type: DataTypes.INTEGER, primaryKey: true } },
    options,
  );
  const Person: any = db.define(
    "people",
    { id, name: DataTypes.STRING, age: DataTypes.INTEGER, city: DataTypes.STRING, score: DataTypes.INTEGER },
    options,
  );
  const Book: any = db.define(
    "books",
    { id, author_id: DataTypes.INTEGER, title: DataTypes.STRING, pages: DataTypes.INTEGER },
    options,
  );
  Author.hasMany(Post, { as: "posts", foreignKey: "author_id" });
  Post.hasMany(Comment, { as: "comments", foreignKey: "post_id" });
  Post.belongsToMany(Tag, { as: "tags", through: PostTag, foreignKey: "post_id", otherKey: "tag_id" });
  const insertPeople = async (count: number, transaction: any): Promise<any[]> => {
    const made: any[] = [];
    for (const some of chunks(people(count), 1000)) made.push(...(await Person.bulkCreate(some, { transaction })));
    return made;
  };
  return {
    name: "Sequelize",
    version: await versionOf("sequelize"),
    close: () => db.close(),
    tasks: {
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (await Author.findByPk(first + i)).age;
        return sum;
      },
      rows: async () => sumAuthors(await Author.findAll()),
      keep: () => Author.findAll(),
      aggregate: async () =>
        sumGroups(
          await Author.findAll({
            attributes: [
              "city",
              [db.fn("count", db.col("posts.id")), "n"],
              [db.fn("sum", db.col("posts.views")), "views"],
            ],
            include: [{ model: Post, as: "posts", attributes: [], required: true }],
            where: { age: { [Op.gt]: 20 } },
            group: ["authors.city"],
            having: db.where(db.fn("count", db.col("posts.id")), Op.gt, 3),
            order: ["city"],
            raw: true,
          }),
        ),
      nested: async () =>
        sumNested(
          await Author.findAll({
            where: { id: { [Op.lte]: 100 } },
            include: [
              {
                model: Post,
                as: "posts",
                separate: true,
                include: [{ model: Comment, as: "comments", separate: true }],
              },
            ],
          }),
        ),
      manyToMany: async () => sumTagged(await Post.findAll({ include: [{ model: Tag, as: "tags" }] })),
      insert: async () =>
        // MySQL gives the first key alone, and Sequelize fills in no others there.
        (await db.transaction((transaction) => insertPeople(5000, transaction))).filter(
          (person) => database === "mariadb" || person.id > 0,
        ).length,
      async change() {
        const found = await Person.findAll({ order: ["id"] });
        await db.transaction(async (transaction) => {
          for (let i = 0; i < found.length; i += 4) {
            found[i].age++;
            await found[i].save({ transaction });
          }
        });
        return found.length;
      },
      ...(database === "postgres"
        ? {
            async graph() {
              await db.transaction(async (transaction) => {
                const made = await insertPeople(2000, transaction);
                const books = made.flatMap((person, i) =>
                  booksOf(i).map((book) => ({ ...book, author_id: person.id })),
                );
                for (const some of chunks(books, 1000)) await Book.bulkCreate(some, { transaction });
              });
              return 8000;
            },
          }
        : {}),
      async tenWrites() {
        await db.transaction(async (transaction) => {
          for (let i = 1; i <= 10; i++)
            await Author.update({ note: "note" }, { where: { id: i * 3 - 1 }, transaction });
        });
        return 10;
      },
    },
  };
};
