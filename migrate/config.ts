// `athanor.config.ts`: which database, which schema, which folder.
import type { NamingConvention } from "../core/index.ts";
import type { AlikeRules } from "./compare/alike.ts";
import type { Change } from "./compare/change.ts";
import type { CompareOwn } from "./compare/own.ts";
import type { DatabaseSource } from "./database.ts";
import type { HistoryOptions } from "./revision/history.ts";
import type { Rendered, RenderType } from "./source/source-file.ts";

export interface Config extends AlikeRules {
  /** The database: a URL, or a function that opens it, given the name of another on the same server where `verify` makes one. */
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
  /** Compares what Athanor does not know: functions, triggers, rights. Each difference says how it is written, there and back. */
  readonly compare?: CompareOwn | undefined;
  /** How a change is written into a revision, in place of the library's own line; undefined for those that are left to it. */
  readonly renderChange?: ((change: Change) => Rendered | undefined) | undefined;
  /** How a type of columns is written into revisions and by `pull`: as one of the project's own. */
  readonly renderType?: RenderType | undefined;
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
