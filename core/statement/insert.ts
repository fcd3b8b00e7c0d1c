// INSERT: rows, the rows of a query, or the defaults alone; with what is done about conflicts, and rows back.
import { CompileError } from "../errors/usage-errors.ts";
import { type Expr, expression } from "../expression/expr.ts";
import {
  type AnyExpr,
  type AnyTable,
  type Cond,
  type ExprOf,
  type Feature,
  type KEY,
  type NEEDS,
  type NeedsIn,
  NODE,
  type Of,
  type Outward,
  type ROW,
  type Statement,
  type TableMeta,
} from "../expression/needs.ts";
import { valueNode } from "../expression/operand.ts";
import { type NeedOf, type NeedsOf, type Row, type Selection, selectionNode } from "../expression/selection.ts";
import type { InsertOf, SetOf, ValuesOf, Writable, WritableRows } from "../schema/row-types.ts";
import { type DeclaredTable, declaredTable } from "../schema/table.ts";
import type { ConflictNode, ExpressionNode, InsertNode, QueryNode } from "../tree/node.ts";
import { assignedNode, assignments, generatedNode } from "./assignments.ts";
import { selectedBy } from "./compound.ts";
import { type Picked, withCte } from "./select.ts";

type NeedsOfRows<V> = V extends readonly (infer One)[] ? NeedOf<One[keyof One]> : NeedOf<V[keyof V]>;
/** What an upsert may name: one column that is unique by itself, or several that are so together. */
type Target<K> = K extends readonly [infer One]
  ? One extends { readonly unique: true } | { readonly [KEY]: any }
    ? unknown
    : readonly ["an upsert by one column needs a unique column or a primary key"]
  : unknown;

/** An insert. Name and C: the table. Free: needs not met yet. R: the row it gives back. */
export interface Insert<Name extends string, C, Free, R> extends Statement<R, Free> {
  readonly [ROW]: R;
  readonly [NEEDS]: Free;
  /** One row or many. Columns that a row leaves out get their default, or null. */
  values<V extends ValuesOf<C> | readonly ValuesOf<C>[]>(
    rows: WritableRows<V, C>,
  ): Insert<Name, C, Free | NeedsOfRows<V>, R>;
  /** The rows of a query, matched by name. */
  select<Q extends Partial<InsertOf<C>>, N>(
    query: Statement<Writable<Q, C>, N> & RequiredIn<Q, C>,
  ): Insert<Name, C, Free | N, R>;
  /** One row of nothing but defaults. */
  defaults(): Insert<Name, C, Free, R>;
  /** What is done with a row whose values in these columns exist already; with none, whatever it conflicts with. */
  onConflict<const K extends readonly ConflictColumn<Name>[]>(...columns: K & Target<K>): OnConflict<Name, C, Free, R>;
  /** The same, naming the constraint. */
  onConflictConstraint(name: string): OnConflict<Name, C, Free | Feature<"ON CONFLICT CONSTRAINT">, R>;
  /** Leaves out rows that break a rule instead of failing: MySQL's INSERT IGNORE. */
  ignore(): Insert<Name, C, Free | Feature<"INSERT IGNORE">, R>;
  /** Puts a common table expression into WITH. */
  with<CteName extends string, D, M>(
    cte: TableMeta<CteName, D, M>,
  ): Insert<Name, C, Free | Outward<M> | Feature<"WITH INSERT">, R>;
  /** The rows as they now are: expressions over the table, or the table itself for all columns. */
  returning<S extends Selection | AnyTable>(
    selection: S,
  ): Insert<Name, C, Exclude<Free | NeedsOf<Picked<S>>, Of<Name>> | Feature<"INSERT RETURNING">, Row<Picked<S>, never>>;
}
type ConflictColumn<Name extends string> = ExprOf<any, Of<Name>>;
type RequiredIn<Q, C> = [Exclude<RequiredKeys<C>, keyof Q>] extends [never]
  ? unknown
  : `the query lacks the column '${Exclude<RequiredKeys<C>, keyof Q> & string}'`;
type RequiredKeys<C> = { [K in keyof InsertOf<C>]-?: {} extends Pick<InsertOf<C>, K> ? never : K }[keyof InsertOf<C>];

