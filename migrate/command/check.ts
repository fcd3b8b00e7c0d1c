// Commands for machines that look after a project: whether its revisions say what its schema declares, and whether they lead
// there and back.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type Database, type PinnedConnection, type Reflected, sql, text } from "../../core/index.ts";
import { compare } from "../compare/compare.ts";
import { type Plan, type PlanOptions, planChanges } from "../compare/plan.ts";
import { settled } from "../compare/settle.ts";
import { type DatabaseKind, kindOf, openBeside, openDatabase } from "../database.ts";
import { MigrationError } from "../errors.ts";
import type { Project } from "../project.ts";
import type { Revision } from "../revision/file.ts";
import { RevisionGraph } from "../revision/graph.ts";
import { History } from "../revision/history.ts";
import { describeChange } from "../run/carry-out.ts";
import type { MigrationEvent } from "../run/context.ts";
import { withinOwnSchema } from "../run/own-schema.ts";
import { downgrade, upgrade } from "../run/upgrade.ts";
import { current, haveNotRun } from "./look.ts";

export interface Checked {
  readonly isFine: boolean;
  readonly plan: Plan;
  /** What else is wrong, or will be: several heads, revisions that have not run, revisions that import the schema. */
  readonly warnings: readonly string[];
}

/** Compares the declared schema with the database, and looks through the revisions. */
export async function check(project: Project, options: PlanOptions = {}): Promise<Checked> {
  const { heads } = project.graph;
  const { waiting } = await current(project, options);
  const plan = await planChanges(project, options);
  const problems = [
    ...(heads.length > 1 ? [`there are ${heads.length} heads: ${heads.map(({ id }) => id).join(", ")}`] : []),
    ...(waiting.length > 0 ? [`${haveNotRun(waiting)}: ${waiting.map(({ id }) => id).join(", ")}`] : []),
  ];
  return {
    isFine: plan.up.length === 0 && plan.remarks.length === 0 && problems.length === 0,
    plan,
    warnings: [...problems, ...project.graph.ordered.flatMap((revision) => importWarnings(revision, project))],
  };
}

