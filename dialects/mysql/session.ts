// What every connection is set to before anything else runs on it, and which statements may change that. The settings make
// the same statement mean the same on every server, however it is configured.
import { CannotConnect } from "../../core/dialect/index.ts";

/** What a server tells of itself. */
export interface Server {
  readonly mariadb: boolean;
  /** As numbers: 10.11.19 is `[10, 11, 19]`. */
  readonly version: readonly [number, number, number];
  readonly text: string;
  /** The largest statement it takes, in bytes. */
  readonly maxPacket: number;
}

/** What is read when a connection is made. */
export const identify = "select version(), @@max_allowed_packet";

/** @throws {CannotConnect} if the server is not the one the dialect speaks to, or too old */
export function serverOf(row: readonly unknown[], expected: "mysql" | "mariadb", address: string): Server {
  const text = String(row[0]);
  const found = /(\d+)\.(\d+)\.(\d+)/.exec(text.replace(/^5\.5\.5-/, ""));
  const version = [Number(found?.[1]), Number(found?.[2]), Number(found?.[3])] as const;
  const server: Server = { mariadb: /mariadb/i.test(text), version, text, maxPacket: Number(row[1]) };
  if (server.mariadb !== (expected === "mariadb")) {
    throw new CannotConnect({
      message: `the server at ${address} is ${server.mariadb ? "MariaDB" : "MySQL"} ${text}, not ${names[expected]}`,
      hint: `Connect with ${server.mariadb ? "mariadb" : "mysql"}(…): the two have different features.`,
    });
  }
  const least = oldest[expected];
  if (compareVersions(version, least) < 0) {
    throw new CannotConnect({
      message: `the server at ${address} is ${names[expected]} ${text}, where ${least.join(".")} is the oldest supported`,
      hint: "Upgrade the server.",
    });
  }
  return server;
}

const names = { mysql: "MySQL", mariadb: "MariaDB" } as const;

/** MySQL: row aliases in upserts, VALUES ROW, INTERSECT. MariaDB: the uuid type, JSON_TABLE, SKIP LOCKED. */
const oldest = { mysql: [8, 0, 31], mariadb: [10, 7, 0] } as const;

function compareVersions(a: readonly number[], b: readonly number[]): number {
  for (let i = 0; i < b.length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The collation that compares code points and keeps trailing spaces apart, as the other databases do. */
export const collations = { mysql: "utf8mb4_0900_bin", mariadb: "utf8mb4_nopad_bin" } as const;

const modes = [
  // A value that does not fit is an error, never cut off or replaced.
  "STRICT_TRANS_TABLES",
  "STRICT_ALL_TABLES",
  "NO_ZERO_IN_DATE",
  "NO_ZERO_DATE",
  "ERROR_FOR_DIVISION_BY_ZERO",
  "NO_ENGINE_SUBSTITUTION",
  // A zero given as a key is stored, not replaced by a generated one.
  "NO_AUTO_VALUE_ON_ZERO",
  // A backslash in a text is a backslash, as in standard SQL: one rule of quoting, whoever writes the text.
  "NO_BACKSLASH_ESCAPES",
  // A difference may be negative, also of unsigned numbers.
  "NO_UNSIGNED_SUBTRACTION",
];

/** The statement that puts a new or reset session into the state every user of it finds. */
export function setUp(flavour: "mysql" | "mariadb"): string {
  // MariaDB's ONLY_FULL_GROUP_BY does not know that a primary key determines its row; MySQL's does. MariaDB can compute
  // the values of an update from the row as it was, as the standard says.
  const mode = [...modes, flavour === "mysql" ? "ONLY_FULL_GROUP_BY" : "SIMULTANEOUS_ASSIGNMENT"];
  return `set names utf8mb4 collate ${collations[flavour]}, session time_zone = '+00:00', session sql_mode = '${mode.join(",")}', session autocommit = 1, session group_concat_max_len = 4294967295`;
}

/** Statements that begin so leave the session as it is, unless they hold one of {@link changing}. */
const leaving = /^[\s(]*(?:select|insert|update|delete|replace|with|values|table|explain|analyze|show)\b/i;

/** User variables and settings, named locks, and functions that set what a session remembers. */
const changing = /@|:=|\b(?:get_lock|release_lock|release_all_locks|set_user_var|last_insert_id\s*\(\s*[^\s)])/i;

/** Transaction control, which leaves nothing behind once the transaction has ended. */
const transactional =
  /^\s*(?:begin|start\s+transaction|commit|rollback|savepoint|release\s+savepoint|set\s+transaction|xa\s+(?:end|commit|rollback|recover))\b/i;

/** What was found of texts that may come again; long ones, of many rows, would hold much memory and rarely do. */
const remembered = new Map<string, boolean>();
const mostRemembered = 1_000;
const longestRemembered = 10_000;

/** Whether the statement may change what the next user of the connection would find: a setting, a temporary table, a lock. */
export function changesSession(text: string): boolean {
  let changes = remembered.get(text);
  if (changes === undefined) {
    changes = leaving.test(text) ? changing.test(text) : !transactional.test(text);
    if (remembered.size >= mostRemembered) remembered.clear();
    if (text.length <= longestRemembered) remembered.set(text, changes);
  }
  return changes;
}

/** What COM_RESET_CONNECTION does not take back: the default database, the role, and a transaction that was prepared. */
export function leavesLasting(text: string): boolean {
  return /^\s*(?:use|set\s+(?:default\s+)?role|call|xa\s+(?:prepare|start|begin))\b/i.test(text);
}
