// Remembers compiled statements by identity: a statement that is kept in a constant is compiled once for each database.
import type { Dialect } from "../dialect/dialect.ts";
import type { StatementNode } from "../tree/node.ts";
import { type Compiled, compile } from "./compile.ts";

const remembered = new WeakMap<StatementNode, Compiled>();
// Most programs speak to one database; whoever speaks to more finds its others here.
const others = new WeakMap<StatementNode, WeakMap<Dialect, Compiled>>();

/** The statement, compiled now or before. Throws what {@link compile} does. */
export function compiled(node: StatementNode, dialect: Dialect): Compiled {
  const first = remembered.get(node);
  if (first !== undefined && first.dialect === dialect) return first;
  if (first === undefined) {
    const made = compile(node, dialect);
    remembered.set(node, made);
    return made;
  }
  let byDialect = others.get(node);
  if (byDialect === undefined) {
    byDialect = new WeakMap();
    others.set(node, byDialect);
  }
  let made = byDialect.get(dialect);
  if (made === undefined) {
    made = compile(node, dialect);
    byDialect.set(dialect, made);
  }
  return made;
}