/** An insert that has said what counts as a conflict, and not yet what is done about it. */
export interface OnConflict<Name extends string, C, Free, R> {
  /** Only with a partial unique index: the condition of that index. */
  where<const E extends readonly Cond[]>(
    ...conditions: E
  ): OnConflict<Name, C, Free | Exclude<NeedsIn<E>, Of<Name>> | Feature<"ON CONFLICT WHERE">, R>;
  /** Leaves the row out. */
  doNothing(): Insert<Name, C, Free, R>;
  /** Changes the row that exists; `excluded(table.column)` is what the insert proposed. */
  doUpdate<V extends SetOf<C>>(set: Writable<V, C>): Insert<Name, C, Free | Exclude<NeedOf<V[keyof V]>, Of<Name>>, R>;
  /** Changes the row that exists if it meets the conditions, else leaves it as it is. */
  doUpdateWhere<V extends SetOf<C>, const E extends readonly Cond[]>(
    set: Writable<V, C>,
    ...conditions: E
  ): Insert<Name, C, Free | Exclude<NeedOf<V[keyof V]> | NeedsIn<E>, Of<Name>> | Feature<"ON CONFLICT WHERE">, R>;
}

/**
 * Inserts into a table.
 *
 * @example
 * insertInto(users).values([{ name: "Ann" }, { name: "Bob" }]).returning({ id: users.id });
 * insertInto(users).values({ id: 1, name: "Ann" }).onConflict(users.id).doUpdate({ name: excluded(users.name) });
 */
export function insertInto<Name extends string, C, M>(
  target: TableMeta<Name, C, M>,
): Insert<Name, C, Outward<M>, never> {
  return begin(target, "insert") as unknown as Insert<Name, C, Outward<M>, never>;
}

/** Inserts, after deleting the rows that are in the way: MySQL's REPLACE. */
export function replaceInto<Name extends string, C, M>(
  target: TableMeta<Name, C, M>,
): Insert<Name, C, Outward<M> | Feature<"INSERT IGNORE">, never> {
  return begin(target, "replace") as unknown as Insert<Name, C, Outward<M> | Feature<"INSERT IGNORE">, never>;
}

/** The value that an upsert proposed for a column. */
export function excluded<T, N, L>(column: Expr<T, N, L>): Expr<T, N> {
  const node = (column as unknown as { readonly [NODE]: ExpressionNode })[NODE];
  if (node.kind !== "column")
    throw new CompileError(
      "excluded() takes a column of the table that is inserted into",
      "Compute with what it gives: excluded(users.age).add(1).",
    );
  return expression({ kind: "excluded", name: node.name, type: node.type });
}

function begin(target: AnyTable, verb: InsertNode["verb"]): InsertStatement {
  const table = declaredTable(target);
  return new InsertStatement(table, {
    kind: "insert",
    ctes: [],
    target: table.sourceNode,
    columns: [],
    rows: "defaults",
    conflict: undefined,
    verb,
    returning: undefined,
  });
}

/** The run-time side of {@link Insert}. */
export class InsertStatement {
  declare readonly [NODE]: InsertNode;
  readonly #table: DeclaredTable;

  constructor(table: DeclaredTable, node: InsertNode) {
    this.#table = table;
    this[NODE] = node;
  }

  values(rows: object | readonly object[]): InsertStatement {
    const list = Array.isArray(rows) ? rows : [rows];
    if (list.length === 0)
      throw new CompileError(
        `insertInto("${this.#table.name}") was given no rows`,
        "Do not run it where there is nothing to insert.",
      );
    return this.#with(rowNodes(this.#table, list));
  }
  select(query: Statement<unknown, unknown>): InsertStatement {
    const node = (query as unknown as { readonly [NODE]: QueryNode })[NODE];
    const columns = selectedBy(node).fields.map(({ key }) => {
      return this.#table.writable(key).name ?? key;
    });
    return this.#with({ columns, rows: node });
  }
  defaults(): InsertStatement {
    return this.#with(rowNodes(this.#table, [{}]));
  }
  onConflict(...columns: readonly AnyExpr[]): ConflictStep {
    const items = columns.map((column) => (column as unknown as { readonly [NODE]: ExpressionNode })[NODE]);
    this.#checkTarget(items);
    return new ConflictStep(
      this,
      items.length === 0 ? { kind: "any" } : { kind: "columns", items, where: [] },
      this.#table,
    );
  }
  onConflictConstraint(name: string): ConflictStep {
    return new ConflictStep(this, { kind: "constraint", name }, this.#table);
  }
  ignore(): InsertStatement {
    return this.#with({ verb: "insert ignore" });
  }
  with(cte: AnyTable): InsertStatement {
    return this.#with({ ctes: withCte(this[NODE].ctes, cte) });
  }
  returning(selection: object): InsertStatement {
    return this.#with({ returning: selectionNode(selection) });
  }
  /** The same insert with the conflict decided. */
  decided(conflict: ConflictNode): InsertStatement {
    return this.#with({ conflict });
  }

  #with(change: Partial<InsertNode>): InsertStatement {
    return new InsertStatement(this.#table, { ...this[NODE], ...change });
  }

  /** Columns that are only unique together cannot be checked by the compiler. */
  #checkTarget(items: readonly ExpressionNode[]): void {
    if (items.length < 2 || items.some((item) => item.kind !== "column")) return;
    const names = items.map((item) => (item.kind === "column" ? item.name : "")).sort();
    const { primaryKey, uniques, indexes } = this.#table.node;
    const keys = [
      ...(primaryKey ? [primaryKey.columns] : []),
      ...uniques.map((one) => one.columns),
      ...indexes
        .filter((one) => one.unique)
        .map((one) => one.items.map(({ of }) => (of.kind === "name" ? of.name : ""))),
    ];
    if (!keys.some((key) => key.length === names.length && [...key].sort().every((name, i) => name === names[i]))) {
      throw new CompileError(
        `"${this.#table.name}" has no unique constraint over "${names.join('", "')}"`,
        "Declare one, or name the columns of one that exists.",
      );
    }
  }
}

