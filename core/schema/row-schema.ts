// The shapes of rows as schemas for data from outside: what an insert takes, what an update takes.
import type { TableMeta } from "../expression/needs.ts";
import type { TableColumnNode } from "../tree/schema-node.ts";
import type { ColumnFacts } from "./column.ts";
import { entriesOf, type InputSchema, inputSchema, isRecord, put, type Report, readInput } from "./input-schema.ts";
import type { InsertOf, UpdateOf } from "./row-types.ts";
import { declaredTable } from "./table.ts";

/** A value, or what stands for it in JSON. */
export type Sent<T> = T extends Date | Uint8Array ? T | string : T extends bigint ? T | number | string : T;
/** A row as it may be sent. */
export type SentRow<R> = { [K in keyof R]: Sent<R[K]> };

/** Which columns data from outside may have. */
export interface RowSchemaOptions<K extends string> {
  /** Only these. Without it a client can set every column that a program can: its owner, its price, its key. */
  readonly only: readonly K[];
}

/**
 * Checks the values of a row to insert: the columns named by `only` and nothing else, each of its type, none missing that the
 * table asks for. Points in time may be ISO 8601, bigints digits, and bytes base64, since JSON has no better.
 *
 * @example
 * const newUser = insertSchema(users, { only: ["name", "email"] });
 * await db.run(insertInto(users).values({ ...newUser.parse(body), role: "guest" }));
 */
export function insertSchema<C, const K extends keyof InsertOf<C> & string>(
  table: TableMeta<any, C>,
  options: RowSchemaOptions<K>,
): InputSchema<SentRow<Pick<InsertOf<C>, K>>, Pick<InsertOf<C>, K>> {
  const { name, columns } = columnsOf(table, options.only);
  return inputSchema(name, (data, report) => {
    const row = readRow(columns, data, report);
    for (const [key, { isRequired }] of columns) {
      if (isRequired && isRecord(data) && !Object.hasOwn(row, key) && !isGiven(data, key)) report([key], "is required");
    }
    return row as Pick<InsertOf<C>, K>;
  });
}

/**
 * Checks the values that an update sets: like {@link insertSchema}, but any of them may be left out.
 *
 * @example
 * const userChange = updateSchema(users, { only: ["name", "email"] });
 * await db.run(update(users).set(userChange.parse(body)).where(users.id.eq(1)));
 */
export function updateSchema<C, const K extends keyof UpdateOf<C> & string>(
  table: TableMeta<any, C>,
  options: RowSchemaOptions<K>,
): InputSchema<SentRow<Pick<UpdateOf<C>, K>>, Pick<UpdateOf<C>, K>> {
  const { name, columns } = columnsOf(table, options.only);
  return inputSchema(name, (data, report) => readRow(columns, data, report) as Pick<UpdateOf<C>, K>);
}

interface RowColumn {
  readonly facts: ColumnFacts;
  readonly isRequired: boolean;
}

function columnsOf(
  source: TableMeta<any, any>,
  only: readonly string[],
): { readonly name: string; readonly columns: ReadonlyMap<string, RowColumn> } {
  const table = declaredTable(source);
  const allowed = only.map((key): [string, RowColumn] => {
    const facts = table.writable(key);
    const { identity } = table.node.columns.find((one) => one.key === key) as TableColumnNode;
    const isRequired = !facts.nullable && facts.default === undefined && identity === undefined;
    return [key, { facts, isRequired }];
  });
  return { name: table.name, columns: new Map(allowed) };
}

function readRow(columns: ReadonlyMap<string, RowColumn>, data: unknown, report: Report): object {
  const row = {};
  // Unknown names are reported one by one, up to as many as there are known ones.
  for (const [key, value] of entriesOf(data, [], 2 * columns.size + 10, report)) {
    const column = columns.get(key);
    if (column === undefined) report([key], "is not allowed");
    else if (value !== null) {
      const found = readInput(column.facts.type, value, [key], report);
      if (found !== undefined) put(row, key, found);
    } else if (column.facts.nullable) put(row, key, null);
    else report([key], "cannot be null");
  }
  return row;
}

/** Whether a value was there, if only one that was reported. */
function isGiven(data: object, key: string): boolean {
  return Object.hasOwn(data, key) && Reflect.get(data, key) !== undefined;
}
