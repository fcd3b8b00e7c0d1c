// The door `athanor/migrate`: revisions of a database, written, run and taken back. Every command is a function.

// --- what a project declares ---
export { type Config, defineConfig, type RevisionTemplate } from "./config.ts";
export { MigrationError } from "./errors.ts";
export type { AlterColumn, Operations, TableName } from "./operation/operations.ts";
export { type OpenProjectOptions, openProject, type Project } from "./project.ts";
export type { Revision } from "./revision/file.ts";
export type { HistoryOptions } from "./revision/history.ts";
export { type RevisionDeclaration, revision } from "./revision/revision.ts";

// --- running ---
export type { MigrationEvent } from "./run/context.ts";
export type { PlaceOptions } from "./run/place.ts";
export { appliedTo, downgrade, type Moved, type RunOptions, stamp, upgrade } from "./run/upgrade.ts";
