// COPY: the fastest way in and out, as streams. https://www.postgresql.org/docs/current/sql-copy.html
import { bytesToHex, type SourceColumn } from "../../core/dialect/index.ts";
import {
  CompileError,
  compile,
  type Database,
  type Feature,
  factsOf,
  type InsertOf,
  ParameterError,
  type PinnedConnection,
  type RunOptions,
  type Statement,
  type TableMeta,
  type Transaction,
} from "../../core/index.ts";
import { CopyIn, CopyOut } from "./copy-exchange.ts";
import { postgresDialect } from "./dialect.ts";
import { onConnection } from "./exchange-on.ts";
import { codec } from "./types.ts";

type Copy = Feature<"COPY">;
/** Where a COPY can run. */
export type CopyPlace = Database<Copy> | Transaction<Copy> | PinnedConnection<Copy>;

/** How rows are written as text. */
export interface CopyFormat {
  readonly format?: "text" | "csv" | "binary" | undefined;
  /** Whether the first line of CSV names the columns. */
  readonly header?: boolean | undefined;
}

type Source<T> = AsyncIterable<T> | Iterable<T>;
type Given = Readonly<Record<string, unknown>>;

/**
 * Writes rows into a table, all of them or none, and gives their number. Every row gives the same columns as the first; the
 * others take their defaults. Triggers and constraints hold as ever. Without a timeout, it takes as long as its rows do.
 *
 * @throws {ParameterError} if a value is none of its column's type, or a row gives other columns; nothing is written then
 * @example
 * await copyInto(db, users, [{ name: "Ann" }, { name: "Bob" }]);
 */
export async function copyInto<Name extends string, C>(
  place: CopyPlace,
  table: TableMeta<Name, C, any>,
  rows: Source<InsertOf<C>>,
  options: RunOptions = {},
): Promise<number> {
  const target = tableOf(table);
  const source = iterate(rows as Source<Given>);
  const first = await source.next();
  if (first.done === true) return 0;
  const given = target.columns.filter(({ key }) => first.value[key] !== undefined);
  const names = given.map(({ name }) => postgresDialect.quote(name)).join(", ");
  return copyIn(place, `copy ${target.name} (${names}) from stdin`, linesOf(first.value, source, given), options);
}

/** Writes text in one of COPY's formats into a table: a file, say. Gives the number of rows. */
export function copyTextInto<Name extends string, C>(
  place: CopyPlace,
  table: TableMeta<Name, C, any>,
  text: AsyncIterable<Uint8Array | string>,
  options: RunOptions & CopyFormat & { readonly columns?: readonly (keyof C & string)[] } = {},
): Promise<number> {
  const target = tableOf(table);
  const names = options.columns?.map((key) => {
    const column = target.columns.find((one) => one.key === key);
    if (column === undefined)
      throw new CompileError(
        `${target.name} has no column "${key}"`,
        `It has ${target.columns.map((one) => one.key).join(", ")}.`,
      );
    return postgresDialect.quote(column.name);
  });
  const list = names === undefined ? "" : ` (${names.join(", ")})`;
  return copyIn(place, `copy ${target.name}${list} from stdin${formatText(options)}`, text, options);
}

/**
 * The rows of a statement as text in one of COPY's formats, in chunks as they come. Ending the iteration early ends the COPY.
 *
 * @throws {CompileError} if the statement has values to be bound: COPY takes no parameters
 * @example
 * const chunks = copyFrom(db, select(users), { format: "csv", header: true });
 * await pipeline(chunks, createWriteStream("users.csv"));
 */
