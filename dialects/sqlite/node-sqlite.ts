// SQLite through the driver in Node itself, which needs no installation.
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { codeOfNumber } from "./errors.ts";
import type { NativeConnection, NativeDriver, NativeStatement } from "./native.ts";

export function nodeSqlite(): NativeDriver {
  const sqlite = process.getBuiltinModule("node:sqlite");
  return {
    name: "node:sqlite",
    open(path, { readOnly, mustExist, busyTimeout }) {
      // It has no such option; a URI has. https://sqlite.org/uri.html
      const location = mustExist && !readOnly ? uriOf(path) : path;
      return connectionOf(new sqlite.DatabaseSync(location, { readOnly, timeout: busyTimeout }));
    },
    codeOf: (error) => (isSqliteError(error) ? codeOfNumber(error.errcode) : undefined),
  };
}

function connectionOf(native: DatabaseSync): NativeConnection {
  return {
    prepare: (text, bigints) => statementOf(native.prepare(text), bigints),
    exec: (text) => native.exec(text),
    defineFunction: (name, call) =>
      native.function(name, { deterministic: true, useBigIntArguments: true, varargs: false }, call),
    defineAggregate: (name, aggregate) => native.aggregate(name, { ...aggregate, useBigIntArguments: true } as never),
    get inTransaction() {
      return native.isTransaction;
    },
    close: () => native.close(),
    native,
  };
}

function statementOf(statement: StatementSync, bigints: boolean): NativeStatement {
  const reader = statement.columns().length > 0;
  const readonly = reader && onlyReads(statement.sourceSQL);
  // Where a number would lose digits node:sqlite throws, without saying which column it is. With bigints the decoder says
  // it. A statement that writes has written by then, so it is asked for bigints from the start.
  let exact = bigints || (reader && !readonly);
  statement.setReturnArrays(true);
  if (exact) statement.setReadBigInts(true);
  const rows = <T>(read: () => T): T => {
    try {
      return read();
    } catch (error) {
      if (exact || !isOutOfRange(error)) throw error;
      exact = true;
      statement.setReadBigInts(true);
      return read();
    }
  };
  return {
    reader,
    readonly,
    all: (...parameters) => rows(() => statement.all(...bound(parameters))) as unknown as unknown[][],
    get: (...parameters) => rows(() => statement.get(...bound(parameters))) as unknown as unknown[] | undefined,
    run(...parameters) {
      const { changes, lastInsertRowid } = statement.run(...bound(parameters));
      return { changes: Number(changes), lastInsertRowid: narrow(lastInsertRowid) };
    },
    iterate(parameters) {
      statement.setReadBigInts(true);
      return statement.iterate(...bound(parameters)) as unknown as IterableIterator<unknown[]>;
    },
  };
}

/** The values as they are bound; the first would be taken for a list of named ones if it were an object. */
function bound(parameters: readonly unknown[]): SQLInputValue[] {
  const first = parameters[0];
  if (typeof first === "object" && first !== null && !(first instanceof Uint8Array)) {
    throw new TypeError("SQLite binds numbers, strings, bigints, bytes and null");
  }
  return parameters as SQLInputValue[];
}

// It cannot be asked of the statement, but the text tells: of the verbs that write, SQLite takes none inside parentheses.
function onlyReads(text: string): boolean {
  if (/^\s*(select|values)\b/i.test(text)) return true;
  if (!/^\s*(with|explain)\b/i.test(text)) return false;
  let outside = text.replace(quotedOrComment, " ");
  for (let inside = ""; inside !== outside; ) {
    inside = outside;
    outside = outside.replace(/\([^()]*\)/g, " ");
  }
  return !/\b(insert|update|delete|replace)\b/i.test(outside);
}

const quotedOrComment = /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*.*?\*\//gs;

function narrow(value: number | bigint): number | bigint {
  return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function isOutOfRange(error: unknown): boolean {
  return error instanceof RangeError && (error as { code?: unknown }).code === "ERR_OUT_OF_RANGE";
}

function isSqliteError(error: unknown): error is Error & { readonly errcode: number } {
  return error instanceof Error && (error as { code?: unknown }).code === "ERR_SQLITE_ERROR" && "errcode" in error;
}

function uriOf(path: string): string {
  return `file:${path.replace(/[?#%]/g, encodeURIComponent)}?mode=rw`;
}
