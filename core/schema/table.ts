// Declaring tables. `table()` gives an object of columns; what the table is in SQL stands behind META and is worked out when
// it is first asked for, since columns may refer to tables that are declared later.
import { CompileError } from "../errors/usage-errors.ts";
import { type Expr, Expression, type KeyExpr, nodeOf } from "../expression/expr.ts";
import type { FEATURES, KEY, TableMeta } from "../expression/needs.ts";
import { nodeIn } from "../expression/operand.ts";
import type { ValueOf } from "../expression/selection.ts";
import { factsOf, sourceOf } from "../expression/source.ts";
import type { ExpressionNode, SourceColumn, SourceName, TableSourceNode } from "../tree/node.ts";
import { replaceColumns } from "../tree/rewrite.ts";
import type {
  CheckNode,
  ExclusionNode,
  ForeignKeyNode,
  IndexNode,
  PrimaryKeyNode,
  TableColumnNode,
  TableNode,
  UniqueNode,
} from "../tree/schema-node.ts";
import type { Column, ColumnFacts } from "./column.ts";
import type { Constraint } from "./constraints.ts";
import { referredColumn } from "./referred-column.ts";
import type { Cols } from "./row-types.ts";

/** A column that no two rows share by itself, so that an upsert may name it. */
export interface UniqueExpr<T, N, L> extends Expr<T, N, L> {
  readonly unique: true;
}
/** Marks a part of a composite primary key. */
export declare const PART: unique symbol;
/** A column that is part of a composite primary key. Exported, so that declarations of tables can name it. */
export interface KeyPart {
  readonly [PART]: true;
}

/** A table: its columns as expressions. */
export type Table<Name extends string, C> = TableMeta<Name, C, FeaturesOf<C>> & {
  readonly [K in keyof C]: C[K] extends { readonly [KEY]: true }
    ? KeyExpr<ValueOf<C[K]>, `${Name}.${K & string}`, Name>
    : "unique" extends FeatureOf<C[K]>
      ? UniqueExpr<ValueOf<C[K]>, `${Name}.${K & string}`, Name>
      : Expr<ValueOf<C[K]>, `${Name}.${K & string}`, Name>;
};
type FeatureOf<C> = C extends { readonly [FEATURES]: infer F } ? F : never;
type FeaturesOf<C> = Exclude<FeatureOf<C[keyof C]>, "unique">;

/** What a table has beside its columns. */
export interface TableOptions<Name extends string, C, Schema extends string = string, Key = keyof C & string> {
  /** The schema it lives in; part of its name in the types, as `schema:name`. */
  readonly schema?: Schema;
  /** Its name in the database, where it differs. */
  readonly name?: string;
  /** The columns of a composite primary key. */
  readonly primaryKey?: readonly Key[];
  /** What there is to say of the primary key besides: the name of its constraint, columns that its index carries (PostgreSQL). */
  readonly key?: { readonly name?: string; readonly include?: readonly (keyof C & string)[] };
  /** Unique constraints, indexes, foreign keys and checks over several columns: `(t) => [unique(t.a, t.b), index(t.c)]`. */
  readonly constraints?: (columns: Table<Name, C>) => readonly Constraint[];
  readonly comment?: string;
  /** What the table was called before, for migrations. */
  readonly renamedFrom?: string;
  /** What only some databases have: `{ strict: true }`, `{ engine: "InnoDB" }`. */
  readonly options?: Readonly<Record<string, string | number | boolean>>;
}

/** A dot would make 'a.b' + 'c' and 'a' + 'b.c' the same column to the types; a schema is given beside the columns. */
type NoDot<Name> = Name extends `${string}.${string}`
  ? "a name here has no dot: give the schema or the SQL name in the third argument"
  : Name;
type NameIn<Name extends string, Schema extends string> = [Schema] extends [never] ? Name : `${Schema}:${Name}`;
type KeyedBy<C, Key> = [Key] extends [never] ? C : { [P in keyof C]: P extends Key ? C[P] & KeyPart : C[P] };

