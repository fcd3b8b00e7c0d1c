// The text that a statement has on each database, side by side.
import { compile, type Statement } from "athanor";
import { sqliteDialect } from "athanor/sqlite";
import { postgresDialect } from "../../../dialects/postgres/dialect.ts";

export function sqliteText(statement: Statement<any, any>): string {
  return compile(statement, sqliteDialect).text;
}

export function postgresText(statement: Statement<any, any>): string {
  return compile(statement, postgresDialect).text;
}
