// What a revision's `up` and `down` are given: each call is one step. What is done with a step is the business of whoever runs
// the revision: it is carried out, journalled, or written into a script.
import {
  type AnyTable,
  type Cols,
  type Constraint,
  type DeclaredType,
  table as declare,
  declaredTable,
  integer,
  objectsOf,
  type Queries,
  type SchemaNode,
  type Sequence,
  type SqlType,
  type Statement,
  type TableColumnNode,
  type TableNode,
  type ViewNode,
} from "../../core/index.ts";
import { MigrationError } from "../errors.ts";

/** Which table: its name, or name and schema. */
export type TableName = string | { readonly schema: string; readonly table: string };

/** One step of a revision. */
export type Step =
  | { readonly kind: "schema"; readonly node: SchemaNode }
  | { readonly kind: "statement"; readonly statement: Statement<any, any>; readonly params: unknown }
  | { readonly kind: "text"; readonly text: string };

/** Who does what the operations say. */
export interface StepRunner {
  /** Gives how many rows were changed. */
  run(step: Step): Promise<number>;
  /** Where rows can be read, for data that is moved; not possible in a script. */
  reading(): Promise<Queries<any>>;
  /** Told how many rows a long change has done. */
  progress?(rows: number): void;
}

/** How a column is changed. What is left out stays as it is. */
export interface AlterColumn {
  /** The column as it was, whole. */
  readonly from: Cols[string];
  /** The column as it shall be, whole. */
  readonly to: Cols[string];
  /** PostgreSQL: how old values become new ones, where no cast does. */
  readonly using?: string;
}

/** The options of a table, as they were and as they shall be, whole. */
export interface AlterOptions {
  readonly from: TableNode["options"];
  readonly to: TableNode["options"];
}

/** A domain as it was and as it shall be, whole. */
export interface AlterDomain {
  readonly from: DeclaredType;
  readonly to: DeclaredType;
}

export class Operations {
  readonly #runner: StepRunner;

  constructor(runner: StepRunner) {
    this.#runner = runner;
  }

  // --- tables ---

