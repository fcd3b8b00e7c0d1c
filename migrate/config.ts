// `athanor.config.ts`: which database, which schema, which folder.
import type { NamingConvention } from "../core/index.ts";
import type { Change } from "./compare/compare.ts";
import type { DatabaseSource } from "./database.ts";
import type { HistoryOptions } from "./revision/history.ts";

export interface Config {
  /** The database: a URL, or a function that opens it. */
  readonly database: DatabaseSource;
  /** The module or modules that export the declared tables, or a function that loads them through a loader of one's own. */
  readonly schema?: string | readonly string[] | (() => Promise<object> | object) | undefined;
  /** Where the revisions are; `migrations` by default. Of several folders, new revisions are written into the first. */
  readonly folder?: string | readonly string[] | undefined;
  /** The version table. */
  readonly history?: HistoryOptions | undefined;
  /** How constraints and indexes without a name are called. */
  readonly naming?: Partial<NamingConvention> | undefined;
  /** What autogenerate leaves alone: tables and other objects by name. */
  readonly include?:
    | ((object: { readonly kind: string; readonly name: string; readonly schema?: string | undefined }) => boolean)
    | undefined;
  /** Whether tables that are not declared are dropped by what autogenerate writes; they are only reported otherwise. */
  readonly dropUnknown?: boolean | undefined;
  /** Changes what autogenerate writes, for each direction. */
  readonly rewrite?: ((changes: readonly Change[], direction: "up" | "down") => readonly Change[]) | undefined;
  /** Runs after a revision's file has been written: formatters. */
  readonly afterWrite?: ((path: string) => void | Promise<void>) | undefined;
  /** The name of a new revision's file; by default the time, the id and the beginning of the message. */
  readonly fileName?: ((revision: { readonly id: string; readonly message: string }) => string) | undefined;
  /** The text of a revision's file, in place of the library's own. */
  readonly template?: ((parts: RevisionTemplate) => string) | undefined;
}

/** What a revision's file is made of. */
export interface RevisionTemplate {
  readonly id: string;
  readonly after: readonly string[];
  readonly message: string;
  readonly label: string | undefined;
  readonly dependsOn: readonly string[];
  readonly transaction: boolean;
  /** Whole lines. */
  readonly imports: readonly string[];
  /** What stands below the imports: tables, views and types that the changes speak of. */
  readonly declarations: string;
  /** Lines, each a comment or a call of `op`. */
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/** Gives the configuration its types: the default export of `athanor.config.ts`. */
export function defineConfig(config: Config): Config {
  return config;
}
