// The compiler by itself, for whoever wants a statement's text without a database to run it on.
import type { Compiled } from "../compile/compile.ts";
import { compiled } from "../compile/memory.ts";
import type { Dialect } from "../dialect/dialect.ts";
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
  return compiled((statement as unknown as { readonly [NODE]: StatementNode })[NODE], dialect);
}
