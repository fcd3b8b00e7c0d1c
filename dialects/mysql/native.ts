// mysql2 is loaded when a database is opened, so that importing this dialect needs no driver.
import { createRequire } from "node:module";
import type mysql from "mysql2";
import { CannotConnect } from "../../core/dialect/index.ts";

type Native = Pick<typeof mysql, "createConnection" | "createPool" | "TypedParameter">;

let loaded: Native | undefined;

/** @throws {CannotConnect} if mysql2 is not installed */
export function native(): Native {
  loaded ??= taken(load());
  return loaded;
}

/** What is used of it, read once: its exports look up a module each time, which is dearer than sending a value. */
function taken({ createConnection, createPool, TypedParameter }: typeof mysql): Native {
  return { createConnection, createPool, TypedParameter };
}

function load(): typeof mysql {
  try {
    return createRequire(import.meta.url)("mysql2");
  } catch (cause) {
    throw new CannotConnect({ message: "the package mysql2 could not be loaded", hint: "npm install mysql2", cause });
  }
}
