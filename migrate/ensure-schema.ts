// A schema that is made where it is not there. Who may not create schemas need not, where it is.
import { define, integer, type Queries, sql } from "../core/index.ts";
import { kindOf } from "./database.ts";

/** SQLite's schemas are files, which whoever opens the database attaches. */
export async function ensureSchema(queries: Queries<any>, name: string): Promise<void> {
  if (kindOf(queries.dialect) === "sqlite") return;
  const there = await queries.first(
    sql.statement({ n: integer() })`select 1 as n from information_schema.schemata where schema_name = ${name}`,
  );
  if (there !== undefined) return;
  for (const text of define({ kind: "createSchema", name, ifNotExists: true }, queries.dialect)) {
    await queries.execute(text);
  }
}