  /** Creates a table, declared as in a schema module, with its indexes. */
  async createTable(table: AnyTable): Promise<void> {
    const node = declaredTable(table).node;
    await this.#change({ kind: "createTable", table: node, ifNotExists: false });
    for (const index of node.indexes)
      await this.#change({ kind: "createIndex", ...place(node), index, ifNotExists: false });
  }
  async dropTable(
    table: TableName,
    options: { readonly ifExists?: boolean; readonly cascade?: boolean } = {},
  ): Promise<void> {
    await this.#change({
      kind: "dropTable",
      ...at(table),
      ifExists: options.ifExists ?? false,
      cascade: options.cascade ?? false,
    });
  }
  async renameTable(table: TableName, to: string): Promise<void> {
    await this.#change({ kind: "renameTable", ...at(table), to });
  }
  /** Changes a table's options, each given whole: `{ engine: "InnoDB" }`, `{ strict: true }`, `{ fillfactor: 70 }`. */
  async alterOptions(table: TableName, { from, to }: AlterOptions): Promise<void> {
    await this.#change({ kind: "alterOptions", ...at(table), from, to });
  }
  async commentTable(table: TableName, comment: string | undefined): Promise<void> {
    await this.#change({ kind: "commentTable", ...at(table), comment });
  }

  // --- columns ---

  /** Adds columns: `addColumn("users", { bio: text().nullable() })`. One that is NOT NULL needs a default where rows exist. */
  async addColumn(table: TableName, columns: Cols): Promise<void> {
    const { table: name, schema } = at(table);
    const node = nodeOf(name, schema, columns);
    for (const column of node.columns) await this.#change({ kind: "addColumn", ...at(table), column });
    for (const unique of node.uniques) await this.#change({ kind: "addUnique", ...at(table), unique });
    for (const foreignKey of node.foreignKeys) await this.#change({ kind: "addForeignKey", ...at(table), foreignKey });
    for (const check of node.checks) await this.#change({ kind: "addCheck", ...at(table), check });
  }
  async dropColumn(table: TableName, column: string): Promise<void> {
    await this.#change({ kind: "dropColumn", ...at(table), column });
  }
  async renameColumn(table: TableName, column: string, to: string): Promise<void> {
    await this.#change({ kind: "renameColumn", ...at(table), column, to });
  }
  /** Changes a column's type, nullability, default, collation or comment. */
  async alterColumn(table: TableName, column: string, { from, to, using }: AlterColumn): Promise<void> {
    const { table: name, schema } = at(table);
    const one = (declared: Cols[string]): TableColumnNode => ({
      ...(nodeOf(name, schema, { altered: declared }).columns[0] as TableColumnNode),
      key: column,
      name: column,
    });
    await this.#change({ kind: "alterColumn", ...at(table), from: one(from), to: one(to), using });
  }

  /** Comments on a column, given as it is, whole: MySQL and MariaDB define it anew. */
  async commentColumn(table: TableName, column: string, as: Cols[string]): Promise<void> {
    const { table: name, schema } = at(table);
    const [node] = nodeOf(name, schema, { commented: as }).columns;
    if (node !== undefined) {
      await this.#change({ kind: "commentColumn", ...at(table), column: { ...node, key: column, name: column } });
    }
  }

  // --- constraints and indexes ---

  /** Adds constraints and indexes, written as in a table: `addConstraints("posts", (t) => [unique(t.a, t.b)], { a: integer(), b: integer() })`. */
  async addConstraints(
    table: TableName,
    columns: Cols,
    constraints: (columns: any) => readonly Constraint[],
    options: { readonly notValid?: boolean; readonly concurrently?: boolean } = {},
  ): Promise<void> {
    const { table: name, schema } = at(table);
    const node = nodeOf(name, schema, columns, constraints);
    const notValid = options.notValid ?? false;
    const concurrently = options.concurrently ?? false;
    for (const unique of node.uniques) await this.#change({ kind: "addUnique", ...at(table), unique });
    for (const foreignKey of node.foreignKeys)
      await this.#change({ kind: "addForeignKey", ...at(table), foreignKey, notValid });
    for (const check of node.checks) await this.#change({ kind: "addCheck", ...at(table), check, notValid });
    for (const exclusion of node.exclusions) await this.#change({ kind: "addExclusion", ...at(table), exclusion });
    for (const index of node.indexes)
      await this.#change({ kind: "createIndex", ...at(table), index, ifNotExists: false, concurrently });
  }
  /** @param options.include PostgreSQL: columns that its index carries besides */
  async addPrimaryKey(
    table: TableName,
    columns: readonly string[],
    options: { readonly name?: string; readonly include?: readonly string[] } = {},
  ): Promise<void> {
    const { name, include } = options;
    const primaryKey = { name, columns, ...(include === undefined ? {} : { include }) };
    await this.#change({ kind: "addPrimaryKey", ...at(table), primaryKey });
  }
  async dropConstraint(
    table: TableName,
    name: string,
    of: "primary key" | "foreign key" | "unique" | "check" | "exclusion",
  ): Promise<void> {
    await this.#change({ kind: "dropConstraint", ...at(table), name, of });
  }
  /** PostgreSQL: checks the rows that a constraint added as `notValid` has not looked at. */
  async validateConstraint(table: TableName, name: string): Promise<void> {
    await this.#change({ kind: "validateConstraint", ...at(table), name });
  }
  async dropIndex(
    table: TableName,
    name: string,
    options: { readonly ifExists?: boolean; readonly concurrently?: boolean } = {},
  ): Promise<void> {
    await this.#change({
      kind: "dropIndex",
      ...at(table),
      name,
      ifExists: options.ifExists ?? false,
      concurrently: options.concurrently ?? false,
    });
  }

  // --- other objects ---

  async createSequence({ node }: Sequence): Promise<void> {
    await this.#change({ kind: "createSequence", sequence: node, ifNotExists: false });
  }
  async dropSequence(name: string, schema?: string): Promise<void> {
    await this.#change({ kind: "dropSequence", name, schema, ifExists: false });
  }
  async createType({ node }: DeclaredType): Promise<void> {
    await this.#change({ kind: "createType", type: node, ifNotExists: false });
  }
  /** Creates an enumeration as a type of its own. */
  async createEnum(name: string, values: readonly string[], schema?: string): Promise<void> {
    await this.#change({
      kind: "createType",
      type: { kind: "type", name, schema, definition: { kind: "enumeration", values } },
      ifNotExists: false,
    });
  }
  async dropType(name: string, of: "enumeration" | "domain" = "enumeration", schema?: string): Promise<void> {
    await this.#change({ kind: "dropType", name, schema, of, ifExists: false });
  }
  /** Changes a domain's default, whether it takes null, and its checks; what it is over stays. */
  async alterDomain(name: string, { from, to }: AlterDomain, schema?: string): Promise<void> {
    const [before, after] = [from.node.definition, to.node.definition];
    if (before.kind !== "domain" || after.kind !== "domain") {
      throw new MigrationError(`alterDomain("${name}") was given no domain`, "Give what domain(…) made.");
    }
    await this.#change({ kind: "alterDomain", name, schema, from: before, to: after });
  }
  /** Adds a value to an enumeration. On PostgreSQL it cannot be used in the transaction that adds it. */
  async addEnumValue(
    name: string,
    value: string,
    options: { readonly before?: string; readonly schema?: string } = {},
  ): Promise<void> {
    await this.#change({ kind: "addEnumValue", name, value, before: options.before, schema: options.schema });
  }
  /**
   * PostgreSQL: gives an enumeration other values, by a type in its place to which the columns are turned. Columns are given as
   * they shall be; a value that a row still has and that goes makes it fail, with the number of rows.
   *
   * @example
   * ```ts no-run
   * await op.replaceEnum("mood", ["sad", "happy"], [["people", { mood: enumeration(["sad", "happy"], { type: "mood" }) }]]);
   * ```
   */
  async replaceEnum(
    name: string,
    values: readonly string[],
    columns: readonly (readonly [table: TableName, columns: Cols])[] = [],
    schema?: string,
  ): Promise<void> {
    const old = `${name}__old`;
    await this.#change({ kind: "renameType", name, schema, to: old });
    await this.createEnum(name, values, schema);
    for (const [table, cols] of columns) {
      for (const to of nodeOf(at(table).table, at(table).schema, cols).columns) {
        // A default that PostgreSQL may have to let go before it can turn the column.
        const from = {
          ...to,
          type: withTypeName(to.type, name, old),
          default: to.default ?? ({ kind: "sqlText", text: "null" } as const),
        };
        await this.#change({ kind: "alterColumn", ...at(table), from, to, using: castThroughText(to, name, schema) });
      }
    }
    await this.dropType(old, "enumeration", schema);
  }
  async renameType(name: string, to: string, schema?: string): Promise<void> {
    await this.#change({ kind: "renameType", name, schema, to });
  }
  async createSchema(name: string, options: { readonly ifNotExists?: boolean } = {}): Promise<void> {
    await this.#change({ kind: "createSchema", name, ifNotExists: options.ifNotExists ?? false });
  }
  async dropSchema(name: string, options: { readonly cascade?: boolean } = {}): Promise<void> {
    await this.#change({ kind: "dropSchema", name, ifExists: false, cascade: options.cascade ?? false });
  }
  /** Any change of schema, as data. */
  async change(node: SchemaNode): Promise<void> {
    await this.#change(node);
  }

  /** Creates a view or a materialized view, declared as in a schema module, with its indexes. */
  async createView(view: object): Promise<void> {
    const [node] = declaredViews(view);
    if (node === undefined) throw new MigrationError("createView() was given no view", "Give what view(…) made.");
    await this.#change({ kind: "createView", view: node, orReplace: false, ifNotExists: false });
    for (const index of node.indexes ?? []) {
      await this.#change({ kind: "createIndex", ...place(node), index, ifNotExists: false });
    }
  }
  async dropView(view: TableName, options: { readonly materialized?: boolean } = {}): Promise<void> {
    const { table: name, schema } = at(view);
    await this.#change({
      kind: "dropView",
      name,
      schema,
      materialized: options.materialized ?? false,
      ifExists: false,
    });
  }

  // --- data ---

  /**
   * Runs a writing statement, built over light tables that the revision declares itself, and gives how many rows it changed.
   *
   * @example
   * ```ts no-run
   * const posts = table("posts", { id: integer().primaryKey(), slug: text().nullable() });
   * await op.run(update(posts).set({ slug: "" }).where(posts.slug.isNull()));
   * ```
   */
  async run(statement: Statement<any, any>, params?: object | readonly object[]): Promise<number> {
    return this.#runner.run({ kind: "statement", statement, params });
  }
  /** Runs trusted text of SQL. */
  async execute(text: string): Promise<void> {
    await this.#runner.run({ kind: "text", text });
  }
  /** Reads rows, for data that has to pass through the program. */
  async all<R>(statement: Statement<R, any>, params?: object): Promise<R[]> {
    const queries = await this.#runner.reading();
    const all = queries.all as (...args: unknown[]) => Promise<R[]>;
    return all.call(queries, statement, ...(params === undefined ? [] : [params]));
  }
  /**
   * Does work in batches until one of them does nothing: `work` gives how many rows it changed. For changes that are too long for
   * one statement.
   */
  async inBatches(work: () => Promise<number>): Promise<number> {
    let total = 0;
    for (;;) {
      const done = await work();
      if (done === 0) return total;
      total += done;
      this.#runner.progress?.(total);
    }
  }

  async #change(node: SchemaNode): Promise<void> {
    await this.#runner.run({ kind: "schema", node });
  }
}

