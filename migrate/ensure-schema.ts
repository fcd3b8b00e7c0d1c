// A schema that is made where it is not there. Who may not create schemas need not, where it is.
import { define, type Queries, sql, text } from "../core/index.ts";
import { kindOf } from "./database.ts";

/** Those of the schemas that are not there. SQLite's are files, which whoever opens the database attaches. */
export async function missingSchemas(queries: Queries<any>, names: readonly string[]): Promise<readonly string[]> {
  if (names.length === 0 || kindOf(queries.dialect) === "sqlite") return [];
  const there = await queries.all(
    sql.statement({ name: text() })`select schema_name as name from information_schema.schemata`,
  );
  return names.filter((name) => !there.some((one) => one.name === name));
}

export async function ensureSchema(queries: Queries<any>, name: string): Promise<void> {
  if ((await missingSchemas(queries, [name])).length === 0) return;
  for (const text of define({ kind: "createSchema", name, ifNotExists: true }, queries.dialect)) {
    await queries.execute(text);
  }
}
