// The compiler by itself, for whoever wants a statement's text without a database to run it on.
import { type Compiled, compiled } from "../compile/compile.ts";
import { writers, writeStatement } from "../compile/statement.ts";
import type { Dialect } from "../dialect/dialect.ts";
import { LiteralBuffer } from "../dialect/literal-buffer.ts";
import { NODE, type Statement } from "../expression/needs.ts";
import type { StatementNode } from "../tree/node.ts";

/**
 * The statement as a database understands it: its text, the values for its placeholders, its result columns.
 *
 * @throws {CompileError} if the database lacks something, or the statement breaks a rule that types cannot see
 * @example
 * compile(select({ id: users.id }).from(users), sqliteDialect).text; // select "id" from "users"
 */
export function compile(statement: Statement<unknown, unknown>, dialect: Dialect): Compiled {
  return compiled(statement, (statement as unknown as { readonly [NODE]: StatementNode })[NODE], dialect);
}

/**
 * The statement as text alone, with its values in it, for a script that is run elsewhere. To run it here, use `db.run`: values
 * that are bound cannot become SQL.
 *
 * @throws {CompileError} if it has parameters, or a value of which the database has no literal
 */
export function scriptOf(statement: Statement<any, any>, dialect: Dialect): string {
  const out = new LiteralBuffer(dialect, writers);
  writeStatement((statement as unknown as { readonly [NODE]: StatementNode })[NODE], out);
  return out.text;
}
