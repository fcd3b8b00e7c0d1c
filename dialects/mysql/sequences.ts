// The numbers of MariaDB's sequences. https://mariadb.com/kb/en/sequence-functions/
import { bigintType, countType, type SqlType, type TextBuffer, type WrittenNode } from "../../core/dialect/index.ts";
import { type Expr, expression, type Feature, type Sequence } from "../../core/index.ts";

type Sequences = Feature<"SEQUENCES">;

/** The sequence's next number: taken, whatever becomes of the transaction. */
export function nextValue(sequence: Sequence): Expr<number, Sequences> {
  return call("nextval", sequence, countType);
}

/** The next number as a `bigint`. */
export function nextBigint(sequence: Sequence): Expr<bigint, Sequences> {
  return call("nextval", sequence, bigintType);
}

/** The number that this session took last; null before it has taken one. */
export function currentValue(sequence: Sequence): Expr<number | null, Sequences> {
  return call("lastval", sequence, countType);
}

/** Sets the sequence, so that it goes on after this number; null if it is further already. */
export function setValue(sequence: Sequence, value: number | bigint): Expr<number | null, Sequences> {
  return call("setval", sequence, countType, BigInt(value));
}

/** A function of a sequence, which stands in it by its name. */
function call<T>(name: string, { node }: Sequence, type: SqlType, value?: bigint): Expr<T, Sequences> {
  const write = (_operands: unknown, out: TextBuffer): void => {
    out.add(`${name}(`);
    if (node.schema !== undefined) {
      out.name(node.schema);
      out.add(".");
    }
    out.name(node.name);
    // SETVAL takes a literal only.
    out.add(value === undefined ? ")" : `, ${value})`);
  };
  return expression({
    kind: "written",
    operands: [],
    type,
    feature: "SEQUENCES",
    write: write as WrittenNode["write"],
  });
}
