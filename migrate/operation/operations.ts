// What a revision's `up` and `down` are given: each call is one step. What is done with a step is the business of whoever runs
// the revision: it is carried out, journalled, or written into a script.
import {
  type AnyTable,
  type Cols,
  type Constraint,
  type DeclaredType,
  table as declare,
  declaredTable,
  type Queries,
  type SchemaNode,
  type Sequence,
  type Statement,
  type TableColumnNode,
  type TableNode,
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
  run(step: Step): Promise<unknown>;
  /** Reads, for data that is moved; not possible in a script. */
  readonly queries: Queries<any>;
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
    const one = (declared: Cols[string]): TableColumnNode =>
      nodeOf(name, schema, { [column]: declared }).columns[0] as TableColumnNode;
    await this.#change({ kind: "alterColumn", ...at(table), from: one(from), to: one(to), using });
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
  async addPrimaryKey(table: TableName, columns: readonly string[], name?: string): Promise<void> {
    await this.#change({ kind: "addPrimaryKey", ...at(table), primaryKey: { name, columns } });
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
  /** Adds a value to an enumeration. On PostgreSQL it cannot be used in the transaction that adds it. */
  async addEnumValue(
    name: string,
    value: string,
    options: { readonly before?: string; readonly schema?: string } = {},
  ): Promise<void> {
    await this.#change({ kind: "addEnumValue", name, value, before: options.before, schema: options.schema });
  }
  async createSchema(name: string): Promise<void> {
    await this.#change({ kind: "createSchema", name, ifNotExists: false });
  }
  async dropSchema(name: string, options: { readonly cascade?: boolean } = {}): Promise<void> {
    await this.#change({ kind: "dropSchema", name, ifExists: false, cascade: options.cascade ?? false });
  }
  /** Any change of schema, as data. */
  async change(node: SchemaNode): Promise<void> {
    await this.#change(node);
  }

  // --- data ---

  /** Runs a writing statement, built over light tables that the revision declares itself. */
  async run(statement: Statement<any, any>, params?: object | readonly object[]): Promise<void> {
    await this.#runner.run({ kind: "statement", statement, params });
  }
  /** Runs trusted text of SQL. */
  async execute(text: string): Promise<void> {
    await this.#runner.run({ kind: "text", text });
  }
  /** Reads rows, for data that has to pass through the program. */
  all<R>(statement: Statement<R, any>, params?: object): Promise<R[]> {
    return (this.#runner.queries.all as (...args: unknown[]) => Promise<R[]>).call(
      this.#runner.queries,
      statement,
      ...(params === undefined ? [] : [params]),
    );
  }
  /**
   * Does work in batches until one of them does nothing: `work` gives how many rows it changed. For changes that are too long for
   * one statement.
   */
  async inBatches(work: () => Promise<number>, progress: (done: number) => void = () => {}): Promise<number> {
    let total = 0;
    for (;;) {
      const done = await work();
      if (done === 0) return total;
      total += done;
      progress(total);
    }
  }

  async #change(node: SchemaNode): Promise<void> {
    await this.#runner.run({ kind: "schema", node });
  }
}

function at(table: TableName): { readonly table: string; readonly schema: string | undefined } {
  return typeof table === "string" ? { table, schema: undefined } : table;
}

function place({ name, schema }: TableNode): { readonly table: string; readonly schema: string | undefined } {
  return { table: name, schema };
}

/** A table declared for the sake of its columns. */
function nodeOf(
  name: string,
  schema: string | undefined,
  columns: Cols,
  constraints?: (columns: any) => readonly Constraint[],
): TableNode {
  if (Object.keys(columns).length === 0) throw new MigrationError(`no columns are given for "${name}"`);
  const options = {
    ...(schema === undefined ? {} : { schema }),
    ...(constraints === undefined ? {} : { constraints }),
  };
  return declaredTable(declare("revised", columns, { ...options, name }) as unknown as AnyTable).node;
}
