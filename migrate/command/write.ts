// Commands that write files: a new revision, by hand or from what differs; a merge; a project's beginning; a schema from a
// database that is there.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { SchemaObject } from "../../core/index.ts";
import { type Plan, type PlanOptions, planChanges } from "../compare/plan.ts";
import { inspectAll } from "../compare/shadow.ts";
import { kindOf, moduleOf, openDatabase } from "../database.ts";
import { MigrationError } from "../errors.ts";
import type { Project } from "../project.ts";
import { newId, type RevisionHead, revisionSource, writeRevision } from "../revision/write.ts";
import { onConnection, type PlaceOptions } from "../run/place.ts";
import { appliedIn } from "../run/upgrade.ts";
import { pull } from "../source/pull.ts";
import { haveNotRun } from "./look.ts";

export interface RevisionOptions extends PlanOptions {
  readonly message: string;
  /** What it comes after: `head` by default, `base` for a branch of its own. */
  readonly after?: string | readonly string[] | undefined;
  /** Whether it may come after a revision that others come after already. */
  readonly splice?: boolean | undefined;
  readonly label?: string | undefined;
  /** Revisions of other branches that must have run before. */
  readonly dependsOn?: readonly string[] | undefined;
  readonly id?: string | undefined;
  /** The folder, of several, that it is written into. */
  readonly folder?: string | undefined;
  /** Whether the changes are written that make the database what is declared. */
  readonly autogenerate?: boolean | undefined;
}

export interface WrittenRevision {
  /** Undefined if nothing differs, and nothing was written. */
  readonly path: string | undefined;
  readonly id: string | undefined;
  readonly plan: Plan | undefined;
}

/**
 * Writes a new revision.
 *
 * @throws {MigrationError} if there are several heads, or the database to compare with is not at head
 */
export async function newRevision(project: Project, options: RevisionOptions): Promise<WrittenRevision> {
  const head = headOf(project, options);
  const plan = options.autogenerate ? await autogenerate(project, options) : undefined;
  if (plan !== undefined && plan.up.length === 0) return { path: undefined, id: undefined, plan };
  const path = await writeFile(project, usesNewValue(plan) ? { ...head, transaction: false } : head, plan, options);
  return { path, id: head.id, plan };
}

/** Writes a revision that comes after several, and makes one head of them. */
export async function merge(
  project: Project,
  options: {
    readonly message: string;
    readonly of?: readonly string[] | undefined;
    readonly label?: string | undefined;
  },
): Promise<WrittenRevision> {
  const { graph } = project;
  const names = options.of === undefined || options.of.length === 0 ? ["heads"] : options.of;
  const after = [...new Set(names.flatMap((name) => graph.resolve(name)))];
  if (after.length < 2) {
    throw new MigrationError(
      `there is nothing to merge: ${after.join(", ") || "no revision"}`,
      "Name two revisions, or `heads`.",
    );
  }
  const head = headOf(project, { ...options, after, splice: true });
  return { path: await writeFile(project, head, undefined, {}), id: head.id, plan: undefined };
}

function headOf({ graph }: Project, options: RevisionOptions): RevisionHead {
  const named = options.after ?? "head";
  const after = [...new Set((typeof named === "string" ? [named] : named).flatMap((name) => graph.resolve(name)))];
  if (!options.splice) {
    for (const id of after) {
      const [next] = graph.following(id);
      if (next === undefined) continue;
      throw new MigrationError(
        `"${next.id}" comes after "${id}" already, so a branch would begin there`,
        "Allow it with --splice if that is meant.",
      );
    }
  }
  const id = options.id ?? newId((id) => graph.has(id));
  if (graph.has(id))
    throw new MigrationError(`there is a revision "${id}" already`, "Choose another id, or leave it to be made.");
  const dependsOn = options.dependsOn?.flatMap((name) => graph.resolve(name));
  return { id, after, message: options.message, label: options.label, dependsOn };
}

