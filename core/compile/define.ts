// A change of schema, the database it is for → the texts that carry it out. DDL takes no parameters: every value stands in
// the text.
import type { Dialect } from "../dialect/dialect.ts";
import { LiteralBuffer } from "../dialect/literal-buffer.ts";
import type { SchemaNode } from "../tree/schema-node.ts";
import { writers } from "./statement.ts";

/**
 * The texts to run, in order.
 *
 * @throws {CompileError} if the database cannot carry out the change
 */
export function define(node: SchemaNode, dialect: Dialect): readonly string[] {
  return dialect.define(node, () => new LiteralBuffer(dialect, writers));
}
