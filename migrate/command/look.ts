// Commands that only look: where a database is, and what the graph of revisions is like.
import type { Project } from "../project.ts";
import type { Revision } from "../revision/file.ts";
import { onConnection, type PlaceOptions } from "../run/place.ts";
import { appliedIn } from "../run/upgrade.ts";

export interface Current {
  /** The versions that the database is at: none, one, or one for each branch. */
  readonly at: readonly Revision[];
  /** Whether nothing is left to run. */
  readonly isHead: boolean;
  readonly waiting: readonly Revision[];
  /** The revision that was interrupted, if one was, and how many steps of it were begun. */
  readonly interrupted:
    | { readonly revision: string; readonly direction: "up" | "down"; readonly steps: number }
    | undefined;
}

/** Where the database is. */
export async function current(project: Project, options: PlaceOptions = {}): Promise<Current> {
  const { graph, history } = project;
  return onConnection(project, options, async ({ connection }) => {
    const done = await appliedIn(project, connection);
    const journal = done.size > 0 || (await hasJournal(project, connection)) ? await history.journal(connection) : [];
    const [first] = journal;
    const waiting = graph.ordered.filter(({ id }) => !done.has(id));
    return {
      at: graph.tips(done).map((id) => graph.get(id)),
      isHead: waiting.length === 0,
      waiting,
      interrupted:
        first === undefined
          ? undefined
          : { revision: first.revision, direction: first.direction, steps: journal.length },
    };
  });
}

/** `2 revisions have not run`. */
export function haveNotRun({ length }: readonly Revision[]): string {
  return length === 1 ? "1 revision has not run" : `${length} revisions have not run`;
}

async function hasJournal({ history }: Project, queries: Parameters<typeof appliedIn>[1]): Promise<boolean> {
  const { schema } = history;
  const { tables } = await queries.inspect({
    only: history.tableNames,
    ...(schema === undefined ? {} : { schemas: [schema] }),
  });
  return tables.length > 1;
}

/** The revisions, the newest first; of a range `a:b`, those after a up to b. */
export function history({ graph }: Project, range?: string): readonly Revision[] {
  const [from, to] = range?.split(":") ?? [];
  const wanted = graph.before(to === undefined || to === "" ? graph.heads.map(({ id }) => id) : graph.resolve(to));
  const passed = from === undefined || from === "" ? new Set<string>() : graph.before(graph.resolve(from));
  return graph.ordered.filter(({ id }) => wanted.has(id) && !passed.has(id)).toReversed();
}

export function heads({ graph }: Project): readonly Revision[] {
  return graph.heads;
}

/** Where two or more revisions come after one, with those that do. */
export function branches({ graph }: Project): readonly { readonly at: Revision; readonly into: readonly Revision[] }[] {
  return graph.branchPoints.map((at) => ({ at, into: graph.following(at.id) }));
}

/** The revisions that a name stands for. */
export function show({ graph }: Project, name: string): readonly Revision[] {
  return graph.resolve(name).map((id) => graph.get(id));
}
