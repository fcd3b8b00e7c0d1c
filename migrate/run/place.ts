// Where migrations run: on the database that the configuration names, or on a handle of the caller's own; and for whom, where
// each tenant has a schema of its own.
import { type Database, type PinnedConnection, type Queries, sql, type Transaction, text } from "../../core/index.ts";
import { kindOf, openDatabase } from "../database.ts";
import { ensureSchema } from "../ensure-schema.ts";
import { MigrationError } from "../errors.ts";
import type { Project } from "../project.ts";
import { unlimited } from "./carry-out.ts";
import type { MigrationEvent } from "./context.ts";
import { currentSchema } from "./current-schema.ts";
import { locked } from "./lock.ts";

export interface PlaceOptions {
  /** A database of the caller's own, or a transaction or connection of it. Nothing else is then opened or closed. */
  readonly on?: Database<any> | PinnedConnection<any> | Transaction<any> | undefined;
  /** The schema of a tenant (PostgreSQL), or its database (MySQL and MariaDB), in which everything happens. */
  readonly tenant?: string | undefined;
  /** Milliseconds to wait while another migrator is at work; ten minutes by default. */
  readonly wait?: number | undefined;
  readonly report?: ((event: MigrationEvent) => void) | undefined;
}

/** Somewhere to run: a connection, or a transaction that somebody else has begun. */
export type Place =
  | { readonly kind: "connection"; readonly connection: PinnedConnection<any> }
  | { readonly kind: "transaction"; readonly connection: Transaction<any> };

/** Does the work on a connection, alone among migrators unless the transaction is the caller's. */
export async function onPlace<T>(
  project: Project,
  options: PlaceOptions,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const name = [project.history.tableNames[0], options.tenant].filter((part) => part !== undefined).join(" of ");
  return onConnection(
    project,
    options,
    async (place) => {
      if (place.kind === "transaction") return work(place);
      const { report, wait } = options;
      const onWait = (holder: string): void => report?.({ kind: "waiting", holder });
      return locked(place.connection, { name, wait, onWait }, () => work(place));
    },
    "make it",
  );
}

/** Does the work on a connection, beside whoever else is at work: for what only looks. */
export async function onConnection<T>(
  project: Project,
  { on, tenant }: PlaceOptions,
  work: (place: Place) => Promise<T>,
  may: "make it" | "look" = "look",
): Promise<T> {
  if (tenant !== undefined && project.history.schema !== undefined) {
    throw new MigrationError(
      `the version table is in the schema "${project.history.schema}", where it would be that of every tenant`,
      "Leave history.schema out: each tenant has a version table of its own.",
    );
  }
  const asTenant = async (place: Place): Promise<T> =>
    tenant === undefined ? work(place) : inSchema(place.connection, tenant, may, () => work(place));
  if (on !== undefined && isTransaction(on)) return asTenant({ kind: "transaction", connection: on });
  if (on !== undefined && !isDatabase(on)) return asTenant({ kind: "connection", connection: on });
  const db = on ?? (await openDatabase(project.config.database));
  try {
    return await db.connection((connection) => asTenant({ kind: "connection", connection }), unlimited);
  } finally {
    if (on === undefined) await db.close();
  }
}

function isTransaction(on: object): on is Transaction<any> {
  return "depth" in on;
}

function isDatabase(on: object): on is Database<any> {
  return "driver" in on;
}

async function inSchema<T>(
  queries: Queries<any>,
  tenant: string,
  may: "make it" | "look",
  work: () => Promise<T>,
): Promise<T> {
  const { dialect } = queries;
  const name = dialect.quote(tenant);
  switch (kindOf(dialect)) {
    case "postgres": {
      const { path } = await queries.one(
        sql.statement({ path: text() })`select current_setting('search_path') as path`,
      );
      if (may === "make it") await ensureSchema(queries, tenant);
      await queries.execute(`set search_path to ${name}`);
      try {
        return await work();
      } finally {
        await queries.execute(`set search_path to ${path}`);
      }
    }
    case "sqlite":
      // Each tenant is a file of its own, which the configuration opens.
      return work();
    default: {
      const before = await currentSchema(queries);
      if (may === "make it") await ensureSchema(queries, tenant);
      await queries.execute(`use ${name}`);
      try {
        return await work();
      } finally {
        if (before !== undefined) await queries.execute(`use ${dialect.quote(before)}`);
      }
    }
  }
}