/** The run-time side of {@link OnConflict}. */
export class ConflictStep {
  readonly #insert: InsertStatement;
  readonly #target: ConflictNode["target"];
  readonly #table: DeclaredTable;

  constructor(insert: InsertStatement, target: ConflictNode["target"], table: DeclaredTable) {
    this.#insert = insert;
    this.#target = target;
    this.#table = table;
  }

  where(...conditions: readonly { readonly [NODE]: ExpressionNode }[]): ConflictStep {
    const target = this.#target;
    if (target.kind !== "columns")
      throw new CompileError(
        "where() after onConflict() without columns has nothing to tell an index by",
        "Name the columns of the partial index: onConflict(users.email).where(…).",
      );
    const where = [...target.where, ...conditions.map((condition) => condition[NODE])];
    return new ConflictStep(this.#insert, { ...target, where }, this.#table);
  }
  doNothing(): InsertStatement {
    return this.#insert.decided({ target: this.#target, set: "nothing", where: [] });
  }
  doUpdate(set: object): InsertStatement {
    return this.#insert.decided({ target: this.#target, set: assignments(this.#table, set), where: [] });
  }
  doUpdateWhere(set: object, ...conditions: readonly { readonly [NODE]: ExpressionNode }[]): InsertStatement {
    return this.#insert.decided({
      target: this.#target,
      set: assignments(this.#table, set),
      where: conditions.map((condition) => condition[NODE]),
    });
  }
}

/** The rows as nodes: the columns that any row gives or that fill themselves in, in the order of the table. */
export function rowNodes(table: DeclaredTable, rows: readonly object[]): Pick<InsertNode, "columns" | "rows"> {
  const given = new Set<string>();
  for (const row of rows) for (const key of Object.keys(row)) given.add(key);
  for (const key of given) table.writable(key);
  const keys = [...table.columns.keys()].filter((key) => given.has(key) || generates(table, key));
  if (keys.length === 0) return defaultRows(table, rows.length);
  return {
    columns: keys.map((key) => table.columnName(key)),
    rows: rows.map((row) => keys.map((key) => cellNode(table, key, row as Record<string, unknown>))),
  };
}

/** So many rows of nothing but defaults: each says DEFAULT of one column, since a list of no columns has no rows. */
function defaultRows(table: DeclaredTable, count: number): Pick<InsertNode, "columns" | "rows"> {
  if (count === 1) return { columns: [], rows: "defaults" };
  const columns = [...table.sourceNode.key, ...[...table.columns.keys()].map((key) => table.columnName(key))].slice(
    0,
    1,
  );
  return { columns, rows: Array.from({ length: count }, () => columns.map(() => undefined)) };
}

function generates(table: DeclaredTable, key: string): boolean {
  const fallback = table.columns.get(key)?.default;
  return fallback !== undefined && "generate" in fallback;
}

/** What a row writes into a column. Only what the database numbers by itself is left to it: DEFAULT is not known to all. */
function cellNode(table: DeclaredTable, key: string, row: Record<string, unknown>): ExpressionNode | undefined {
  const facts = table.writable(key);
  if (Object.hasOwn(row, key)) return assignedNode(table, key, facts, row[key]);
  const fallback = facts.default;
  if (fallback !== undefined) {
    return "generate" in fallback ? generatedNode(table, key, facts, fallback.generate) : fallback.node;
  }
  return facts.nullable && facts.identity === undefined ? valueNode(null, facts.type) : undefined;
}
