import { mapped, one } from "athanor/orm";
import { Author } from "./author.ts";
import { books } from "./tables.ts";

export class Book extends mapped(books, {
  get author() {
    return one(Author);
  },
}) {}
