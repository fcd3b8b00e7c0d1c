// What can stand in FROM, as a value: an object whose own properties are its columns, and nothing else. Its facts stand
// behind a symbol on the prototype.
import type { ColumnNode, SourceColumn, SourceNode } from "../tree/node.ts";
import { type Expr, Expression } from "./expr.ts";
import { type AnyTable, type ColOf, META, type TableMeta } from "./needs.ts";

/** What a source knows of itself at run time. */
export interface SourceFacts {
  readonly node: SourceNode;
  /** The columns by the property they are read by. */
  readonly columns: readonly SourceColumn[];
  /** Whatever built the source says more of it: a declared table, a mapped class. */
  readonly declared?: unknown;
  /** The mapped class whose instances a row of this source is, if it is one. */
  readonly entity?: unknown;
}

/** A derived table: R its row, N what its query still needs, K the sources around it whose absence makes it null (LATERAL). */
export type Derived<A extends string, R, N = never, K = never> = TableMeta<
  A,
  { [P in keyof R]: ColOf<R[P], "never"> },
  N
> & {
  readonly [P in keyof R]: Expr<R[P], `${A}.${P & string}`, A | K>;
};

class Source {
  readonly #facts: SourceFacts;

  constructor(facts: SourceFacts) {
    this.#facts = facts;
    const { source } = facts.node;
    const present = presentColumn(facts);
    for (const { key, name, type } of facts.columns) {
      const column = new Expression({ kind: "column", source, name, type, present });
      if (key === "__proto__") Object.defineProperty(this, key, { value: column, enumerable: true });
      else (this as unknown as Record<string, Expression>)[key] = column;
    }
  }

  get [META](): SourceFacts {
    return this.#facts;
  }
}

/** A column that is null only where the source is absent: its key, or one that is NOT NULL. */
function presentColumn({ node, columns }: SourceFacts): SourceColumn | undefined {
  const key = node.kind === "table" ? node.key[0] : undefined;
  return columns.find(({ name, nullable }) => (key === undefined ? !nullable : name === key));
}

/** The columns of a source as expressions, by property. */
export function columnNodes(node: SourceNode): readonly { readonly key: string; readonly value: ColumnNode }[] {
  const { source, columns } = node;
  const present = presentColumn({ node, columns });
  return columns.map(({ key, name, type }) => ({ key, value: { kind: "column", source, name, type, present } }));
}

/** Makes the object of a source. Its type is the caller's word. */
export function sourceOf<S>(facts: SourceFacts): S {
  return new Source(facts) as S;
}

/** What a source knows of itself. */
export function factsOf(source: AnyTable): SourceFacts {
  return (source as unknown as { readonly [META]: SourceFacts })[META];
}

/** Whether a value is a source: a table, a derived table, a mapped class. */
export function isSource(value: unknown): value is AnyTable {
  return value !== null && (typeof value === "object" || typeof value === "function") && META in value;
}
