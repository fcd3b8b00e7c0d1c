// The table that the tests of running statements write to and read from.
import { type Database, insertInto, integer, select, table, text } from "athanor";

export const notes = table("notes", { id: integer().primaryKey(), text: text().unique() });

/** All texts, in the order of their keys. */
export const texts = select({ text: notes.text }).from(notes).orderBy(notes.id.asc());

export const insertNote = (it: string) => insertInto(notes).values({ text: it });

/** Makes the table anew, so that its keys start at 1. */
export async function emptied(db: Database<any>): Promise<Database<any>> {
  await db.execute("drop table if exists notes");
  await db.create({ notes });
  return db;
}

export async function textsIn(db: Pick<Database<any>, "all">): Promise<string[]> {
  return (await db.all(texts)).map(({ text: it }) => it);
}
