// Moves a database along the graph of revisions: up, down, or by saying where it is.
import type { Queries } from "../../core/index.ts";
import { MigrationError } from "../errors.ts";
import type { Project } from "../project.ts";
import type { Revision } from "../revision/file.ts";
import type { RevisionGraph } from "../revision/graph.ts";
import type { Direction, RunContext } from "./context.ts";
import { refuseOther, runInSteps } from "./in-steps.ts";
import { runInside, runInTransaction } from "./in-transaction.ts";
import { onConnection, onPlace, type Place, type PlaceOptions } from "./place.ts";

export interface RunOptions extends PlaceOptions {
  /** What to take a raw step for of which nobody knows whether it took effect. */
  readonly step?: "done" | "redo" | undefined;
}

export interface DowngradeOptions extends RunOptions {
  /** Whether the target itself is undone too. */
  readonly inclusive?: boolean | undefined;
}

/** What has been run, in order, and where the database is now. */
export interface Moved {
  readonly ran: readonly Revision[];
  readonly current: readonly string[];
}

/**
 * Runs the revisions that lead to the target, each in a transaction where the database can, else step by step so that it can be
 * resumed. Other migrators wait.
 *
 * @param target an id, the unique beginning of one, a label, `head`, `heads`, `+n`, `label@head`; `head` by default
 * @throws {MigrationError} if there are two heads, an interrupted revision was changed, or rows are in the way
 * @example
 * ```ts no-run
 * await upgrade(await openProject());
 * ```
 */
export async function upgrade(project: Project, target = "head", options: RunOptions = {}): Promise<Moved> {
  if (/(^|@)-\d+$/.test(target))
    throw new MigrationError(`an upgrade to ${target} would go down`, `athanor downgrade ${target} does.`);
  return move(project, options, "up", (graph, done) => {
    const targets = graph.resolve(target, graph.tips(done));
    return graph.upgrade(done, targets);
  });
}

/**
 * Undoes revisions, last first, until the database is at the target.
 *
 * @param target an id, the unique beginning of one, a label, `base`, `-n`, `label@base`
 * @throws {MigrationError} if a revision has no `down`, or the target is not below where the database is
 */
export async function downgrade(project: Project, target: string, options: DowngradeOptions = {}): Promise<Moved> {
  if (/(^|@)\+\d+$/.test(target))
    throw new MigrationError(`a downgrade to ${target} would go up`, `athanor upgrade ${target} does.`);
  return move(project, options, "down", (graph, done) => {
    const going = new Set(goingDown(graph, done, target));
    if (options.inclusive) for (const id of graph.resolve(target, graph.tips(done))) going.add(id);
    return graph.downgrade(done, going);
  });
}

/**
 * Says where the database is, without running anything.
 *
 * @param targets ids, beginnings of ids, labels, `head`, `heads`, `base`
 * @param options.purge forgets what it said before, also of revisions whose files are gone
 */
export async function stamp(
  project: Project,
  targets: string | readonly string[],
  options: PlaceOptions & { readonly purge?: boolean | undefined } = {},
): Promise<Moved> {
  const { graph, history } = project;
  return onPlace(project, options, async ({ connection }) => {
    await history.ensure(connection);
    const done = options.purge ? new Set<string>() : await appliedIn(project, connection);
    const names = typeof targets === "string" ? [targets] : targets;
    const wanted = graph.before(names.flatMap((name) => graph.resolve(name, graph.tips(done))));
    if (options.purge) await history.clear(connection);
    await history.finished(connection);
    for (const id of done) if (!wanted.has(id)) await history.remove(connection, id);
    for (const { id } of graph.ordered) if (wanted.has(id) && !done.has(id)) await history.add(connection, id);
    return { ran: [], current: graph.tips(wanted) };
  });
}

/** The revisions that a database has had, as it says itself. A database without a version table has had none. */
export async function appliedTo(project: Project, options: PlaceOptions = {}): Promise<ReadonlySet<string>> {
  return onConnection(project, options, ({ connection }) => appliedIn(project, connection));
}

/** @throws {MigrationError} if it has had a revision that there is no file of */
export async function appliedIn(
  { history, graph, config }: Project,
  queries: Queries<any>,
): Promise<ReadonlySet<string>> {
  const schema = config.history?.schema;
  const { tables } = await queries.inspect({
    only: history.tableNames,
    ...(schema === undefined ? {} : { schemas: [schema] }),
  });
  if (tables.length === 0) return new Set();
  const done = await history.applied(queries);
  for (const id of done) {
    if (graph.has(id)) continue;
    throw new MigrationError(
      `the database has had revision "${id}", which there is no file of`,
      "Bring the file back: it may be on another branch of the repository. Or say where the database is with `athanor stamp --purge`.",
    );
  }
  return done;
}

