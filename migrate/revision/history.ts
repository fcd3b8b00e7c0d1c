// Which revisions a database has had: one row each. And the journal of revisions that ran step by step, since the database could
// not run them in a transaction: one row for each step that was begun.
import {
  type AnyTable,
  and,
  bigint,
  deleteFrom,
  factsOf,
  insertInto,
  integer,
  type Queries,
  type Statement,
  select,
  table,
  timestamptz,
  update,
  varchar,
} from "../../core/index.ts";
import { ensureSchema } from "../ensure-schema.ts";

export interface HistoryOptions {
  /** The name of the version table; `athanor_versions` by default. */
  readonly table?: string | undefined;
  readonly schema?: string | undefined;
}

/** A step of a revision that is not finished. */
export interface JournalEntry {
  readonly revision: string;
  readonly direction: "up" | "down";
  /** Its place among the steps of the revision, from 0. */
  readonly step: number;
  readonly state: "begun" | "done";
  /** Of the file as it was when the revision was begun: a changed file is not resumed. */
  readonly hash: string;
  /** Of what the step does: one that runs again must be the same. */
  readonly what: string;
  /** How many rows it changed, for a step that is done. */
  readonly affected: number | null;
}

export class History {
  readonly #versions: ReturnType<typeof versionTable>;
  readonly #journal: ReturnType<typeof journalTable>;

  readonly schema: string | undefined;

  constructor({ table: name = "athanor_versions", schema }: HistoryOptions = {}) {
    this.schema = schema;
    this.#versions = versionTable(name, schema);
    this.#journal = journalTable(`${name}_journal`, schema);
  }

  get tableNames(): readonly string[] {
    return [this.#versions, this.#journal].map((source) => nameOf(source as unknown as AnyTable));
  }

  /** Makes the tables if they are not there. */
  async ensure(queries: Queries<any>): Promise<void> {
    if (this.schema !== undefined) await ensureSchema(queries, this.schema);
    await queries.create([this.#versions, this.#journal], { ifNotExists: true });
  }

  /** The statements that a script takes note of a revision with. */
  added(revision: string): Statement<any, any> {
    return insertInto(this.#versions).values({ revision, appliedAt: new Date() } as never);
  }
  removed(revision: string): Statement<any, any> {
    return deleteFrom(this.#versions).where(this.#versions.revision.eq(revision));
  }

  /** The tables, for whoever writes a script that makes them. */
  get tables(): readonly AnyTable[] {
    return [this.#versions, this.#journal] as unknown as readonly AnyTable[];
  }

  /** Whether a table of that name is the history's own. */
  owns(table: string): boolean {
    return this.tableNames.includes(table);
  }

  async applied(queries: Queries<any>): Promise<ReadonlySet<string>> {
    const rows = await queries.all(select({ revision: this.#versions.revision }).from(this.#versions));
    return new Set(rows.map((row) => row.revision));
  }

  async add(queries: Queries<any>, revision: string): Promise<void> {
    await queries.run(this.added(revision));
  }

  async remove(queries: Queries<any>, revision: string): Promise<void> {
    await queries.run(this.removed(revision));
  }

  async clear(queries: Queries<any>): Promise<void> {
    await queries.run(deleteFrom(this.#versions).everyRow());
  }

  /** The steps of the revision that was interrupted, if one was. */
  async journal(queries: Queries<any>): Promise<readonly JournalEntry[]> {
    return (await queries.all(select(this.#journal).orderBy(this.#journal.step.asc()))) as readonly JournalEntry[];
  }

  async begin(queries: Queries<any>, entry: Omit<JournalEntry, "state" | "affected">): Promise<void> {
    await queries.run(insertInto(this.#journal).values({ ...entry, state: "begun", affected: null } as never));
  }

  async done(queries: Queries<any>, entry: Pick<JournalEntry, "revision" | "step">, affected: number): Promise<void> {
    await queries.run(
      update(this.#journal)
        .set({ state: "done", affected })
        .where(and(this.#journal.revision.eq(entry.revision), this.#journal.step.eq(entry.step))),
    );
  }

  async finished(queries: Queries<any>): Promise<void> {
    await queries.run(deleteFrom(this.#journal).everyRow());
  }
}

function versionTable(name: string, schema: string | undefined) {
  return table("athanor_versions", { revision: varchar(64).primaryKey(), appliedAt: timestamptz("applied_at") }, {
    name,
    ...(schema === undefined ? {} : { schema }),
  } as { readonly name: string });
}

function journalTable(name: string, schema: string | undefined) {
  return table(
    "athanor_journal",
    {
      revision: varchar(64),
      direction: varchar(4),
      step: integer(),
      state: varchar(5),
      hash: varchar(64),
      what: varchar(64),
      affected: bigint({ as: "number" }).nullable(),
    },
    { name, primaryKey: ["revision", "step"], ...(schema === undefined ? {} : { schema }) } as {
      readonly name: string;
      readonly primaryKey: readonly ["revision", "step"];
    },
  );
}

function nameOf(source: AnyTable): string {
  return factsOf(source).node.source.name;
}
