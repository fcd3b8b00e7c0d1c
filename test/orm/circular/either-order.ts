// Run as a program: imports the two classes in the order that its argument says, and uses both.
import { insertInto } from "athanor";
import { Session } from "athanor/orm";
import { sqlite } from "athanor/sqlite";
import { authors, books } from "./tables.ts";

const order = process.argv[2] === "author first" ? ["./author.ts", "./book.ts"] : ["./book.ts", "./author.ts"];
const modules = [await import(order[0] as string), await import(order[1] as string)];
const { Author, Book }: { Author: typeof import("./author.ts").Author; Book: typeof import("./book.ts").Book } =
  Object.assign({}, ...modules);

const db = sqlite(":memory:");
await db.create({ authors, books });
await db.run(insertInto(authors).values({ name: "Ann" }));
await db.run(insertInto(books).values({ authorId: 1, title: "One" }));
const session = new Session(db);
const [book] = await session.query(Book).include(Book.author.include(Author.books)).all();
console.log(JSON.stringify(book), book?.author.books[0] === book);
await session.close();
