// The door `athanor/connect`: a database by its URL alone. Only the driver that the URL names is loaded.
import { CannotConnect, type Database, type DatabaseOptions } from "../core/index.ts";
import type { MariadbFeatures, MysqlFeatures } from "./mysql/index.ts";
import type { PostgresFeatures } from "./postgres/index.ts";
import type { SqliteFeatures } from "./sqlite/index.ts";

/** The features of the database that a URL names; of one that is only known when the program runs, those that all have. */
export type FeaturesOf<Url extends string> = string extends Url
  ? never
  : Url extends `postgres${string}`
    ? PostgresFeatures
    : Url extends `mariadb:${string}`
      ? MariadbFeatures
      : Url extends `mysql:${string}`
        ? MysqlFeatures
        : Url extends `sqlite:${string}` | ":memory:"
          ? SqliteFeatures
          : never;

/**
 * Opens the database at a URL: `postgres://…`, `mysql://…`, `mariadb://…`, `sqlite:path` or `:memory:`.
 *
 * A URL written in the program gives its database's features; one that is read from elsewhere gives those that all databases have.
 *
 * @throws {CannotConnect} if the URL names no database that there is a dialect for
 * @example
 * import { connect } from "athanor/connect";
 * const db = await connect("sqlite::memory:");
 */
export async function connect<const Url extends string>(
  url: Url,
  options: DatabaseOptions = {},
): Promise<Database<FeaturesOf<Url>>> {
  return (await open(url, options)) as Database<never> as Database<FeaturesOf<Url>>;
}

async function open(url: string, options: DatabaseOptions): Promise<unknown> {
  const scheme = url === ":memory:" ? "sqlite" : url.slice(0, Math.max(0, url.indexOf(":")));
  switch (scheme) {
    case "postgres":
    case "postgresql":
      return (await import("./postgres/index.ts")).postgres(url, options);
    case "mysql":
      return (await import("./mysql/index.ts")).mysql(url, options);
    case "mariadb":
      return (await import("./mysql/index.ts")).mariadb(url, options);
    case "sqlite":
      return (await import("./sqlite/index.ts")).sqlite(url.replace(/^sqlite:(?:\/\/)?/, ""), options);
    default:
      // The URL may hold a password: only its scheme is shown.
      throw new CannotConnect({
        message: scheme === "" ? "this is no URL of a database" : `there is no dialect for "${scheme}:"`,
        hint: "URLs begin with postgres:, mysql:, mariadb: or sqlite:.",
      });
  }
}