// Schema and Key are inferred apart, not as one type of all options: the callback of `constraints` would fix that before
// anything else was looked at.
/**
 * Declares a table.
 *
 * @example
 * const members = table("members", {
 *   id: integer().primaryKey(),
 *   email: text().unique(),
 *   joined: timestamptz().default(fn.now()),
 * });
 */
export function table<
  const Name extends string,
  C extends Cols,
  const Schema extends string = never,
  const Key extends keyof C & string = never,
>(
  name: NoDot<Name>,
  columns: C,
  options?: TableOptions<Name, C, Schema, Key>,
): Table<NameIn<Name, Schema>, KeyedBy<C, Key>> {
  return new DeclaredTable(name as string, columns, (options ?? {}) as TableOptions<string, never>).source as Table<
    NameIn<Name, Schema>,
    KeyedBy<C, Key>
  >;
}

/** What a declared table knows of itself; behind META as `declared`. */
export class DeclaredTable {
  readonly name: string;
  readonly schema: string | undefined;
  /** The builders' facts, by property. */
  readonly columns: ReadonlyMap<string, ColumnFacts>;
  /** The object of columns that users hold. */
  readonly source: object;
  readonly #options: TableOptions<string, unknown>;
  readonly #sourceNode: TableSourceNode;
  #node: TableNode | undefined;

  constructor(key: string, columns: object, options: TableOptions<string, never>) {
    if (key.includes(".")) {
      throw new CompileError(
        `the name "${key}" has a dot`,
        "Give the schema or the SQL name in the third argument of table().",
      );
    }
    this.name = options.name ?? key;
    this.schema = options.schema;
    this.#options = options as TableOptions<string, unknown>;
    this.columns = new Map(Object.entries(columns).map(([name, column]) => [name, (column as Column).facts]));
    const sourceColumns: SourceColumn[] = [];
    for (const [name, facts] of this.columns) {
      sourceColumns.push({ key: name, name: facts.name ?? name, type: facts.type, nullable: facts.nullable });
    }
    const source: SourceName = {
      key: this.schema === undefined ? key : `${this.schema}:${key}`,
      schema: this.schema,
      name: this.name,
    };
    this.#sourceNode = {
      kind: "table",
      source,
      schema: this.schema,
      table: this.name,
      alias: false,
      key: this.#keyColumns(),
      declared: this,
      columns: sourceColumns,
    };
    this.source = sourceOf({ node: this.#sourceNode, columns: sourceColumns, declared: this });
  }

  /** The table as the schema's own node: what DDL and migrations work with. */
  get node(): TableNode {
    this.#node ??= this.#build();
    return this.#node;
  }

  get sourceNode(): TableSourceNode {
    return this.#sourceNode;
  }

  /** What the column of a property declares. @throws {CompileError} if there is none */
  column(key: string): ColumnFacts {
    const facts = this.columns.get(key);
    if (facts === undefined) throw noColumn(this.name, key, [...this.columns.keys()]);
    return facts;
  }

  /** The same, of a column that a statement sets. @throws {CompileError} if there is none, or the database alone writes it */
  writable(key: string): ColumnFacts {
    const facts = this.column(key);
    if (facts.computed === undefined && !facts.identity?.always) return facts;
    throw new CompileError(
      `column "${key}" of "${this.name}" is written by the database alone`,
      "Leave it out, or declare it generated() if a value may be given.",
    );
  }

  /** The SQL name of a column by its property. */
  columnName(key: string): string {
    return this.column(key).name ?? key;
  }

  #keyColumns(): readonly string[] {
    const single = [...this.columns].filter(([, facts]) => facts.primaryKey).map(([key, facts]) => facts.name ?? key);
    const composite = this.#options.primaryKey as readonly string[] | undefined;
    if (single.length > 1 || (single.length === 1 && composite)) {
      throw new CompileError(
        `table "${this.name}" has several primary keys`,
        'Name the columns of a composite key in the third argument: { primaryKey: ["a", "b"] }.',
      );
    }
    return composite ? composite.map((key) => this.columnName(key)) : single;
  }

