// The function behind `athanor pull`.
import type { Dialect, InspectOptions, Reflected } from "../../core/dialect/index.ts";
import { CompileError } from "../../core/index.ts";
import { schemaSource } from "./schema-source.ts";
import type { RenderType } from "./source-file.ts";

/** A database, as far as it is read here. */
export interface Readable {
  readonly dialect: Dialect;
  inspect(options?: InspectOptions): Promise<Reflected>;
}

export interface PullOptions extends InspectOptions {
  /** What the types of a dialect that is none of Athanor's own are imported from. */
  readonly module?: string | undefined;
  readonly renderType?: RenderType | undefined;
}

const modules: Readonly<Record<string, string>> = {
  PostgreSQL: "athanor/postgres",
  SQLite: "athanor/sqlite",
  MySQL: "athanor/mysql",
  MariaDB: "athanor/mysql",
};

/**
 * Reads a database, and gives the text of a TypeScript file that declares what it has: tables with all their constraints
 * and indexes, views, sequences and types. Creating the file's schema in an empty database gives the same again; only
 * constraints that had no name have got one.
 *
 * @example
 * ```ts no-run
 * import { writeFile } from "node:fs/promises";
 * await writeFile("schema.ts", await pull(db));
 * ```
 */
export async function pull(db: Readable, { module, renderType, ...options }: PullOptions = {}): Promise<string> {
  const { dialect } = db;
  const from = module ?? modules[dialect.name];
  if (from === undefined) {
    throw new CompileError(`nothing is known of where the types of ${dialect.name} are`, "Say it with { module: … }.");
  }
  return schemaSource(await db.inspect(options), { dialect, module: from, renderType });
}
