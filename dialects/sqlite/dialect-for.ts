// Older SQLite writes 15 digits of a double into JSON, of the 17 that some have: that of Node 22 does (3.51), that of Node 24
// no more (3.53). Where it does, a function of ours writes them, which takes longer.
import type { Dialect } from "../../core/dialect/index.ts";
import { sqliteDialect } from "./dialect.ts";
import { jsonCodecOfDigits } from "./json.ts";
import type { NativeDriver } from "./native.ts";

export const dialectOfDigits: Dialect = { ...sqliteDialect, jsonCodec: jsonCodecOfDigits };

/** The dialect of the SQLite that a driver brings. */
export function dialectFor(native: NativeDriver): Dialect {
  const dialect = dialects.get(native.name) ?? (writesAllDigits(native) ? sqliteDialect : dialectOfDigits);
  dialects.set(native.name, dialect);
  return dialect;
}

const dialects = new Map<NativeDriver["name"], Dialect>();

function writesAllDigits(native: NativeDriver): boolean {
  const connection = native.open(":memory:", { readOnly: false, mustExist: false, busyTimeout: 0 });
  try {
    const [json] = connection.prepare("select json_array(?)", false).get(Number.MAX_VALUE) ?? [];
    return JSON.parse(String(json))[0] === Number.MAX_VALUE;
  } finally {
    connection.close();
  }
}