type Choose = (graph: RevisionGraph<Revision>, done: ReadonlySet<string>) => readonly Revision[];

async function move(project: Project, options: RunOptions, direction: Direction, choose: Choose): Promise<Moved> {
  const { graph, history, config } = project;
  const report = options.report ?? (() => {});
  const context: RunContext = { history, config, report, step: options.step };
  return onPlace(project, options, async (place) => {
    await history.ensure(place.connection);
    const done = new Set(await appliedIn(project, place.connection));
    const ran = choose(graph, done);
    await refuseInterrupted(project, place, ran[0], direction);
    for (const revision of ran) {
      const start = performance.now();
      report({ kind: "revision", revision, direction });
      await runOne(place, revision, direction, context);
      if (direction === "up") done.add(revision.id);
      else done.delete(revision.id);
      report({ kind: "finished", revision, direction, ms: performance.now() - start });
    }
    return { ran, current: graph.tips(done) };
  });
}

/** A revision that was interrupted comes before any other, and in the direction it was going. */
async function refuseInterrupted(
  { graph, history }: Project,
  { connection }: Place,
  next: Revision | undefined,
  direction: Direction,
): Promise<void> {
  const journal = await history.journal(connection);
  const [first] = journal;
  if (first === undefined) return;
  const interrupted = next ?? (graph.has(first.revision) ? graph.get(first.revision) : undefined);
  if (interrupted !== undefined && next !== undefined) return refuseOther(journal, next, direction);
  throw new MigrationError(
    `revision "${first.revision}" was interrupted on its way ${first.direction}, after ${journal.length} steps`,
    `Finish it first: athanor ${first.direction === "up" ? "upgrade" : "downgrade"} resumes where it stopped.`,
  );
}

async function runOne(place: Place, revision: Revision, direction: Direction, context: RunContext): Promise<void> {
  if (direction === "down" && typeof revision.down !== "function") {
    throw new MigrationError(
      `revision "${revision.id}" has no down`,
      "Write one, or bring back a copy of the database.",
    );
  }
  try {
    if (place.kind === "transaction") return await runInside(place.connection, revision, direction, context);
    const inOne = place.connection.dialect.features.has("TRANSACTIONAL DDL") && revision.transaction !== false;
    return inOne
      ? await runInTransaction(place.connection, revision, direction, context)
      : await runInSteps(place.connection, revision, direction, context);
  } catch (error) {
    throw placed(error, revision, direction);
  }
}

/** The error, saying in which revision it happened. */
function placed(error: unknown, revision: Revision, direction: Direction): unknown {
  if (!(error instanceof Error)) return error;
  const hint = (error as { readonly hint?: string }).hint;
  // An error's message says its hint below, and this one's shall not say it twice.
  const message = hint === undefined ? error.message : error.message.replace(hint, "").trimEnd();
  return new MigrationError(`${direction} of "${revision.id}" (${revision.message}): ${message}`, hint, error);
}

/** What is to be undone, so that the database is at the target. */
export function goingDown(
  graph: RevisionGraph<Revision>,
  done: ReadonlySet<string>,
  target: string,
): ReadonlySet<string> {
  const at = target.indexOf("@");
  const label = at === -1 ? undefined : target.slice(0, at);
  const inner = target.slice(at + 1);
  const within = label === undefined ? undefined : graph.branch(label);
  const isWithin = (id: string) => within === undefined || within.has(id);
  if (inner === "base") return new Set([...done].filter(isWithin));
  const steps = /^-(\d+)$/.exec(inner);
  if (steps) return lastOf(graph, done, Number(steps[1]), isWithin);
  const ids = graph.resolve(target, graph.tips(done));
  for (const id of ids) {
    if (!done.has(id)) {
      throw new MigrationError(
        `the database has not had "${id}", so it cannot go down to it`,
        "Use `athanor upgrade`.",
      );
    }
  }
  const above = graph.since(ids);
  return new Set([...above].filter((id) => done.has(id) && !ids.includes(id)));
}

/** The last so many revisions, one after the other. */
function lastOf(
  graph: RevisionGraph<Revision>,
  done: ReadonlySet<string>,
  steps: number,
  isWithin: (id: string) => boolean,
): ReadonlySet<string> {
  const left = new Set(done);
  const going = new Set<string>();
  for (let step = 0; step < steps; step++) {
    const tips = graph.tips(left).filter(isWithin);
    const [tip] = tips;
    if (tip === undefined)
      throw new MigrationError(
        `the database has had fewer than ${steps} revisions`,
        "`athanor downgrade base` undoes all.",
      );
    if (tips.length > 1) {
      throw new MigrationError(
        `the database is at ${tips.length} versions: ${tips.join(", ")}`,
        "Say on which branch to count, label@-1, or name the revision to go down to.",
      );
    }
    left.delete(tip);
    going.add(tip);
  }
  return going;
}
