// athanor/connect, made by `npm run api`

import { DatabaseOptions, Database } from 'athanor';
import { MariadbFeatures, MysqlFeatures } from 'athanor/mysql';
import { PostgresFeatures } from 'athanor/postgres';
import { SqliteFeatures } from 'athanor/sqlite';

/** The features of the database that a URL names; of one that is only known when the program runs, those that all have. */
type FeaturesOf<Url extends string> = string extends Url ? never : Url extends `postgres${string}` ? PostgresFeatures : Url extends `mariadb:${string}` ? MariadbFeatures : Url extends `mysql:${string}` ? MysqlFeatures : Url extends `sqlite:${string}` | ":memory:" ? SqliteFeatures : never;
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
declare function connect<const Url extends string>(url: Url, options?: DatabaseOptions): Promise<Database<FeaturesOf<Url>>>;

export { connect };
export type { FeaturesOf };
