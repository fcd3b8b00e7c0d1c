// The text of a schema of many tables in a row, each referring to the one before, with two queries a table.

const imports = `import { boolean, type Database, type Feature, fn, integer, select, table, text, timestamp } from "athanor";
declare const db: Database<Feature<"FULL JOIN">>;
`;

/** The declaration of a table of twelve columns. */
function tableText(i: number): string {
  const parent = i === 0 ? "" : `.references(() => t${i - 1}.id)`;
  return `export const t${i} = table("t${i}", {
  id: integer().primaryKey(), parentId: integer()${parent}, name: text(), email: text().unique(), bio: text().nullable(),
  age: integer(), score: integer().nullable(), active: boolean(), status: text().default("new"), notes: text().nullable(),
  createdAt: timestamp(), updatedAt: timestamp().nullable(),
});
`;
}

/** One of four kinds of queries, in turn. */
function queryText(i: number, tables: number): string {
  const a = i % tables;
  const b = (a + 1) % tables;
  const c = (a + 2) % tables;
  switch (i % 4) {
    case 0:
      return `select({ id: t${a}.id, name: t${a}.name, age: t${a}.age }).from(t${a}).where(t${a}.id.eq(${i}))`;
    case 1:
      return `select({ id: t${a}.id, b: t${b}.name, c: t${c}.bio }).from(t${a}).join(t${b}, t${b}.parentId.eq(t${a}.id)).join(t${c}, t${c}.parentId.eq(t${b}.id)).where(t${a}.active.eq(true), t${c}.age.gt(${i})).orderBy(t${a}.id.asc()).limit(10)`;
    case 2:
      return `select({ name: t${a}.name, n: fn.count(), oldest: fn.max(t${b}.age) }).from(t${a}).join(t${b}, t${b}.parentId.eq(t${a}.id)).groupBy(t${a}.name).having(fn.count().gt(1))`;
    default:
      return `select({ id: t${a}.id, title: fn.upper(t${b}.name), bio: fn.coalesce(t${b}.bio, "") }).from(t${a}).leftJoin(t${b}, t${b}.parentId.eq(t${a}.id)).where(t${a}.status.in(["new", "old"]))`;
  }
}

/** A program of so many tables, with two queries for each. Every row type is looked at. */
export function shop(tables: number): string {
  const lines = [imports];
  for (let i = 0; i < tables; i++) lines.push(tableText(i));
  for (let i = 0; i < tables * 2; i++) {
    const column = ["name", "b", "n", "title"][i % 4];
    lines.push(`const q${i} = await db.all(${queryText(i, tables)});\nvoid q${i}[0]!.${column};\n`);
  }
  return lines.join("");
}

/** Tables alone, and one query, which pays what the first query of a program pays. */
export function tablesOnly(tables: number): string {
  const lines = [imports];
  for (let i = 0; i < tables; i++) lines.push(tableText(i));
  lines.push(`const first = await db.all(${queryText(1, tables)});\nvoid first[0]!.b;\n`);
  return lines.join("");
}
