// What a dialect's spellings of the catalogue's functions are put together from.
import { CompileError } from "../errors/usage-errors.ts";
import type { CallNode, ExpressionNode } from "../tree/node.ts";
import type { TextBuffer } from "./text-buffer.ts";

/** Writes a call of the catalogue as a database spells it. */
export type CallWriter = (node: CallNode, out: TextBuffer) => void;

/** Text, and arguments by their number: `pattern("(", 0, " ~ ", 1, ")")`. */
export function pattern(...parts: readonly (string | number)[]): CallWriter {
  return (node, out) => {
    for (const part of parts) {
      if (typeof part === "string") out.add(part);
      else out.operand(argumentOf(node, part));
    }
  };
}

/** @throws {CompileError} if there is none, as in a call that the catalogue did not make */
export function argumentOf(node: CallNode, index: number): ExpressionNode {
  const argument = node.arguments[index];
  if (argument !== undefined) return argument;
  throw new CompileError(`${node.name}() lacks its argument ${index + 1}`, "Give it all it takes.");
}

/** The unit of time that an argument names, of letters alone. */
export function unitOf(node: CallNode, index: number): string {
  const unit = argumentOf(node, index);
  if (unit.kind === "constant" && typeof unit.value === "string" && /^[a-z]+$/i.test(unit.value)) return unit.value;
  throw new CompileError(`${node.name}() needs a unit of time`, 'Name one, such as "day".');
}

/** An expression with text around it. */
export function writeAround(before: string, of: ExpressionNode, after: string, out: TextBuffer): void {
  out.add(before);
  out.expression(of);
  out.add(after);
}

/** The order of an aggregate's rows, where it has one. */
export function writeOrderInside({ orderBy }: CallNode, out: TextBuffer): void {
  if (orderBy === undefined || orderBy.length === 0) return;
  out.add(" order by ");
  out.write.order(orderBy, out);
}