async function autogenerate(project: Project, options: RevisionOptions): Promise<Plan> {
  const { graph } = project;
  await onConnection(project, options, async ({ connection }) => {
    const done = await appliedIn(project, connection);
    const waiting = graph.ordered.filter(({ id }) => !done.has(id));
    if (waiting.length === 0) return;
    throw new MigrationError(
      `the database is not at head: ${haveNotRun(waiting)}, the first is "${waiting[0]?.id}"`,
      "Run `athanor upgrade` first. What they change would be written once more.",
    );
  });
  return planChanges(project, options);
}

/** Whether a value is added to an enumeration and used at once, which PostgreSQL refuses in one transaction. */
function usesNewValue(plan: Plan | undefined): boolean {
  const changes = plan?.up.map(({ change }) => change) ?? [];
  const values = changes.flatMap((change) => (change.kind === "addEnumValue" ? change.value : []));
  const others = changes.filter(({ kind }) => kind !== "addEnumValue");
  const text = JSON.stringify(others, (key, value) => (key === "values" ? [] : typeof value === "bigint" ? 0 : value));
  return values.some((value) => text.includes(`'${value.replaceAll("'", "''")}'`));
}

async function writeFile(
  project: Project,
  head: RevisionHead,
  plan: Plan | undefined,
  options: { readonly folder?: string | undefined; readonly on?: PlanOptions["on"] },
): Promise<string> {
  const { config, folders, root } = project;
  const door = await doorOf(project, options);
  const text = revisionSource(head, plan ?? { up: [], down: [] }, door, config.template);
  const folder = options.folder === undefined ? (folders[0] as string) : resolve(root, options.folder);
  const path = writeRevision(folder, head, text, config);
  await config.afterWrite?.(path);
  return path;
}

async function doorOf({ config }: Project, { on }: { readonly on?: PlanOptions["on"] }) {
  const db = on ?? (await openDatabase(config.database));
  try {
    const { renderChange, renderType } = config;
    return { dialect: db.dialect, module: moduleOf(kindOf(db.dialect)), renderChange, renderType };
  } finally {
    if (on === undefined && "close" in db) await db.close();
  }
}

/** Writes a configuration and an empty folder. Files that are there stay as they are. */
export function init(root: string, options: { readonly database?: string | undefined } = {}): readonly string[] {
  const files = new Map([
    ["athanor.config.ts", configSource(options.database)],
    ["schema.ts", schemaTemplate],
    [join("migrations", ".gitkeep"), ""],
  ]);
  const written: string[] = [];
  for (const [name, text] of files) {
    const path = resolve(root, name);
    if (existsSync(path)) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    written.push(path);
  }
  return written;
}

function configSource(database: string | undefined): string {
  const value = database === undefined ? 'process.env.DATABASE_URL ?? "sqlite:app.sqlite"' : JSON.stringify(database);
  return `import { defineConfig } from "athanor/migrate";

export default defineConfig({
  database: ${value},
  schema: "./schema.ts",
  folder: "migrations",
});
`;
}

const schemaTemplate = `import { integer, table, text } from "athanor";

export const users = table("users", {
  id: integer().primaryKey(),
  name: text(),
});
`;

export interface PullSchemaOptions extends PlaceOptions {
  /** Schemas that are read beside the connection's own. */
  readonly schemas?: readonly string[] | undefined;
}

/** The text of a schema module that declares what the database has, without the tables of the migrations themselves. */
export async function pullSchema(project: Project, options: PullSchemaOptions = {}): Promise<string> {
  return onConnection(project, options, async ({ connection }) => {
    const { config, history } = project;
    const found = await inspectAll(connection, options.schemas ?? []);
    const isWanted = ({ kind, name, schema }: SchemaObject) => config.include?.({ kind, name, schema }) ?? true;
    const tables = found.tables.filter((table) => !history.owns(table.name) && isWanted(table));
    const reflected = { tables, others: found.others.filter(isWanted) };
    return pull({ dialect: connection.dialect, inspect: async () => reflected }, { renderType: config.renderType });
  });
}
