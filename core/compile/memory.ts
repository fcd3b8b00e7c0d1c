// Remembers compiled statements by identity: a statement that is kept in a constant is compiled once for each database. It
// carries what it was compiled to for the first of them itself: the collector has several times the work of compiling with
// a WeakMap into which every statement goes, though most are built for a single run.
import type { Dialect } from "../dialect/dialect.ts";
import type { StatementNode } from "../tree/node.ts";
import { type Compiled, compile } from "./compile.ts";

const first = Symbol("athanor.compiled");

interface Remembering {
  [first]?: Compiled;
}

// Most programs speak to one database; whoever speaks to more finds its others here, and whoever freezes statements all.
const others = new WeakMap<object, WeakMap<Dialect, Compiled>>();

/** The node of the statement, compiled now or before. Throws what {@link compile} does. */
export function compiled(statement: object, node: StatementNode, dialect: Dialect): Compiled {
  const remembered = (statement as Remembering)[first];
  if (remembered !== undefined && remembered.dialect === dialect) return remembered;
  if (remembered === undefined && Object.isExtensible(statement)) {
    const made = compile(node, dialect);
    (statement as Remembering)[first] = made;
    return made;
  }
  let byDialect = others.get(statement);
  if (byDialect === undefined) {
    byDialect = new WeakMap();
    others.set(statement, byDialect);
  }
  let made = byDialect.get(dialect);
  if (made === undefined) {
    made = compile(node, dialect);
    byDialect.set(dialect, made);
  }
  return made;
}
