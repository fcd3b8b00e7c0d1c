// Where a connection looks for tables that say no schema.
import { randomBytes } from "node:crypto";
import { type Queries, sql, text } from "../../core/index.ts";
import { kindOf } from "../database.ts";

/** The name of the schema that the connection is in. */
export async function currentSchema(queries: Queries<any>): Promise<string | undefined> {
  switch (kindOf(queries.dialect)) {
    case "postgres":
      return named(queries, "current_schema()");
    case "sqlite":
      return "main";
    default:
      return named(queries, "database()");
  }
}

async function named(queries: Queries<any>, expression: string): Promise<string | undefined> {
  const columns = { name: text().nullable() };
  // MySQL works this out when it prepares a statement, so each is one of its own: USE may have been said in between.
  const anew = sql.raw(`/* ${randomBytes(4).toString("hex")} */ ${expression}`);
  return (await queries.one(sql.statement(columns)`select ${anew} as name`)).name ?? undefined;
}
