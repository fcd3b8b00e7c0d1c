// Which further objects a flush concerns: new ones that can be reached, related ones that go with what is deleted, orphans.
import { DetachedError, OtherSessionError } from "../errors.ts";
import { RelatedList } from "../instance/collection.ts";
import { keysAgree, sameKey } from "../instance/inverse.ts";
import { type State, Stateful, stateOf } from "../instance/state.ts";
import { selectIn } from "../load/select-in.ts";
import { type Relationship, relationshipsOf } from "../mapping/join-condition.ts";
import type { FlushPlace } from "./tracked.ts";
import { isIn, writeFacts, writtenRelations } from "./write-facts.ts";

/** The objects that a relationship holds, as far as they are known: all of a loaded list, what was put into another. */
function relatedIn(state: State, relationship: Relationship): readonly object[] {
  const value = state.relations?.[relationship.key];
  if (value instanceof RelatedList) return value;
  return isEntity(value) ? [value] : [];
}

/** What was put into a relationship since the last flush; of a new object, all that it holds. */
export function addedIn(state: State, relationship: Relationship): Iterable<object> {
  const value = state.relations?.[relationship.key];
  if (value instanceof RelatedList) return state.row === undefined ? value : value.added;
  if (!isEntity(value)) return [];
  return state.row === undefined || isAssigned(state, relationship.key) ? [value] : [];
}

/** Whether a relationship to one was assigned and that is not written yet. */
export function isAssigned({ changed }: State, key: string): boolean {
  return changed !== undefined && Object.hasOwn(changed, key);
}

function isEntity(value: unknown): value is object {
  return typeof value === "object" && value !== null && Stateful.of(value) !== undefined;
}

/** Takes in the new objects that can be reached from new or changed ones. Gives those that were taken in. */
export function takeInReachable(place: FlushPlace, adopt: (entity: object) => void): readonly object[] {
  const { pending, touched } = place.tracked;
  const taken: object[] = [];
  const visit = (entity: object): void => {
    const state = stateOf(entity);
    if (state.relations === undefined) return;
    for (const relationship of writtenRelations(state.mapper)) {
      if (state.relations[relationship.key] === undefined) continue;
      for (const related of addedIn(state, relationship)) {
        if (!isNew(related, place, relationship)) continue;
        adopt(related);
        taken.push(related);
      }
    }
  };
  for (const entity of [...pending, ...touched]) visit(entity);
  // The list grows while it is gone through.
  for (let i = 0; i < taken.length; i++) visit(taken[i] as object);
  return taken;
}

/** Whether an object that was met has to be taken in. */
function isNew(entity: object, place: FlushPlace, { owner, key }: Relationship): boolean {
  const state = stateOf(entity);
  if (state.owner === place) return false;
  const what = `a ${state.mapper.name} that ${owner.name}.${key} holds`;
  if (state.owner !== undefined) throw new OtherSessionError(what);
  if (state.status === "transient") return true;
  throw new DetachedError(
    `${what} belongs to no session`,
    "Bring it over with session.merge(), and put what that gives into the relationship.",
  );
}

/** What a flush deletes, and whose references it takes back because of that. */
export interface Doomed {
  readonly entities: ReadonlySet<object>;
  /** Objects that stay and lose their reference to one that goes. */
  readonly released: readonly { readonly entity: object; readonly relationship: Relationship; readonly from: object }[];
}

/** What was to be deleted, with what goes with it: loaded where it must be known. */
export async function doomedWith(place: FlushPlace): Promise<Doomed> {
  const { doomed } = place.tracked;
  const entities = new Set<object>(doomed);
  const released: Doomed["released"][number][] = [];
  for (const orphan of orphansIn(place)) entities.add(orphan);
  let level: readonly object[] = [...entities];
  while (level.length > 0) {
    const next: object[] = [];
    for (const { entity, relationship, from } of assignedTo(place, new Set(level))) {
      if (entities.has(entity)) continue;
      if (relationship.inverse?.options.cascade?.delete) {
        entities.add(entity);
        next.push(entity);
      } else released.push({ entity, relationship: relationship.inverse ?? relationship, from });
    }
    for (const [relationship, owners] of byRelationship(level)) {
      const { cascade } = relationship.options;
      if (cascade?.delete) {
        await loadAll(place, relationship, owners, relationship.options.passiveDeletes === true);
        for (const owner of owners) {
          for (const related of relatedIn(stateOf(owner), relationship)) {
            if (entities.has(related) || stateOf(related).status === "deleted") continue;
            if (hasMoved(related, relationship, owner)) continue;
            entities.add(related);
            next.push(related);
          }
        }
      } else if (releases(relationship)) {
        await loadAll(place, relationship, owners, relationship.options.passiveDeletes === true);
        for (const from of owners) {
          for (const entity of relatedIn(stateOf(from), relationship))
            if (!hasMoved(entity, relationship, from)) released.push({ entity, relationship, from });
        }
      }
    }
    level = next;
  }
  return { entities, released: released.filter(({ entity }) => !entities.has(entity)) };
}

