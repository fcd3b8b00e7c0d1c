// What would have to change for a database to be as declared: both are read, and compared in both directions, so that there is
// a way back for every way there.
import {
  declaredObjects,
  type PinnedConnection,
  type Reflected,
  type SchemaObject,
  type Transaction,
} from "../../core/index.ts";
import { type DatabaseKind, kindOf, openDatabase } from "../database.ts";
import { missingSchemas } from "../ensure-schema.ts";
import { isAt } from "../operation/apply.ts";
import { loadSchema, type Project } from "../project.ts";
import type { MarkedChange } from "../revision/write.ts";
import { needsCopy } from "../run/copy-table.ts";
import { currentSchema } from "../run/current-schema.ts";
import { onConnection, type PlaceOptions } from "../run/place.ts";
import { withAlike } from "./alike.ts";
import type { Change, KnownChange } from "./change.ts";
import { type Comparison, compare, unknownIn } from "./compare.ts";
import { hazardsOf } from "./hazards.ts";
import { withKeptNames } from "./keys.ts";
import { withOwn } from "./own.ts";
import { type Renames, renamesOf, reversed, withRenames } from "./renames.ts";
import { settled } from "./settle.ts";
import { inspectAll, reflectDeclared, schemasOf, withoutOwnSchema } from "./shadow.ts";

export interface PlanOptions extends PlaceOptions {
  /** Renames that are not declared: `old:new`, `table.old:new`. */
  readonly rename?: readonly string[] | undefined;
  /** Whether what is not declared is dropped; otherwise it is only reported. */
  readonly dropUnknown?: boolean | undefined;
  /** A server of the same kind on which the declared schema is created and read back. */
  readonly scratch?: string | undefined;
}

export interface Plan {
  readonly up: readonly MarkedChange[];
  readonly down: readonly MarkedChange[];
  /** Differences that no change here can do away with. */
  readonly remarks: readonly string[];
  /** What the database has and nobody declared: it is left alone. */
  readonly unknown: readonly { readonly kind: string; readonly name: string; readonly schema?: string | undefined }[];
}

/** Works out what a project's database lacks of its declared schema. */
export async function planChanges(project: Project, options: PlanOptions = {}): Promise<Plan> {
  const schema = await loadSchema(project);
  return onConnection(project, options, ({ connection }) => {
    const { naming } = project.config;
    const objects = declaredObjects(schema, connection.dialect, naming === undefined ? {} : { naming });
    return planFor(project, connection, objects, options);
  });
}

/** The same for objects that are at hand. */
export async function planFor(
  { config, history }: Project,
  connection: PinnedConnection<any> | Transaction<any>,
  objects: readonly SchemaObject[],
  options: PlanOptions = {},
): Promise<Plan> {
  const { dialect } = connection;
  const database = { dialect, kind: kindOf(dialect) };
  const own = withoutOwnSchema(objects, await currentSchema(connection));
  const isOurs = ({ kind, name, schema }: Reflected["tables"][number] | Reflected["others"][number]) =>
    !history.owns(name) && (config.include?.({ kind, name, schema }) ?? true);
  const onScratch = <T>(work: (scratch: PinnedConnection<any> | Transaction<any>) => Promise<T>): Promise<T> =>
    options.scratch === undefined ? work(connection) : elsewhere(options.scratch, work);
  let declared = only(await onScratch((scratch) => reflectDeclared(scratch, own)), isOurs);
  let found = only(await inspectAll(connection, schemasOf(own)), isOurs);
  if (database.kind !== "sqlite" && differInText(found, declared, database)) {
    declared = await onScratch((scratch) => settled(scratch, declared));
    found = await onScratch((scratch) => settled(scratch, found));
  }
  const renames = renamesOf(own, options.rename ?? [], found);
  const unknown = unknownIn(withRenames(found, renames), declared);
  const keeps = !(options.dropUnknown ?? config.dropUnknown ?? false);
  const left = { tables: unknown.tables, others: unknown.others.filter((other) => !isUnused(other, found, declared)) };
  // What nobody declared is on both sides, or on neither.
  const wanted = keeps
    ? { tables: [...declared.tables, ...left.tables], others: [...declared.others, ...left.others] }
    : declared;
  const { remarks, ...changes } = both(
    found,
    withAlike(wanted, withRenames(found, renames), config),
    database,
    renames,
  );
  const differences = (await config.compare?.({ connection, found, declared })) ?? [];
  const { up, down } = withOwn(
    withSchemas(changes, await missingSchemas(connection, schemasOf(own)), database.kind),
    differences,
  );
  const rewritten = (changes: readonly Change[], direction: "up" | "down") =>
    config.rewrite?.(changes, direction) ?? changes;
  const mark = (changes: readonly Change[], from: Reflected): readonly MarkedChange[] => {
    const made = new Set(
      changes.flatMap((change) => {
        if (change.kind === "createTable") return change.table.name;
        return change.kind === "createView" ? change.view.name : [];
      }),
    );
    return changes.map((change, place) => {
      const all = hazardsOf(change, made, database);
      const hazards = dropsNothing(change, from) ? all.filter(({ kind }) => kind !== "data loss") : all;
      // SQLite copies a table once for changes that stand together, and says so once.
      const before = changes[place - 1];
      const isCopied = before !== undefined && isCopy(before, database.kind) && tableOf(before) === tableOf(change);
      return { change, hazards: isCopied ? hazards.filter(({ kind }) => kind !== "rewrite") : hazards };
    });
  };
  return {
    up: mark(rewritten(up, "up"), found),
    down: mark(rewritten(down, "down"), wanted),
    remarks,
    unknown: keeps ? [...left.tables, ...left.others].map(({ kind, name, schema }) => ({ kind, name, schema })) : [],
  };
}