function at(table: TableName): { readonly table: string; readonly schema: string | undefined } {
  return typeof table === "string" ? { table, schema: undefined } : table;
}

function declaredViews(view: object): ViewNode[] {
  return objectsOf([view]).filter((object) => object.kind === "view");
}

function place({ name, schema }: TableNode | ViewNode): {
  readonly table: string;
  readonly schema: string | undefined;
} {
  return { table: name, schema };
}

/** The type with another name for the enumeration in it. */
function withTypeName(type: SqlType, name: string, to: string): SqlType {
  if (type.kind === "array") return { ...type, of: withTypeName(type.of, name, to) };
  return type.kind === "enumeration" && type.name === name ? { ...type, name: to } : type;
}

function castThroughText({ name, type }: TableColumnNode, of: string, schema: string | undefined): string {
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
  let dimensions = "";
  for (let inner = type; inner.kind === "array"; inner = inner.of) dimensions = "[]";
  const place = schema === undefined ? quote(of) : `${quote(schema)}.${quote(of)}`;
  return `${quote(name)}::text${dimensions}::${place}${dimensions}`;
}

/** A table declared for the sake of its columns. */
function nodeOf(
  name: string,
  schema: string | undefined,
  columns: Cols,
  constraints?: (columns: any) => readonly Constraint[],
): TableNode {
  const options = {
    ...(schema === undefined ? {} : { schema }),
    ...(constraints === undefined ? {} : { constraints }),
  };
  // A check needs to name no column; a table must have one.
  const given = Object.keys(columns).length === 0 ? { any: integer() } : columns;
  return declaredTable(declare("revised", given, { ...options, name }) as unknown as AnyTable).node;
}
