// The door `athanor/migrate`: revisions of a database, written, run and taken back. Every command is a function.

// --- what a project declares ---
export type { AlikeRules, ColumnPlace } from "./compare/alike.ts";
export type { CompareOwn, OwnComparison, OwnDifference } from "./compare/own.ts";
export { type Config, defineConfig, type RevisionTemplate } from "./config.ts";
export type { DatabasePlace, DatabaseSource } from "./database.ts";
export { MigrationError } from "./errors.ts";
export type { AlterColumn, AlterDomain, AlterOptions, Operations, TableName } from "./operation/operations.ts";
export { type OpenProjectOptions, openProject, type Project } from "./project.ts";
export type { Revision } from "./revision/file.ts";
export type { HistoryOptions } from "./revision/history.ts";
export { type RevisionDeclaration, revision } from "./revision/revision.ts";

// --- running ---
export type { MigrationEvent } from "./run/context.ts";
export type { PlaceOptions } from "./run/place.ts";
export { type ScriptOptions, script } from "./run/script.ts";
export {
  appliedTo,
  type DowngradeOptions,
  downgrade,
  type Moved,
  type RunOptions,
  stamp,
  upgrade,
} from "./run/upgrade.ts";

// --- looking ---
export { type Checked, check, type Fault, type Verified, type VerifyOptions, verify } from "./command/check.ts";
export { branches, type Current, current, heads, history, show } from "./command/look.ts";

// --- writing ---
export {
  init,
  merge,
  newRevision,
  type PullSchemaOptions,
  pullSchema,
  type RevisionOptions,
  type WrittenRevision,
} from "./command/write.ts";
export type { Change, Hazard, OwnChange } from "./compare/change.ts";
export { type Plan, type PlanOptions, planChanges } from "./compare/plan.ts";
export type { MarkedChange } from "./revision/write.ts";
export { type PullOptions, pull } from "./source/pull.ts";
export type { Rendered, RenderType } from "./source/source-file.ts";
