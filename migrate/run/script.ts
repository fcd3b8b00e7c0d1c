// `--sql`: a script that does what an upgrade or a downgrade would do, for whoever may run one and we may not. Values stand in
// the text. Where a migration would look before it acts, the script has guards: statements that fail, and stop it.
import {
  createScript,
  type Database,
  type Dialect,
  define,
  type Queries,
  type Reflected,
  type SchemaNode,
  scriptOf,
} from "../../core/index.ts";
import { kindOf, openDatabase } from "../database.ts";
import { MigrationError } from "../errors.ts";
import { applied, type TableChange } from "../operation/apply.ts";
import { withNames } from "../operation/named.ts";
import { Operations, type Step, type StepRunner } from "../operation/operations.ts";
import type { Project } from "../project.ts";
import type { Revision } from "../revision/file.ts";
import type { History } from "../revision/history.ts";
import type { Direction } from "./context.ts";
import { copyTexts, needsCopy, tableBefore } from "./copy-table.ts";
import { canMeetRows, obstaclesOf, placeOf } from "./obstacles.ts";
import { appliedIn, goingDown } from "./upgrade.ts";

export interface ScriptOptions {
  /** Where the database is that the script is for; what the database itself says if left out, `base` for a new one. */
  readonly from?: string | undefined;
  readonly on?: Database<any> | undefined;
}

/** The script that leads from one version to another. */
export async function script(
  project: Project,
  direction: Direction,
  target: string,
  options: ScriptOptions = {},
): Promise<string> {
  const { graph, history } = project;
  const db = options.on ?? (await openDatabase(project.config.database));
  try {
    const { dialect } = db;
    const [done, schema] =
      options.from === undefined
        ? [await appliedIn(project, db), await db.inspect()]
        : await replay(project, new Set(graph.before(graph.resolve(options.from))), dialect);
    const revisions =
      direction === "up"
        ? graph.upgrade(done, graph.resolve(target, graph.tips(done)))
        : graph.downgrade(done, goingDown(graph, done, target));
    const parts = [...opening(dialect, history, done, direction)];
    let now = schema;
    for (const revision of revisions) {
      const steps = new ScriptSteps(dialect, now);
      await revision[direction](new Operations(steps));
      steps.flush();
      now = steps.schema;
      parts.push(framed(revision, direction, steps.texts, dialect, history));
    }
    return revisions.length === 0 ? "" : `${parts.join("\n\n")}\n`;
  } finally {
    if (options.on === undefined) await db.close();
  }
}

/** What the schema is once these revisions have run, as far as their steps say. */
async function replay(
  { graph }: Project,
  done: ReadonlySet<string>,
  dialect: Dialect,
): Promise<readonly [ReadonlySet<string>, Reflected]> {
  let schema: Reflected = { tables: [], others: [] };
  for (const revision of graph.ordered) {
    if (!done.has(revision.id)) continue;
    const steps = new ScriptSteps(dialect, schema);
    await revision.up(new Operations(steps));
    steps.flush();
    schema = steps.schema;
  }
  return [done, schema];
}

function opening(
  dialect: Dialect,
  history: History,
  done: ReadonlySet<string>,
  direction: Direction,
): readonly string[] {
  const guards =
    kindOf(dialect) === "postgres" ? [] : [`create temporary table athanor_guard (ok integer check (ok = 1));`];
  if (direction === "down" || done.size > 0) return guards;
  return [...guards, ...createScript(history.tables, dialect, { ifNotExists: true }).map((text) => `${text};`)];
}

