// The programs whose checking is compared: texts with the same tables and queries for each library.
import { shop } from "../type-tests/cost/support/shop.ts";

/** What a library needs for a program: its head, a table, and the query of a number. */
interface Writing {
  readonly head: (tables: number) => string;
  readonly table: (i: number) => string;
  /** One of four kinds in turn, over the tables a, b and c. */
  readonly query: (i: number, a: number, b: number, c: number) => string;
}

export const athanorProgram: (tables: number) => string = shop;

export function kyselyProgram(tables: number): string {
  return program(tables, {
    head: (count) => `import { type Generated, Kysely, sql } from "kysely";
interface Schema {
${Array.from({ length: count }, (_, i) => `  t${i}: T${i};`).join("\n")}
}
declare const db: Kysely<Schema>;
void sql;
`,
    table: (i) => `export interface T${i} {
  id: Generated<number>; parentId: number; name: string; email: string; bio: string | null;
  age: number; score: number | null; active: boolean; status: Generated<string>; notes: string | null;
  createdAt: Date; updatedAt: Date | null;
}
`,
    query(i, a, b, c) {
      switch (i % 4) {
        case 0:
          return `db.selectFrom("t${a}").select(["t${a}.id", "t${a}.name", "t${a}.age"]).where("t${a}.id", "=", ${i}).execute()`;
        case 1:
          return `db.selectFrom("t${a}").innerJoin("t${b}", "t${b}.parentId", "t${a}.id").innerJoin("t${c}", "t${c}.parentId", "t${b}.id").select(["t${a}.id", "t${b}.name as b", "t${c}.bio as c"]).where("t${a}.active", "=", true).where("t${c}.age", ">", ${i}).orderBy("t${a}.id", "asc").limit(10).execute()`;
        case 2:
          return `db.selectFrom("t${a}").innerJoin("t${b}", "t${b}.parentId", "t${a}.id").select((eb) => ["t${a}.name as name", eb.fn.countAll<number>().as("n"), eb.fn.max("t${b}.age").as("oldest")]).groupBy("t${a}.name").having((eb) => eb.fn.countAll(), ">", 1).execute()`;
        default:
          return `db.selectFrom("t${a}").leftJoin("t${b}", "t${b}.parentId", "t${a}.id").select((eb) => ["t${a}.id as id", eb.fn<string | null>("upper", ["t${b}.name"]).as("title"), eb.fn.coalesce("t${b}.bio", sql.lit("")).as("bio")]).where("t${a}.status", "in", ["new", "old"]).execute()`;
      }
    },
  });
}

export function drizzleProgram(tables: number): string {
  return program(tables, {
    head: () => `import { and, count, eq, gt, inArray, max, sql } from "drizzle-orm";
import { boolean, integer, pgTable, serial, text, timestamp } from "drizzle-orm/pg-core";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
declare const db: NodePgDatabase;
void [and, count, eq, gt, inArray, max, sql, boolean, integer, pgTable, serial, text, timestamp];
`,
    table: (i) => `export const t${i} = pgTable("t${i}", {
  id: serial().primaryKey(), parentId: integer().notNull()${i === 0 ? "" : `.references(() => t${i - 1}.id)`}, name: text().notNull(), email: text().notNull().unique(), bio: text(),
  age: integer().notNull(), score: integer(), active: boolean().notNull(), status: text().notNull().default("new"), notes: text(),
  createdAt: timestamp().notNull(), updatedAt: timestamp(),
});
`,
    query(i, a, b, c) {
      switch (i % 4) {
        case 0:
          return `db.select({ id: t${a}.id, name: t${a}.name, age: t${a}.age }).from(t${a}).where(eq(t${a}.id, ${i}))`;
        case 1:
          return `db.select({ id: t${a}.id, b: t${b}.name, c: t${c}.bio }).from(t${a}).innerJoin(t${b}, eq(t${b}.parentId, t${a}.id)).innerJoin(t${c}, eq(t${c}.parentId, t${b}.id)).where(and(eq(t${a}.active, true), gt(t${c}.age, ${i}))).orderBy(t${a}.id).limit(10)`;
        case 2:
          return `db.select({ name: t${a}.name, n: count(), oldest: max(t${b}.age) }).from(t${a}).innerJoin(t${b}, eq(t${b}.parentId, t${a}.id)).groupBy(t${a}.name).having(gt(count(), 1))`;
        default:
          return `db.select({ id: t${a}.id, title: sql<string | null>\`upper(\${t${b}.name})\`, bio: sql<string>\`coalesce(\${t${b}.bio}, '')\` }).from(t${a}).leftJoin(t${b}, eq(t${b}.parentId, t${a}.id)).where(inArray(t${a}.status, ["new", "old"]))`;
      }
    },
  });
}

function program(tables: number, writing: Writing): string {
  const lines = [writing.head(tables)];
  for (let i = 0; i < tables; i++) lines.push(writing.table(i));
  for (let i = 0; i < tables * 2; i++) {
    const a = i % tables;
    const query = writing.query(i, a, (a + 1) % tables, (a + 2) % tables);
    lines.push(`const q${i} = await ${query};\nvoid q${i}[0]!.${["name", "b", "n", "title"][i % 4]};\n`);
  }
  return `${lines.join("")}export {};\n`;
}
