// mysql2 is loaded when a database is opened, so that importing this dialect needs no driver.
import { createRequire } from "node:module";
import type mysql from "mysql2";
import { CannotConnect } from "../../core/dialect/index.ts";

let loaded: typeof mysql | undefined;

/** @throws {CannotConnect} if mysql2 is not installed */
export function native(): typeof mysql {
  loaded ??= load();
  return loaded;
}

function load(): typeof mysql {
  try {
    return createRequire(import.meta.url)("mysql2");
  } catch (cause) {
    throw new CannotConnect({ message: "the package mysql2 could not be loaded", hint: "npm install mysql2", cause });
  }
}