/** The texts of a revision, between its guards and the note that it has run. */
function framed(
  revision: Revision,
  direction: Direction,
  texts: readonly string[],
  dialect: Dialect,
  history: History,
): string {
  const isWhole = dialect.features.has("TRANSACTIONAL DDL") && revision.transaction !== false;
  const isSqlite = kindOf(dialect) === "sqlite";
  const note = direction === "up" ? history.added(revision.id) : history.removed(revision.id);
  const versions = placeOf({ table: history.tableNames[0] as string, schema: history.schema }, dialect);
  const id = dialect.literal(revision.id, { kind: "text" });
  const lines = [
    ...(isSqlite ? ["pragma foreign_keys = off"] : []),
    ...(isWhole ? ["begin"] : []),
    direction === "up"
      ? guard(dialect, `exists (select 1 from ${versions} where revision = ${id})`, `revision ${revision.id} has run`)
      : guard(
          dialect,
          `not exists (select 1 from ${versions} where revision = ${id})`,
          `revision ${revision.id} has not run`,
        ),
    ...(direction === "up" ? revision.after : []).map((before) => {
      const literal = dialect.literal(before, { kind: "text" });
      return guard(
        dialect,
        `not exists (select 1 from ${versions} where revision = ${literal})`,
        `revision ${before}, which comes before, has not run`,
      );
    }),
    ...texts,
    scriptOf(note, dialect),
    ...(isSqlite
      ? [guard(dialect, "exists (select 1 from pragma_foreign_key_check)", "rows refer to rows that are not there")]
      : []),
    ...(isWhole ? ["commit"] : []),
    ...(isSqlite ? ["pragma foreign_keys = on"] : []),
  ];
  const title = `-- ${direction === "up" ? "" : "undo "}${revision.id}: ${revision.message.replaceAll(/\s+/g, " ")}`;
  return [title, ...lines.map((line) => (line.startsWith("--") ? line : `${line};`))].join("\n");
}

/** A statement that fails if the condition holds. */
function guard(dialect: Dialect, condition: string, message: string): string {
  if (kindOf(dialect) === "postgres") {
    const text = dialect.literal(message, { kind: "text" }).replaceAll("%", "%%");
    let quote = "$$";
    for (let number = 1; `${condition}${text}`.includes(quote); number++) quote = `$q${number}$`;
    return `do ${quote} begin if ${condition} then raise exception ${text}; end if; end ${quote}`;
  }
  const from = kindOf(dialect) === "sqlite" ? "" : " from dual";
  return `/* stops if ${message.replaceAll("*/", "* /")} */ insert into athanor_guard (ok) select 0${from} where ${condition}`;
}

/** Steps as texts, with what the schema has become by then: SQLite's copies need to know the whole table. */
class ScriptSteps implements StepRunner {
  readonly texts: string[] = [];
  schema: Reflected;
  readonly #dialect: Dialect;
  #pending: TableChange[] = [];

  constructor(dialect: Dialect, schema: Reflected) {
    this.#dialect = dialect;
    this.schema = schema;
  }

  async run(step: Step): Promise<number> {
    if (step.kind === "schema") this.#change(withNames(step.node, this.#dialect));
    else {
      this.flush();
      this.texts.push(step.kind === "text" ? step.text.trim().replace(/;$/, "") : this.#statement(step));
    }
    return 0;
  }

  async reading(): Promise<Queries<any>> {
    throw new MigrationError(
      "a revision reads rows, which a script cannot",
      "Write it as statements that do their reading themselves: update … set … = (select …), insert … select.",
    );
  }

  #statement({ statement, params }: Extract<Step, { kind: "statement" }>): string {
    if (params === undefined) return scriptOf(statement, this.#dialect);
    throw new MigrationError(
      "a revision gives parameters to a statement, which a script cannot",
      "Write the values into the statement itself.",
    );
  }

  #change(node: SchemaNode): void {
    if (kindOf(this.#dialect) === "sqlite") {
      const [first] = this.#pending;
      const isSame = first === undefined || ("table" in node && first.table === node.table);
      const rides = node.kind === "addColumn" && first !== undefined && isSame;
      if (rides || needsCopy(node)) {
        if (!isSame) this.flush();
        if (this.#pending.length === 0) this.#guards(node);
        this.#pending.push(node as TableChange);
        return;
      }
      this.flush();
    }
    this.#guards(node);
    this.texts.push(...define(node, this.#dialect));
    this.schema = applied(this.schema, node);
  }

  #guards(node: SchemaNode): void {
    if (!canMeetRows(node)) return;
    for (const { where, what } of obstaclesOf(node, this.#dialect)) {
      const place = placeOf(node, this.#dialect);
      this.texts.push(
        guard(this.#dialect, `exists (select 1 from ${place} where ${where})`, `rows of ${node.table} ${what}`),
      );
    }
  }

  /** Copies the table that waits for it. */
  flush(): void {
    const changes = this.#pending;
    this.#pending = [];
    const [first] = changes;
    if (first === undefined) return;
    const before = tableBefore(this.schema.tables, first);
    const { begin, numbering, end } = copyTexts(before, changes, this.#dialect);
    this.texts.push(
      `-- "${before.name}" is copied into its new shape. Triggers of it are gone with it: create them again below.`,
      ...begin,
      ...numbering,
      ...end,
    );
    for (const change of changes) this.schema = applied(this.schema, change);
  }
}
