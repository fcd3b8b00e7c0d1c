import { many, mapped } from "athanor/orm";
import { Book } from "./book.ts";
import { authors } from "./tables.ts";

export class Author extends mapped(authors, {
  get books() {
    return many(Book);
  },
}) {}