  #build(): TableNode {
    const constraints = this.#options.constraints?.(this.source as never) ?? [];
    const key = this.#keyColumns();
    return {
      kind: "table",
      name: this.name,
      schema: this.schema,
      columns: [...this.columns].map(([property, facts]) => this.#column(property, facts, key)),
      primaryKey: key.length > 0 ? { name: undefined, columns: key, ...this.#keyOptions() } : undefined,
      foreignKeys: [
        ...[...this.columns].flatMap(([property, facts]) =>
          facts.references ? [this.#reference(property, facts)] : [],
        ),
        ...constraints.filter((one) => one.kind === "foreignKey").map((one) => one.node() as ForeignKeyNode),
      ],
      uniques: [
        ...[...this.columns].flatMap(([property, facts]): UniqueNode[] =>
          facts.unique ? [{ name: facts.unique.name, columns: [facts.name ?? property] }] : [],
        ),
        ...constraints.filter((one) => one.kind === "unique").map((one) => one.node() as UniqueNode),
      ],
      checks: [
        ...[...this.columns].flatMap(([property, facts]): CheckNode[] =>
          facts.checks.map(({ condition, name }) => ({ name, expression: nodeOf(condition(this.#own(property))) })),
        ),
        ...constraints.filter((one) => one.kind === "check").map((one) => one.node() as CheckNode),
      ],
      indexes: constraints.filter((one) => one.kind === "index").map((one) => one.node() as IndexNode),
      exclusions: constraints.filter((one) => one.kind === "exclusion").map((one) => one.node() as ExclusionNode),
      comment: this.#options.comment,
      renamedFrom: this.#options.renamedFrom,
      options: this.#options.options ?? {},
    };
  }

  #keyOptions(): Partial<PrimaryKeyNode> {
    const { name, include } = this.#options.key ?? {};
    return {
      ...(name === undefined ? {} : { name }),
      ...(include === undefined ? {} : { include: include.map((key) => this.columnName(key)) }),
    };
  }

  #own(property: string): unknown {
    return (this.source as Record<string, unknown>)[property];
  }

  #column(property: string, facts: ColumnFacts, key: readonly string[]): TableColumnNode {
    const name = facts.name ?? property;
    const isKey = key.includes(name);
    // A single integer key numbers itself, on every database, unless it points elsewhere or has a default of its own.
    const numbersItself =
      isKey &&
      key.length === 1 &&
      (facts.type.kind === "integer" || facts.type.kind === "bigint") &&
      facts.references === undefined &&
      facts.given !== true &&
      facts.default === undefined &&
      facts.computed === undefined;
    return {
      key: property,
      name,
      type: facts.type,
      nullable: facts.nullable,
      default: facts.default && "node" in facts.default ? facts.default.node : undefined,
      identity: facts.identity ?? (numbersItself ? { always: false } : undefined),
      computed: facts.computed && {
        expression: computedNode(facts.computed.expression, `column "${name}" of "${this.name}"`),
        stored: facts.computed.stored,
      },
      onUpdate: facts.onUpdate && "node" in facts.onUpdate ? facts.onUpdate.node : undefined,
      collation: facts.collation,
      comment: facts.comment,
      renamedFrom: facts.renamedFrom,
    };
  }

  #reference(property: string, facts: ColumnFacts): ForeignKeyNode {
    const { column, options } = facts.references as NonNullable<ColumnFacts["references"]>;
    const target = referredColumn(column(), `column "${facts.name ?? property}" of "${this.name}"`);
    return {
      name: options.name,
      columns: [facts.name ?? property],
      target: { schema: target.source.schema, table: target.source.name, columns: [target.name] },
      onDelete: options.onDelete ?? "no action",
      onUpdate: options.onUpdate ?? "no action",
      ...(options.onDeleteColumns === undefined ? {} : { onDeleteColumns: options.onDeleteColumns }),
      deferrable: options.deferrable,
    };
  }
}

function computedNode(value: object, column: string): ExpressionNode {
  const node = nodeIn(typeof value === "function" ? value() : value);
  if (node !== undefined) return node;
  throw new CompileError(
    `${column} is generated as something that is no expression`,
    "Give an expression of the table's columns: generatedAs(() => fn.upper(users.name)).",
  );
}

/** What a source declared by `table()` is in SQL. @throws {CompileError} if it is another kind of source */
export function declaredTable(source: TableMeta<any, any, any>): DeclaredTable {
  const { declared } = factsOf(source);
  if (declared instanceof DeclaredTable) return declared;
  throw new CompileError(`"${factsOf(source).node.source.name}" is not a table`, "Only tables can be written to.");
}

/**
 * The same source under another name, to use it twice in one statement.
 *
 * @example
 * const boss = alias(users, "boss");
 * select({ name: users.name, boss: boss.name }).from(users).leftJoin(boss, users.bossId.eq(boss.id));
 */
export function alias<Name extends string, C, N, const A extends string>(
  source: TableMeta<Name, C, N>,
  as: A,
): Table<A, C> & TableMeta<A, C, N> {
  const facts = factsOf(source);
  const name: SourceName = { key: as, name: as };
  if (facts.node.kind !== "table") return sourceOf({ ...facts, node: { ...facts.node, source: name } });
  const node = renamedTable(facts.node, name);
  const columns = facts.columns === facts.node.columns ? node.columns : renamedColumns(facts.columns, facts.node, name);
  return sourceOf({ ...facts, columns, node });
}

/** A table by another name, with the condition on its rows and the tables that hold further parts of them. */
function renamedTable(table: TableSourceNode, to: SourceName): TableSourceNode {
  const { filters, joined } = table;
  const renamed = { ...table, source: to, alias: true };
  if (filters === undefined && joined === undefined) return renamed;
  const names = namesBy(table, to);
  const moved = <T>(node: T): T =>
    replaceColumns(node, (column) => {
      const source = names.get(column.source.key);
      return source === undefined ? undefined : { ...column, source };
    });
  return {
    ...renamed,
    filters: filters && moved(filters),
    columns: renamedColumns(table.columns, table, to),
    joined: joined?.map((join) => ({
      ...join,
      on: join.on && moved(join.on),
      source: {
        ...(join.source as TableSourceNode),
        source: names.get(join.source.source.key) as SourceName,
        alias: true,
      },
    })),
  };
}

/** What the tables of a source are called where the source is called otherwise. */
function namesBy({ source, joined = [] }: TableSourceNode, to: SourceName): ReadonlyMap<string, SourceName> {
  const names = new Map([[source.key, to]]);
  for (const { source: part } of joined) {
    const name = `${to.name} ${(part as TableSourceNode).table}`;
    names.set(part.source.key, { key: name, name });
  }
  return names;
}

function renamedColumns(
  columns: readonly SourceColumn[],
  table: TableSourceNode,
  to: SourceName,
): readonly SourceColumn[] {
  if (table.joined === undefined) return columns;
  const names = namesBy(table, to);
  return columns.map((column) => (column.source ? { ...column, source: names.get(column.source.key) } : column));
}

/**
 * A column by a name that is only known at run time, as text.
 *
 * @throws {CompileError} if the source has no such column
 */
export function column<Name extends string, C, K extends keyof C & string>(
  source: TableMeta<Name, C, any>,
  name: K,
): Expr<ValueOf<C[K]>, `${Name}.${K}`, Name> {
  const found = Object.hasOwn(source, name) ? (source as unknown as Record<string, unknown>)[name] : undefined;
  if (!(found instanceof Expression)) {
    const { node, columns } = factsOf(source);
    const keys = columns.map(({ key }) => key);
    throw noColumn(node.source.name, name, keys);
  }
  return found as unknown as Expr<ValueOf<C[K]>, `${Name}.${K}`, Name>;
}

/** What is said of a name that no column of a source has. */
export function noColumn(source: string, name: string, columns: readonly string[]): CompileError {
  return new CompileError(`"${source}" has no column "${name}"`, `It has ${columns.join(", ")}.`);
}