/** Objects that were assigned one of these, which is not written: no statement would find them. */
function assignedTo(
  { tracked }: FlushPlace,
  gone: ReadonlySet<object>,
): readonly { readonly entity: object; readonly relationship: Relationship; readonly from: object }[] {
  const found: { entity: object; relationship: Relationship; from: object }[] = [];
  for (const entity of new Set([...tracked.touched, ...tracked.pending])) {
    const { mapper, relations } = stateOf(entity);
    if (relations === undefined || gone.has(entity)) continue;
    for (const relationship of relationshipsOf(mapper).values()) {
      const from = relations[relationship.key];
      if (relationship.side !== "owner" || !isEntity(from) || !gone.has(from)) continue;
      if (keysAgree(relationship, entity, from) || stateOf(from).row === undefined)
        found.push({ entity, relationship, from });
    }
  }
  return found;
}

/** Whether an object refers to another owner by now, which is not written yet. */
function hasMoved(entity: object, relationship: Relationship, owner: object): boolean {
  if (relationship.side !== "target") return false;
  const { inverse, ownColumns, targetColumns } = relationship;
  const state = stateOf(entity);
  if (inverse !== undefined && isAssigned(state, inverse.key)) return state.relations?.[inverse.key] !== owner;
  return targetColumns.some((position, i) => {
    const key = relationship.target.columns[position]?.key as string;
    const ownerKey = relationship.owner.columns[ownColumns[i] as number]?.key as string;
    if (!Object.hasOwn(entity, key) || !Object.hasOwn(owner, ownerKey)) return false;
    return !sameKey(Reflect.get(entity, key), Reflect.get(owner, ownerKey));
  });
}

/** Whether the rows of the other side lose their reference when the owner's row goes: it may be null, and the database does nothing. */
function releases(relationship: Relationship): boolean {
  if (relationship.side !== "target") return false;
  const { target, targetColumns } = relationship;
  const reference = referenceOf(relationship);
  if (reference === undefined || (reference.onDelete !== "no action" && reference.onDelete !== "restrict"))
    return false;
  return targetColumns.every((position) => target.columns[position]?.facts.nullable && !target.key.includes(position));
}

/** The foreign key that a relationship goes by. */
function referenceOf({
  side,
  owner,
  target,
  ownColumns,
  targetColumns,
}: Relationship): ReturnType<typeof writeFacts>["references"][number] | undefined {
  const [holder, other, positions] =
    side === "owner" ? [owner, target, ownColumns] : ([target, owner, targetColumns] as const);
  return writeFacts(holder).references.find(
    (reference) =>
      isIn(other, reference.target) &&
      reference.positions.length === positions.length &&
      reference.positions.every((position) => positions.includes(position)),
  );
}

function byRelationship(entities: readonly object[]): Iterable<readonly [Relationship, object[]]> {
  const found = new Map<Relationship, object[]>();
  for (const entity of entities) {
    for (const relationship of relationshipsOf(stateOf(entity).mapper).values()) {
      if (relationship.viewOnly) continue;
      const owners = found.get(relationship);
      if (owners === undefined) found.set(relationship, [entity]);
      else owners.push(entity);
    }
  }
  return found;
}

/** Loads a relationship where it is not loaded, so that what the database has is known. */
async function loadAll(
  place: FlushPlace,
  relationship: Relationship,
  owners: readonly object[],
  onlyKnown: boolean,
): Promise<void> {
  if (onlyKnown) return;
  const lacking = owners.filter((owner) => {
    const { row, relations } = stateOf(owner);
    if (row === undefined) return false;
    const known = relations?.[relationship.key];
    return known instanceof RelatedList ? !known.isLoaded : known === undefined;
  });
  if (lacking.length > 0) await selectIn(place, relationship, lacking);
}

/** Objects that were taken out of a relationship that they cannot be without. */
function orphansIn({ tracked }: FlushPlace): readonly object[] {
  const found: object[] = [];
  for (const entity of tracked.pending) if (isLeft(entity)) found.push(entity);
  for (const entity of tracked.touched) if (isLeft(entity)) found.push(entity);
  for (const owner of tracked.touched) {
    const state = stateOf(owner);
    for (const relationship of relationshipsOf(state.mapper).values()) {
      if (!relationship.options.cascade?.orphans || relationship.viewOnly) continue;
      const value = state.relations?.[relationship.key];
      const taken = value instanceof RelatedList ? [...value.removed] : replaced(state, relationship.key, value);
      for (const entity of taken) if (isOrphan(entity, relationship, tracked.touched)) found.push(entity);
    }
  }
  return found;
}

/** Whether an object's own relationship says that it was taken out of one with orphans. */
function isLeft(entity: object): boolean {
  const { mapper, relations, changed } = stateOf(entity);
  if (changed === undefined) return false;
  for (const key in changed) {
    if (relations?.[key] !== null) continue;
    const relationship = relationshipsOf(mapper).get(key);
    if (relationship?.side !== "owner") continue;
    if (relationship.inverse?.options.cascade?.orphans) return true;
  }
  return false;
}

function replaced(state: State, key: string, now: unknown): readonly object[] {
  const before = state.changed?.[key];
  return isEntity(before) && before !== now ? [before] : [];
}

/** Whether nobody else has taken it. */
function isOrphan(entity: object, relationship: Relationship, touched: ReadonlySet<object>): boolean {
  if (relationship.side === "target") {
    return relationship.targetColumns.every((position) => {
      const key = relationship.target.columns[position]?.key as string;
      return Object.hasOwn(entity, key) && Reflect.get(entity, key) === null;
    });
  }
  for (const other of touched) {
    const state = stateOf(other);
    if (!(other instanceof relationship.owner.entity)) continue;
    for (const added of addedIn(state, relationship)) if (added === entity) return false;
  }
  return true;
}