/**
 * With the schemas that are not there, made first. On MySQL the way back leaves them: a schema is a database, and dropping it
 * would drop whatever else has come into it.
 */
function withSchemas(
  { up, down }: Pick<Both, "up" | "down">,
  missing: readonly string[],
  kind: DatabaseKind,
): Pick<Both, "up" | "down"> {
  const drop = kind === "postgres" ? missing : [];
  return {
    up: [...missing.map((name) => ({ kind: "createSchema", name, ifNotExists: true }) as const), ...up],
    down: [...down, ...drop.map((name) => ({ kind: "dropSchema", name, ifExists: false }) as const)],
  };
}

/** A computed column has no values of its own. */
function dropsNothing(change: Change, { tables }: Reflected): boolean {
  if (change.kind !== "dropColumn") return false;
  const table = tables.find((table) => isAt(table, change));
  return table?.columns.some(({ name, computed }) => name === change.column && computed !== undefined) ?? false;
}

function isCopy(change: Change, kind: DatabaseKind): boolean {
  return kind === "sqlite" && change.kind !== "replaceEnum" && change.kind !== "own" && needsCopy(change);
}

function tableOf(change: Change | undefined): string | undefined {
  return change !== undefined && "table" in change && typeof change.table === "string" ? change.table : undefined;
}

interface Both {
  readonly up: readonly KnownChange[];
  readonly down: readonly KnownChange[];
  readonly remarks: Comparison["remarks"];
}

/** The way from one schema to the other, and back. */
function both(from: Reflected, to: Reflected, database: Parameters<typeof compare>[2], renames: Renames): Both {
  const before = withRenames(from, renames);
  // What is there under another name than the declared one stays as it is called, and the way back must call it so.
  const after: Reflected = {
    ...to,
    tables: to.tables.map((table) => {
      const old = before.tables.find(({ schema, name }) => schema === table.schema && name === table.name);
      return old === undefined ? table : withKeptNames(old, table);
    }),
  };
  const there = compare(from, after, database, renames);
  const back = compare(after, from, database, reversed(renames));
  return { up: there.changes, down: back.changes, remarks: there.remarks };
}

async function elsewhere<T>(url: string, work: (connection: PinnedConnection<any>) => Promise<T>): Promise<T> {
  const db = await openDatabase(url);
  try {
    return await db.connection((connection) => work(connection));
  } finally {
    await db.close();
  }
}

function differInText(found: Reflected, declared: Reflected, database: Parameters<typeof compare>[2]): boolean {
  const { changes } = compare(found, declared, database);
  return changes.some((change) =>
    JSON.stringify(change, (_key, value) => (typeof value === "bigint" ? 0 : value)).includes('"sqlText"'),
  );
}

function only(
  { tables, others }: Reflected,
  isOurs: (object: Reflected["tables"][number] | Reflected["others"][number]) => boolean,
): Reflected {
  return { tables: tables.filter(isOurs), others: others.filter(isOurs) };
}

/** Whether it is a type of which columns of declared tables were, and nothing is any more. */
function isUnused(type: Reflected["others"][number], found: Reflected, declared: Reflected): boolean {
  if (type.kind !== "type" || type.definition.kind !== "enumeration") return false;
  const names = new Set(declared.tables.map(({ schema, name }) => `${schema}.${name}`));
  const users = found.tables.filter(({ columns }) =>
    columns.some((column) => enumerationOf(column.type) === `${type.schema}.${type.name}`),
  );
  return users.length > 0 && users.every(({ schema, name }) => names.has(`${schema}.${name}`));
}

function enumerationOf(type: Reflected["tables"][number]["columns"][number]["type"]): string | undefined {
  if (type.kind === "array") return enumerationOf(type.of);
  return type.kind === "enumeration" ? `${type.schema}.${type.name}` : undefined;
}
