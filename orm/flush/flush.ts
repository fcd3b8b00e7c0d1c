// Writes what a session has gathered: finds out what, in which order, sends it, and only then lets it show on objects.
import { FlushError } from "../errors.ts";
import { RelatedList } from "../instance/collection.ts";
import { stateOf } from "../instance/state.ts";
import { selectIn } from "../load/select-in.ts";
import { relationshipOf } from "../mapping/join-condition.ts";
import { doomedWith, takeInReachable } from "./cascade.ts";
import type { RowWrite, Write } from "./change.ts";
import { deleteRows, writeLinks } from "./delete.ts";
import { insertRows, mayInsertHalf } from "./insert.ts";
import { type Dependencies, dependenciesOf } from "./keys.ts";
import { writeOrder } from "./order.ts";
import { Outbox, type Runner } from "./outbox.ts";
import { type FlushPlan, planFlush } from "./plan.ts";
import { TakenRelations } from "./relations.ts";
import { type Snapshots, snapshotsOf } from "./settle.ts";
import { orderByTables } from "./table-order.ts";
import type { FlushPlace, Tracked } from "./tracked.ts";
import { releaseRows, updateLater, updateRows } from "./update.ts";

/** What is about to be written, in batches that follow one another. */
export interface ReadyFlush {
  readonly plan: FlushPlan;
  readonly batches: readonly (readonly Write[])[];
  readonly releases: Dependencies["releases"];
  readonly snapshots: Snapshots;
  /** What was changed in relationships; to be given back if it cannot be written. */
  readonly taken: TakenRelations;
}

/** New objects that can be reached become part of the session; gives what takes that back. */
export function gather(place: FlushPlace): () => void {
  const { pending } = place.tracked;
  const taken = takeInReachable(place, (entity) => {
    const state = stateOf(entity);
    state.status = "pending";
    state.owner = place;
    pending.add(entity);
  });
  return () => {
    for (const entity of taken) {
      const state = stateOf(entity);
      state.status = "transient";
      state.owner = undefined;
      pending.delete(entity);
    }
  };
}

/** Lists that keep an order and were changed unread: what was put in comes last, which takes reading them. */
async function numberLists(place: FlushPlace): Promise<void> {
  for (const entity of [...place.tracked.touched]) {
    const { relations, mapper, row } = stateOf(entity);
    if (row === undefined) continue;
    for (const key in relations) {
      const list = relations[key];
      if (list instanceof RelatedList && list.lacksPositions)
        await selectIn(place, relationshipOf(mapper, key), [entity]);
    }
  }
}

/**
 * Works out what is to be written, in which order.
 *
 * @throws {FlushError} if something cannot be written as it is; nothing was sent
 */
export async function prepare(place: FlushPlace): Promise<ReadyFlush | undefined> {
  await numberLists(place);
  const doomed = await doomedWith(place);
  const plan = planFlush(place.tracked, doomed);
  const { batches, releases } = ordered(plan);
  const taken = takeRelations(plan, place.tracked);
  if (isEmpty(plan) && taken.isEmpty) return undefined;
  return { plan, batches, releases, snapshots: snapshotsOf([...plan.inserts, ...plan.updates]), taken };
}

/** In which order the rows are written. */
function ordered(plan: FlushPlan): Pick<ReadyFlush, "batches" | "releases"> {
  const byTables = orderByTables(plan);
  if (byTables !== undefined) return { batches: byTables, releases: [] };
  const { writes, groups, edges, releases } = dependenciesOf(plan);
  const order = writeOrder(groups, edges);
  if (order.circle !== undefined) throw circleError(order.circle.map((number) => writes[number] as Write));
  for (const number of order.cut) edges[number]?.cut?.();
  return { batches: order.batches.map((batch) => batch.map((number) => writes[number] as Write)), releases };
}

function isEmpty({ inserts, updates, links, deletes, dropped }: FlushPlan): boolean {
  return inserts.length + updates.length + links.length + deletes.length + dropped.length === 0;
}

function takeRelations({ inserts }: FlushPlan, { touched }: Tracked): TakenRelations {
  const taken = new TakenRelations();
  for (const { state } of inserts) if (state.relations !== undefined) taken.take(state);
  for (const entity of touched) {
    const state = stateOf(entity);
    if (state.row !== undefined) taken.take(state);
  }
  return taken;
}

/** Whether anything is sent at all; relationships alone may have been changed and changed back. */
export function sendsNothing({ batches }: ReadyFlush): boolean {
  return batches.length === 0;
}

/** Whether it may fail when something has been written already: after one statement of several, or with some rows of one. */
export function isSeveral({ batches, releases, plan }: ReadyFlush, runner: Runner): boolean {
  if (batches.length !== 1 || releases.length > 0 || plan.inserts.some(({ later }) => later.length > 0)) return true;
  const [batch = []] = batches;
  const { kind, mapper } = batch[0] as RowWrite;
  if (kind === "insert") return mayInsertHalf(runner, batch as readonly RowWrite[]);
  // One statement updates or deletes all rows that are there, and only then it shows that some were not.
  return batch.length > 1 || mapper === undefined || mapper.parts.length > 1;
}

/** Sends everything. Nothing shows on objects yet. */
export async function sendAll({ plan, batches, releases }: ReadyFlush, runner: Runner): Promise<void> {
  const outbox = new Outbox(runner);
  if (releases.length > 0) await releaseRows(outbox, releases);
  for (const batch of batches) await send(outbox, batch);
  const later = [...plan.inserts, ...plan.updates].filter((row) => row.later.length > 0);
  if (later.length > 0) await updateLater(outbox, later);
  await outbox.flush();
}

function send(outbox: Outbox, batch: readonly Write[]): Promise<void> {
  const { kind } = batch[0] as Write;
  switch (kind) {
    case "insert":
      return insertRows(outbox, batch as readonly RowWrite[]);
    case "update":
      return updateRows(outbox, batch as readonly RowWrite[]);
    case "delete":
      return deleteRows(outbox, batch as readonly RowWrite[]);
    default:
      return writeLinks(outbox, batch as Exclude<Write, RowWrite>[]);
  }
}

function circleError(circle: readonly Write[]): FlushError {
  const names = circle.map((one) => ("entity" in one ? `${one.kind} ${one.mapper.name}` : one.kind));
  return new FlushError(
    `rows wait for each other in a circle: ${names.join(", ")}`,
    "One of the columns they wait for must be nullable(), so that it can be null for a moment; or flush in between.",
  );
}
