// Which database a configuration means, and which of the known ones it is. A driver is loaded only for the database that is
// named: nobody needs one they do not use.
import type { Database, Dialect } from "../core/index.ts";
import { MigrationError } from "./errors.ts";

/**
 * A database: its URL, or a function that opens it. Given `{ database }`, the function opens the database of that name on the same
 * server: `verify` makes one for itself.
 */
export type DatabaseSource = string | ((place: DatabasePlace) => Opened | Promise<Opened>);

/** `never`: one by a URL that is only known when the program runs. */
type Opened = Database<any> | Database<never>;

export interface DatabasePlace {
  /** The name of another database on the same server, where another is meant. */
  readonly database?: string | undefined;
}

/** The databases that migrations know: each locks and changes tables in its own way. */
export type DatabaseKind = "postgres" | "sqlite" | "mysql" | "mariadb";

const kinds: Readonly<Record<string, DatabaseKind>> = {
  PostgreSQL: "postgres",
  SQLite: "sqlite",
  MySQL: "mysql",
  MariaDB: "mariadb",
};

export function kindOf(dialect: Dialect): DatabaseKind {
  const kind = kinds[dialect.name];
  if (kind !== undefined) return kind;
  throw new MigrationError(
    `migrations do not know ${dialect.name}`,
    "They know PostgreSQL, SQLite, MySQL and MariaDB: how each locks, and which changes it cannot make by itself.",
  );
}

/** The door that a database's own types are imported from. */
export function moduleOf(kind: DatabaseKind): string {
  return `athanor/${kind === "mariadb" ? "mysql" : kind}`;
}

/**
 * Opens the database that a configuration names.
 *
 * @throws {MigrationError} if the URL is of no known kind
 */
export async function openDatabase(database: DatabaseSource): Promise<Database<any>> {
  return typeof database === "function" ? ((await database({})) as Database<any>) : openUrl(database);
}

/** Another database on the server of the one that a configuration names. */
export async function openBeside(database: DatabaseSource, name: string): Promise<Database<any>> {
  if (typeof database === "function") return (await database({ database: name })) as Database<any>;
  const url = new URL(database);
  url.pathname = `/${name}`;
  return openUrl(url.href);
}

/** A change of a large table takes as long as it takes. */
const options = { timeout: Number.POSITIVE_INFINITY, name: "athanor migrate" };

async function openUrl(url: string): Promise<Database<any>> {
  const scheme = /^([a-z][a-z0-9+]+):/i.exec(url)?.[1]?.toLowerCase();
  switch (scheme) {
    case "postgres":
    case "postgresql":
      return (await import("../dialects/postgres/index.ts")).postgres(url, options);
    case "mysql":
      return (await import("../dialects/mysql/index.ts")).mysql(url, options);
    case "mariadb":
      return (await import("../dialects/mysql/index.ts")).mariadb(url, options);
    case "sqlite":
      return openFile(url.replace(/^sqlite:(\/\/)?/i, ""));
    case "file":
    case undefined:
      return openFile(url);
    default:
      throw new MigrationError(
        `"${scheme}:" begins no URL of a known database`,
        "Known are postgres://, mysql://, mariadb://, and sqlite: with a path. Give a function for any other.",
      );
  }
}

/** better-sqlite3 if it is installed, else the driver in Node itself. */
async function openFile(path: string): Promise<Database<any>> {
  const { sqlite } = await import("../dialects/sqlite/index.ts");
  try {
    return sqlite(path, options);
  } catch {
    return sqlite(path, { ...options, driver: "node:sqlite" });
  }
}