export async function* copyFrom<R>(
  place: CopyPlace,
  from: Statement<R, any>,
  options: RunOptions & CopyFormat = {},
): AsyncGenerator<Uint8Array, undefined> {
  const text = `copy (${textOf(from)}) to stdout${formatText(options)}`;
  const started = Promise.withResolvers<CopyOut>();
  const stop = new AbortController();
  const signal = options.signal === undefined ? stop.signal : AbortSignal.any([options.signal, stop.signal]);
  const running = onConnection<Copy, unknown>(place, { ...options, signal }, (runner) => {
    const out = new CopyOut(runner.session, text);
    started.resolve(out);
    return runner.run(out, out.done, { sql: text });
  });
  running.catch(started.reject);
  const out = await started.promise;
  let ended = false;
  try {
    for (let chunks = await out.next(); chunks !== undefined; chunks = await out.next()) yield* chunks;
    ended = true;
    await running;
  } finally {
    if (!ended) {
      // Stopped on the server; what has been sent by then goes by.
      out.discard();
      stop.abort();
      await running.catch(() => undefined);
    }
  }
}

async function copyIn(
  place: CopyPlace,
  text: string,
  source: AsyncIterable<Uint8Array | string>,
  options: RunOptions,
): Promise<number> {
  return onConnection<Copy, number>(place, options, async (runner) => {
    const copy = new CopyIn(runner.session, text, source);
    try {
      const answers = await runner.run(copy, copy.done, { sql: text });
      return answers.at(-1)?.affected ?? 0;
    } catch (error) {
      // The user's own error says more than the server's answer to giving up.
      throw copy.fault ?? error;
    }
  });
}

interface Target {
  readonly name: string;
  readonly columns: readonly SourceColumn[];
}

function tableOf(table: TableMeta<any, any, any>): Target {
  const { node, columns } = factsOf(table);
  if (node.kind !== "table")
    throw new CompileError("COPY writes into tables alone", "Give the table that the rows are to go into.");
  const name = postgresDialect.quote(node.table);
  return { name: node.schema === undefined ? name : `${postgresDialect.quote(node.schema)}.${name}`, columns };
}

function textOf(statement: Statement<unknown, unknown>): string {
  const compiled = compile(statement, postgresDialect);
  const { parameters } = compiled.query();
  if (parameters.length === 0) return compiled.text;
  throw new CompileError(
    `COPY takes no parameters, and the statement has ${parameters.length}`,
    "Keep what it selects in a view or a temporary table, or use stream().",
  );
}

function formatText({ format = "text", header }: CopyFormat): string {
  if (format === "text" && header === undefined) return "";
  return ` with (format ${format}${header === true ? ", header" : ""})`;
}

async function* iterate<T>(rows: Source<T>): AsyncGenerator<T, undefined> {
  yield* rows;
}

// About what fits a packet or two: a line a chunk would be a system call a row.
const chunkSize = 1 << 16;

async function* linesOf(
  first: Given,
  rest: AsyncIterable<Given>,
  columns: readonly SourceColumn[],
): AsyncGenerator<string, undefined> {
  const lineOf = lineWriter(columns);
  let chunk = lineOf(first);
  for await (const row of rest) {
    chunk += lineOf(row);
    if (chunk.length > chunkSize) {
      yield chunk;
      chunk = "";
    }
  }
  if (chunk !== "") yield chunk;
}

function lineWriter(columns: readonly SourceColumn[]): (row: Given) => string {
  const fields = columns.map(({ key, name, type }) => ({ key, name, encode: codec(type).encode }));
  const known = new Set(columns.map(({ key }) => key));
  return (row) => {
    for (const key of Object.keys(row)) {
      if (row[key] !== undefined && !known.has(key)) {
        throw new ParameterError(
          `a row gives "${key}", which the first row does not`,
          "Give the same columns in every row.",
        );
      }
    }
    return `${fields.map((field) => fieldText(field, row[field.key])).join("\t")}\n`;
  };
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r" };

function fieldText(
  { key, encode }: { readonly key: string; readonly encode: (value: unknown) => unknown },
  value: unknown,
): string {
  if (value === null) return "\\N";
  if (value === undefined) {
    throw new ParameterError(`a row lacks "${key}", which the first row gives`, "Give the same columns in every row.");
  }
  const encoded = encode(value);
  if (encoded instanceof Uint8Array) return `\\\\x${bytesToHex(encoded)}`;
  return String(encoded).replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] as string);
}
