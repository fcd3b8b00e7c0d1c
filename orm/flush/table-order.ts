// The order of a flush that its tables alone decide, which is that of most: nothing is deleted, no unique value moves, and the
// tables of new rows do not refer to each other in a circle. Then no row need be looked at.
import type { Mapper } from "../mapping/mapper.ts";
import type { LinkWrite, ParentKey, RowWrite, UnlinkAll, Write } from "./change.ts";
import type { FlushPlan } from "./plan.ts";
import { tableKey, writeFacts } from "./write-facts.ts";

/** The writes in batches that follow one another; undefined if the rows themselves must be looked at. */
export function orderByTables(plan: FlushPlan): readonly (readonly Write[])[] | undefined {
  if (plan.deletes.length > 0 || plan.updates.some(movesUnique)) return undefined;
  const inserts = Map.groupBy(plan.inserts, ({ mapper }) => mapper);
  const { order, isCircular } = tableOrder(inserts.keys(), parentsOf(plan.inserts));
  if (isCircular) return undefined;
  return [
    ...order.map((mapper) => inserts.get(mapper) as readonly RowWrite[]),
    ...Map.groupBy(plan.updates, ({ mapper }) => mapper).values(),
    ...linksInOrder(plan.links),
  ];
}

/** Whether an update changes columns that others may refer to, or whose values no two rows may share. */
export function movesUnique(write: RowWrite): boolean {
  for (const positions of writeFacts(write.mapper).uniques)
    for (const position of positions) if (write.isWritten(position)) return true;
  return false;
}

/**
 * Classes after those whose tables theirs refer to.
 *
 * @param parents tables that rows of a table take keys from besides
 */
export function tableOrder(
  mappers: Iterable<Mapper>,
  parents: ReadonlyMap<string, ReadonlySet<string>> = new Map(),
): {
  readonly order: readonly Mapper[];
  /** Whether tables refer to each other, or one to itself: the order is then one of many. */
  readonly isCircular: boolean;
} {
  const byTable = Map.groupBy(mappers, ({ table }) => tableKey(table));
  // Of classes with several tables the first stands for all.
  const firsts = new Map<string, string>();
  for (const [first, here] of byTable)
    for (const { parts } of here) for (const { table } of parts) firsts.set(tableKey(table), first);
  const order: Mapper[] = [];
  const path = new Set<string>();
  const done = new Set<string>();
  let isCircular = false;
  const visit = (table: string): void => {
    if (path.has(table)) isCircular = true;
    if (path.has(table) || done.has(table)) return;
    path.add(table);
    const here = byTable.get(table) ?? [];
    const targets = here.flatMap((mapper) =>
      writeFacts(mapper).references.map(({ target }) => firsts.get(target) ?? target),
    );
    for (const target of [...targets, ...(parents.get(table) ?? [])]) if (byTable.has(target)) visit(target);
    path.delete(table);
    done.add(table);
    order.push(...here);
  };
  for (const table of byTable.keys()) visit(table);
  return { order, isCircular };
}

/** The tables that rows take keys from. */
function parentsOf(writes: readonly RowWrite[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<Mapper, Set<Mapper>>();
  for (const { mapper, parents } of writes) {
    for (let i = 0; i < parents.length; i++) {
      const parent = (parents[i] as ParentKey).parent.mapper;
      const known = found.get(mapper);
      if (known === undefined) found.set(mapper, new Set([parent]));
      else known.add(parent);
    }
  }
  return new Map(
    [...found].map(([mapper, of]) => [tableKey(mapper.table), new Set([...of].map(({ table }) => tableKey(table)))]),
  );
}

/** Links that are taken away, then links that are added, by their tables. */
function linksInOrder(links: readonly (LinkWrite | UnlinkAll)[]): readonly (readonly Write[])[] {
  const byKind = Map.groupBy(links, ({ kind }) => kind);
  return (["unlink", "link"] as const).flatMap((kind) => [
    ...Map.groupBy(byKind.get(kind) ?? [], ({ link }) => link.table).values(),
  ]);
}
