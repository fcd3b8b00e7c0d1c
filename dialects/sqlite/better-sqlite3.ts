// SQLite through better-sqlite3. It is loaded when a database is opened, so that importing this file needs no driver.
import { createRequire } from "node:module";
import type BetterSqlite3 from "better-sqlite3";
import { driverMissing } from "./errors.ts";
import type { NativeConnection, NativeDriver, NativeStatement } from "./native.ts";

/** @throws {CannotConnect} if better-sqlite3 is not installed */
export function betterSqlite3(): NativeDriver {
  const Constructor = load();
  return {
    name: "better-sqlite3",
    open: (path, { readOnly, mustExist, busyTimeout }) =>
      connectionOf(new Constructor(path, { readonly: readOnly, fileMustExist: mustExist, timeout: busyTimeout })),
    codeOf: (error) => (error instanceof Constructor.SqliteError ? error.code : undefined),
  };
}

function load(): typeof BetterSqlite3 {
  try {
    return createRequire(import.meta.url)("better-sqlite3");
  } catch (error) {
    throw driverMissing(error);
  }
}

function connectionOf(native: BetterSqlite3.Database): NativeConnection {
  return {
    prepare(text, bigints) {
      const statement = native.prepare(text);
      if (statement.reader) statement.raw(true);
      if (bigints) statement.safeIntegers(true);
      // `raw` has made its rows arrays, which its types do not say.
      return statement as unknown as NativeStatement;
    },
    exec: (text) => void native.exec(text),
    defineFunction: (name, call) => void native.function(name, { deterministic: true, safeIntegers: true }, call),
    defineAggregate: (name, aggregate) =>
      void native.aggregate(name, { deterministic: true, safeIntegers: true, ...aggregate }),
    get inTransaction() {
      return native.inTransaction;
    },
    close: () => void native.close(),
    native,
  };
}
