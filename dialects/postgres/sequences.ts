// The numbers of sequences. https://www.postgresql.org/docs/current/functions-sequence.html
import { bigintType, countType, type ExpressionNode, type SqlType, textType } from "../../core/dialect/index.ts";
import type { Expr, Feature, Sequence } from "../../core/index.ts";
import { call, operand } from "./operators.ts";

type Sequences = Feature<"SEQUENCES">;
const relation: SqlType = { kind: "custom", sql: "regclass", base: textType };

/** The sequence's next number: taken, whatever becomes of the transaction. */
export function nextValue(sequence: Sequence): Expr<number, Sequences> {
  return call("nextval", [nameOf(sequence)], countType, "SEQUENCES");
}

/** The next number as a `bigint`. */
export function nextBigint(sequence: Sequence): Expr<bigint, Sequences> {
  return call("nextval", [nameOf(sequence)], bigintType, "SEQUENCES");
}

/** The number that this session took last; an error before it has taken one. */
export function currentValue(sequence: Sequence): Expr<number, Sequences> {
  return call("currval", [nameOf(sequence)], countType, "SEQUENCES");
}

/** Sets the sequence, so that it goes on after this number. */
export function setValue(sequence: Sequence, value: number | bigint): Expr<number, Sequences> {
  return call("setval", [nameOf(sequence), operand(BigInt(value), bigintType)], countType, "SEQUENCES");
}

// The name is read as SQL reads it, so it goes between quotes.
function nameOf({ node }: Sequence): ExpressionNode {
  const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
  const name = node.schema === undefined ? quoted(node.name) : `${quoted(node.schema)}.${quoted(node.name)}`;
  return operand(name, relation);
}
