// What can stand in FROM, as a value: an object whose own properties are its columns, and nothing else. Its facts stand
// behind a symbol on the prototype.
import type { ColumnNode, JoinNode, SourceColumn, SourceNode, TableSourceNode } from "../tree/node.ts";
import { type Expr, Expression, nodeOf } from "./expr.ts";
import { type AnyTable, type ColOf, type ExprOf, META, type TableMeta } from "./needs.ts";

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
    const present = presentColumn(facts);
    for (const column of facts.columns) {
      const { key } = column;
      const expression = new Expression(columnNode(facts, column, present));
      if (key === "__proto__") Object.defineProperty(this, key, { value: expression, enumerable: true });
      else (this as unknown as Record<string, Expression>)[key] = expression;
    }
  }

  get [META](): SourceFacts {
    return this.#facts;
  }
}

/** A column that is null only where the source is absent: its key, or one that is NOT NULL. */
function presentColumn({ node, columns }: SourceFacts): SourceColumn | undefined {
  const key = node.kind === "table" ? node.key[0] : undefined;
  return columns.find(({ name, nullable, source }) => {
    return source === undefined && (key === undefined ? !nullable : name === key);
  });
}

function columnNode(
  { node, columns }: SourceFacts,
  { name, type, source }: SourceColumn,
  present: SourceColumn | undefined,
): ColumnNode {
  if (source === undefined) return { kind: "column", source: node.source, name, type, present };
  const own = columns.find((other) => other.source?.key === source.key && !other.nullable);
  return { kind: "column", source, name, type, present: own };
}

/** The columns of a source as expressions, by property. */
export function columnNodes(node: SourceNode): readonly { readonly key: string; readonly value: ColumnNode }[] {
  const facts = { node, columns: node.columns };
  const present = presentColumn(facts);
  return node.columns.map((column) => ({ key: column.key, value: columnNode(facts, column, present) }));
}

/** Makes the object of a source. Its type is the caller's word. */
export function sourceOf<S>(facts: SourceFacts): S {
  return new Source(facts) as S;
}

/** A table that holds further parts of the rows of a source. */
export interface JoinedTable {
  /** `inner`: every row has a part there. */
  readonly kind: "inner" | "left";
  readonly source: AnyTable;
  readonly on: ExprOf<boolean | null, any>;
}

/** A table as a source of rows that have parts in further tables. */
export function withJoined(
  facts: SourceFacts,
  columns: readonly SourceColumn[],
  tables: readonly JoinedTable[],
): SourceFacts {
  const joined = tables.map(
    ({ kind, source, on }): JoinNode => ({ kind, source: factsOf(source).node, on: nodeOf(on), lateral: false }),
  );
  const node = facts.node as TableSourceNode;
  return { ...facts, columns, node: { ...node, columns, joined: [...(node.joined ?? []), ...joined] } };
}

/** What a source knows of itself. */
export function factsOf(source: AnyTable): SourceFacts {
  return (source as unknown as { readonly [META]: SourceFacts })[META];
}

/** Whether a value is a source: a table, a derived table, a mapped class. */
export function isSource(value: unknown): value is AnyTable {
  return value !== null && (typeof value === "object" || typeof value === "function") && META in value;
}
