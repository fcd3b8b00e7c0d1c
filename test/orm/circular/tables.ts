import { integer, table, text } from "athanor";

export const authors = table("c_authors", { id: integer().primaryKey(), name: text() });
export const books = table("c_books", {
  id: integer().primaryKey(),
  authorId: integer().references(() => authors.id),
  title: text(),
});