/** A revision that imports the schema changes with it, years after it was written. */
function importWarnings({ id, path }: Revision, { config, root }: Project): readonly string[] {
  const { schema } = config;
  if (path === undefined || schema === undefined || typeof schema === "function") return [];
  const modules = (typeof schema === "string" ? [schema] : schema).map((module) => resolve(root, module));
  const imports = [...readFileSync(path, "utf8").matchAll(/\b(?:from|import)\s*\(?\s*["']([^"']+)["']/g)].map(
    (found) => found[1],
  );
  return imports.flatMap((specifier) => {
    const isSchema = specifier?.startsWith(".") && modules.includes(resolve(dirname(path), specifier));
    return isSchema
      ? [`revision "${id}" imports ${specifier}: declare light tables in it instead, with the columns it needs`]
      : [];
  });
}

export interface VerifyOptions {
  /** An empty database of the same kind, which is used and emptied; otherwise one is made and dropped. */
  readonly scratch?: string | undefined;
  readonly report?: ((event: MigrationEvent) => void) | undefined;
}

/** A revision that does not lead back, or not to the same again. */
export interface Fault {
  readonly revision: string;
  readonly what: string;
}

export interface Verified {
  readonly faults: readonly Fault[];
  /** How many revisions were run. */
  readonly revisions: number;
}

/**
 * Runs every revision up, down and up again on a scratch database, and compares what is there each time.
 *
 * @throws {MigrationError} if a revision fails, or no scratch database can be made
 */
export async function verify(project: Project, options: VerifyOptions = {}): Promise<Verified> {
  const scratch = await scratchDatabase(project, options.scratch);
  try {
    const isAlone = options.scratch !== undefined || scratch.db.dialect.features.has("TRANSACTIONAL DDL");
    return await verifyOn(scratch.db, trialOf(project, isAlone), options);
  } finally {
    await scratch.close();
  }
}

/** The project with a version table in the scratch database, and revisions that stay there. */
function trialOf(project: Project, isAlone: boolean): Project {
  const { graph } = project;
  const config = { ...project.config, history: { table: project.config.history?.table } };
  return {
    ...project,
    config,
    history: new History(config.history),
    graph: isAlone ? graph : new RevisionGraph(graph.ordered.map(withinOwnSchema)),
  };
}

async function verifyOn(db: Database<any>, project: Project, options: VerifyOptions): Promise<Verified> {
  const faults: Fault[] = [];
  const on = { on: db, report: options.report };
  const look = async (): Promise<Reflected> => ours(await db.inspect(), project);
  let before = await look();
  if (before.tables.length > 0) {
    throw new MigrationError("the scratch database is not empty", "Name one that is: its tables would be dropped.");
  }
  for (const revision of project.graph.ordered) {
    const { id } = revision;
    await upgrade(project, id, on);
    const after = await look();
    await downgrade(project, id, { ...on, inclusive: true });
    await note(faults, db, id, "its down does not lead back", before, await look());
    await upgrade(project, id, on);
    await note(faults, db, id, "up, down and up leads elsewhere than up", after, await look());
    before = after;
  }
  await downgrade(project, "base", on);
  const left = await look();
  for (const table of left.tables) faults.push({ revision: "base", what: `table "${table.name}" is left at the end` });
  return { faults, revisions: project.graph.size };
}

async function note(
  faults: Fault[],
  db: Database<any>,
  revision: string,
  what: string,
  wanted: Reflected,
  found: Reflected,
): Promise<void> {
  const database = { dialect: db.dialect, kind: kindOf(db.dialect) };
  let changes = compare(found, wanted, database).changes;
  if (changes.length > 0 && database.kind !== "sqlite") {
    const settle = (schema: Reflected) =>
      db.connection((connection: PinnedConnection<any>) => settled(connection, schema));
    changes = compare(await settle(found), await settle(wanted), database).changes;
  }
  for (const change of changes) {
    faults.push({ revision, what: `${what}: it would take to ${describeChange(change)}` });
  }
}

function ours({ tables, others }: Reflected, { history }: Project): Reflected {
  return { tables: tables.filter(({ name }) => !history.owns(name)), others };
}

interface ScratchDatabase {
  readonly db: Database<any>;
  /** Also drops it, if it was made. */
  close(): Promise<void>;
}

/** A database of the same kind on the same server. */
async function scratchDatabase({ config }: Project, named: string | undefined): Promise<ScratchDatabase> {
  if (named !== undefined) return closing(await openDatabase(named));
  const { database } = config;
  const first = await openDatabase(database);
  const kind = kindOf(first.dialect);
  if (kind === "sqlite") {
    await first.close();
    return closing(await openDatabase("sqlite::memory:"));
  }
  const name = `athanor_verify_${randomBytes(4).toString("hex")}`;
  const drop = async () => {
    await statement(first, `drop database ${first.dialect.quote(name)}`);
    await first.close();
  };
  await statement(first, `create database ${first.dialect.quote(name)}`);
  try {
    const db = await openBeside(database, name);
    const close = async () => {
      await db.close();
      await drop();
    };
    if ((await nameOf(db, kind)) === name) return { db, close };
    await db.close();
  } catch (error) {
    await drop();
    throw error;
  }
  await drop();
  throw new MigrationError(
    "the function that opens the database was given the name of a scratch database, and opened another",
    'Let it use the name: database: ({ database = "app" }) => …. Or name an empty database with --scratch.',
  );
}

async function nameOf(db: Database<any>, kind: DatabaseKind): Promise<string | null> {
  const current = sql.raw(kind === "postgres" ? "current_database()" : "database()");
  return (await db.one(sql.statement({ name: text().nullable() })`select ${current} as name`)).name;
}

/** Databases are made outside any transaction. */
async function statement(db: Database<any>, text: string): Promise<void> {
  await db.connection((connection) => connection.execute(text));
}

function closing(db: Database<any>): ScratchDatabase {
  return { db, close: () => db.close() };
}
