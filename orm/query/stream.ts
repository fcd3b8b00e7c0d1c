// Objects in batches, for results that do not fit into memory: the unchanged objects of a batch leave the session when the next
// one is asked for.
import type { RowStream } from "../../core/index.ts";
import { isChanged } from "../instance/snapshot.ts";
import { Stateful, stateOf } from "../instance/state.ts";
import { loadIncludes } from "../load/include.ts";
import type { LoadPlace } from "../load/select-in.ts";
import { deferredSelection, takeDeferred } from "../mapping/computed.ts";
import { entitiesOf, entitySelection } from "../mapping/computed-fields.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import { lifted } from "../mapping/without.ts";
import { type QueryParts, queryOf } from "./plan.ts";

/** What streaming needs of a session. */
export interface StreamPlace {
  /** Opens a stream of rows, in which sources that are entities are objects of the session. */
  openStream(statement: unknown, batch: number): Promise<RowStream<Record<string, unknown>>>;
  /** Runs the work when nothing else of the session runs. */
  /** @param lifted the default filters that do not hold meanwhile */
  exclusively<T>(lifted: readonly string[], work: (place: LoadPlace) => Promise<T>): Promise<T>;
  /** Lets go of an object. */
  evict(entity: object): void;
}

export interface StreamOptions {
  /** How many objects at a time; 1,000 by default. */
  readonly batch?: number | undefined;
}

/** The objects of a query, batch by batch. */
export async function* streamQuery(
  place: StreamPlace,
  parts: QueryParts,
  { batch = 1000 }: StreamOptions = {},
): AsyncGenerator<object[], void> {
  const mapper = mapperOf(parts.entity);
  const selection = { ...entitySelection(mapper), ...deferredSelection(mapper, parts.undefer) };
  // The loop ends the stream, also where it is left early. (Node 22 does not know `await using`.)
  const rows = await place.openStream(
    lifted(
      queryOf(parts, selection, (started) => started),
      parts.lifted,
    ),
    batch,
  );
  let some: Record<string, unknown>[] = [];
  for await (const row of rows) {
    some.push(row);
    if (some.length < batch) continue;
    const taken = some;
    some = [];
    yield* handOut(place, parts, taken);
  }
  if (some.length > 0) yield* handOut(place, parts, some);
}

async function* handOut(
  place: StreamPlace,
  parts: QueryParts,
  rows: readonly Record<string, unknown>[],
): AsyncGenerator<object[], void> {
  const mapper = mapperOf(parts.entity);
  const entities = entitiesOf(mapper, rows);
  takeDeferred(mapper, parts.undefer, entities, rows);
  const { includes } = parts;
  if (includes.length > 0)
    await place.exclusively(parts.lifted, (loading) => loadIncludes(loading, entities, includes));
  const brought = new Set<object>(entities);
  for (const entity of entities) collect(entity, brought);
  yield entities;
  for (const entity of brought) {
    const state = stateOf(entity);
    if (state.status === "persistent" && !isChanged(entity, state)) place.evict(entity);
  }
}

/** The objects that stand in the loaded relationships of this one. */
function collect(entity: object, into: Set<object>): void {
  for (const value of Object.values(stateOf(entity).relations ?? {})) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (typeof one !== "object" || one === null || into.has(one) || !isMapped(one)) continue;
      into.add(one);
      collect(one, into);
    }
  }
}

function isMapped(value: object): boolean {
  return Stateful.of(value)?.owner !== undefined;
}
