// Which rows a flush writes, and what goes into them: objects in, records of writes out. Nothing is sent, and no object is changed.
import { FlushError } from "../errors.ts";
import { RelatedList } from "../instance/collection.ts";
import { sameKey } from "../instance/inverse.ts";
import { changedPositions, changeTest, snapshotAt, unread } from "../instance/snapshot.ts";
import { snapshotOf } from "../instance/snapshot-value.ts";
import { type State, stateOf } from "../instance/state.ts";
import { checkValues } from "../instance/value-object.ts";
import { embeddedOf } from "../mapping/embedded.ts";
import { byClass } from "../mapping/inheritance.ts";
import { type Relationship, relationshipsOf } from "../mapping/join-condition.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import { validate } from "../mapping/validate.ts";
import { addedIn, type Doomed, isAssigned } from "./cascade.ts";
import { type LinkEnd, type LinkWrite, RowWrite, type UnlinkAll, unset } from "./change.ts";
import { computedGiven, type InsertReader, type InsertShape, insertReader, nullRefused } from "./insert-shape.ts";
import { checkRepeatedKey, followBaseKey } from "./repeated-key.ts";
import type { Tracked } from "./tracked.ts";
import { type Absent, writeFacts, writtenRelations } from "./write-facts.ts";

/** What one flush is going to write. */
export interface FlushPlan {
  readonly inserts: readonly RowWrite[];
  readonly updates: readonly RowWrite[];
  readonly links: readonly (LinkWrite | UnlinkAll)[];
  readonly deletes: readonly RowWrite[];
  /** New objects that are not written after all: they are to be deleted. */
  readonly dropped: readonly object[];
}

/** Makes the plan of a flush. @throws {FlushError} if an object cannot be written as it is */
export function planFlush(tracked: Tracked, doomed: Doomed): FlushPlan {
  return new Planning(tracked, doomed).plan();
}

function validateWrite({ mapper, entity, values }: RowWrite): void {
  if (mapper.options.embed !== undefined) checkValues(entity, mapper, (position) => values[position] !== unset);
  if (mapper.options.validate !== undefined) validate(mapper, entity, (position) => values[position] !== unset);
}

class Planning {
  readonly #tracked: Tracked;
  readonly #doomed: Doomed;
  readonly #inserts: RowWrite[] = [];
  readonly #updates: RowWrite[] = [];
  readonly #deletes: RowWrite[] = [];
  readonly #links = new LinkWrites();
  readonly #dropped: object[] = [];

  constructor(tracked: Tracked, doomed: Doomed) {
    this.#tracked = tracked;
    this.#doomed = doomed;
  }

  plan(): FlushPlan {
    try {
      return this.#plan();
    } finally {
      for (const { state } of this.#inserts) state.write = undefined;
      for (const { state } of this.#updates) state.write = undefined;
      for (const { state } of this.#deletes) state.write = undefined;
    }
  }

  #plan(): FlushPlan {
    this.#planDeletes();
    this.#planInserts();
    this.#planUpdates();
    for (const write of this.#inserts) this.#followRelations(write.entity, write.state);
    for (const entity of this.#tracked.touched) this.#followTouched(entity);
    for (const { entity, relationship, from } of this.#doomed.released) this.#release(entity, relationship, from);
    this.#unlinkDeleted();
    for (const write of this.#inserts) checkComplete(write);
    const updates = this.#updates.filter((write) => isWritten(write));
    for (const write of updates) finishUpdate(write);
    for (const write of this.#inserts) validateWrite(write);
    for (const write of updates) validateWrite(write);
    return {
      inserts: this.#inserts,
      updates,
      links: this.#links.all(),
      deletes: this.#deletes,
      dropped: this.#dropped,
    };
  }

  #planDeletes(): void {
    for (const entity of this.#doomed.entities) {
      const state = stateOf(entity);
      if (state.status === "persistent") {
        const write = newWrite("delete", entity, state);
        this.#deletes.push(write);
        state.write = write;
      } else if (state.row === undefined) this.#dropped.push(entity);
    }
  }

  #planInserts(): void {
    const { entities } = this.#doomed;
    let mapper: Mapper | undefined;
    let reader: InsertReader | undefined;
    for (const entity of this.#tracked.pending) {
      if (entities.size > 0 && entities.has(entity)) continue;
      const state = stateOf(entity);
      if (state.mapper !== mapper) {
        mapper = state.mapper;
        reader = insertReader(mapper, unset);
      }
      const write = newInsert(entity, state, reader as InsertReader);
      this.#inserts.push(write);
      state.write = write;
    }
  }

  // This loop looks at every object of the session at each flush.
  #planUpdates(): void {
    for (const [root, all] of this.#tracked.identities.entries())
      for (const [mapper, objects] of byClass(root, all.values(), (entity) => stateOf(entity).mapper))
        this.#planChanged(mapper, objects);
  }

  #planChanged(mapper: Mapper, objects: Iterable<object>): void {
    const isChanged = changeTest(mapper);
    for (const entity of objects) {
      const state = stateOf(entity);
      if (isChanged(entity, state.row as unknown[], state.at, state) && state.write === undefined)
        this.#planUpdate(entity, state);
    }
  }

  #planUpdate(entity: object, state: State): void {
    const { mapper } = state;
    const { version } = writeFacts(mapper);
    const write = this.#updateOf(entity, state);
    for (const position of changedPositions(entity, state)) {
      if (position === version) continue;
      const column = mapper.columns[position] as MappedColumn;
      if (column.facts.computed !== undefined) throw computedGiven(mapper, column);
      if (column.key === mapper.options.identity?.column) throw classChanged(mapper, column);
      const value = Reflect.get(entity, column.key) as unknown;
      if (value === null && !column.facts.nullable) throw nullRefused(mapper, column);
      write.values[position] = value;
    }
  }

  #updateOf(entity: object, state: State): RowWrite {
    if (state.write !== undefined) return state.write as RowWrite;
    const write = newWrite("update", entity, state);
    this.#updates.push(write);
    state.write = write;
    return write;
  }

  #followTouched(entity: object): void {
    const state = stateOf(entity);
    if (state.status !== "persistent" || this.#doomed.entities.has(entity)) return;
    this.#followRelations(entity, state);
  }

  /** Keys go from the rows that relationships hold to the rows that refer to them; links are added and taken away. */
  #followRelations(entity: object, state: State): void {
    if (state.relations === undefined) return;
    for (const relationship of writtenRelations(state.mapper)) {
      if (state.relations[relationship.key] === undefined) continue;
      if (relationship.side === "owner") this.#followReference(entity, state, relationship);
      else if (relationship.side === "link") this.#followLinks(entity, state, relationship);
      else {
        for (const child of addedIn(state, relationship)) {
          this.#takeKey(child, entity, relationship.targetColumns, relationship.ownColumns, relationship);
        }
      }
    }
  }

  #followReference(entity: object, state: State, relationship: Relationship): void {
    const value = state.relations?.[relationship.key];
    const assigned = isAssigned(state, relationship.key);
    if (typeof value === "object" && value !== null) {
      if (assigned || isUnset(entity, state, relationship.ownColumns)) {
        this.#takeKey(entity, value, relationship.ownColumns, relationship.targetColumns, relationship);
      }
    } else if (assigned && value === null) {
      const other = relationship.ownColumns.find((position) => {
        const key = state.mapper.columns[position]?.key as string;
        return Object.hasOwn(entity, key) && Reflect.get(entity, key) !== null;
      });
      // A column that is part of several keys may have its value from another of them.
      if (relationship.ownColumns.length === 1 && other !== undefined) throw disagreement(relationship, entity, other);
    }
  }

  /** The columns of `child` that refer to `parent` are given its key, now or once it has one. */
  #takeKey(
    child: object,
    parent: object,
    childPositions: readonly number[],
    parentPositions: readonly number[],
    relationship: Relationship,
  ): void {
    if (this.#doomed.entities.has(child)) return;
    const childState = stateOf(child);
    const parentState = stateOf(parent);
    const parentWrite = parentState.write as RowWrite | undefined;
    for (let i = 0; i < childPositions.length; i++) {
      const position = childPositions[i] as number;
      const parentPosition = parentPositions[i] as number;
      const childKey = childState.mapper.columns[position]?.key as string;
      const parentKey = parentState.mapper.columns[parentPosition]?.key as string;
      const given = Object.hasOwn(child, childKey) ? Reflect.get(child, childKey) : unset;
      const known = Object.hasOwn(parent, parentKey) ? Reflect.get(parent, parentKey) : unset;
      if (given !== unset) {
        if (known !== unset && sameKey(given, known)) continue;
        // The parent's key itself was changed after it had been assigned.
        if (known === unset || !sameKey(given, oldValue(parentState, parentPosition)))
          throw disagreement(relationship, child, position);
      }
      const write = this.#updateOf(child, childState);
      if (write.kind === "delete") continue;
      if (known !== unset && parentWrite?.kind !== "insert") write.values[position] = known;
      else if (parentWrite !== undefined && !write.isToCome(position)) {
        write.addParent({ position, parent: parentWrite, parentPosition });
      }
    }
  }

  #followLinks(entity: object, state: State, relationship: Relationship): void {
    const list = state.relations?.[relationship.key];
    if (!(list instanceof RelatedList)) return;
    for (const target of addedIn(state, relationship)) {
      if (isNews("added", list, relationship, entity, target)) this.#link("link", relationship, entity, target);
    }
    for (const target of list.removed) {
      if (isNews("removed", list, relationship, entity, target)) this.#link("unlink", relationship, entity, target);
    }
  }

  #link(kind: LinkWrite["kind"], relationship: Relationship, owner: object, target: object): void {
    const { entities } = this.#doomed;
    if (entities.has(owner) || entities.has(target)) return;
    // A row that is new has no links that could be taken away.
    if (kind === "unlink" && (stateOf(owner).row === undefined || stateOf(target).row === undefined)) return;
    this.#links.add(
      kind,
      relationship,
      this.#endOf(owner, relationship.ownColumns),
      this.#endOf(target, relationship.targetColumns),
    );
  }

  #endOf(entity: object, positions: readonly number[]): LinkEnd {
    const { mapper, write } = stateOf(entity);
    const key = positions.map((position) => {
      const name = mapper.columns[position]?.key as string;
      return Object.hasOwn(entity, name) ? Reflect.get(entity, name) : unset;
    });
    return { entity, mapper, positions, key, write: write as RowWrite | undefined };
  }

  /** The parent goes and the child stays: its reference becomes null, if it may. */
  #release(entity: object, relationship: Relationship, from: object): void {
    const state = stateOf(entity);
    if (this.#doomed.entities.has(entity)) return;
    const [own, other] =
      relationship.side === "owner"
        ? [relationship.ownColumns, relationship.targetColumns]
        : [relationship.targetColumns, relationship.ownColumns];
    const write = state.row === undefined ? (state.write as RowWrite | undefined) : this.#updateOf(entity, state);
    if (write === undefined) return;
    own.forEach((position, i) => {
      const column = state.mapper.columns[position] as MappedColumn;
      if (!column.facts.nullable || state.mapper.key.includes(position)) return;
      const parentKey = stateOf(from).mapper.columns[other[i] as number]?.key as string;
      const held = Object.hasOwn(entity, column.key) ? Reflect.get(entity, column.key) : unset;
      const gone = Object.hasOwn(from, parentKey) ? Reflect.get(from, parentKey) : unset;
      if (held !== unset && !sameKey(held, gone)) return;
      write.values[position] = null;
      write.released = [...write.released, position];
    });
  }

  /** Links of what is deleted go before it, unless the database takes them away by itself. */
  #unlinkDeleted(): void {
    for (const write of this.#deletes) {
      for (const relationship of relationshipsOf(write.mapper).values()) {
        const { link, viewOnly, options } = relationship;
        if (link === undefined || viewOnly || options.passiveDeletes) continue;
        const own = link.own.map((key) => link.table.columnName(key));
        const foreignKey = link.table.node.foreignKeys.find(
          ({ columns }) => columns.length === own.length && columns.every((column) => own.includes(column)),
        );
        if (foreignKey?.onDelete === "cascade") continue;
        this.#links.unlinkAll({ kind: "unlink all", number: 0, link, of: write, positions: relationship.ownColumns });
      }
    }
  }
}

function classChanged({ name }: Mapper, { key }: MappedColumn): FlushError {
  return new FlushError(
    `${name}.${key} says of which class the object is, and was changed`,
    "An object stays of its class: delete it, and add one of the other class.",
  );
}

/** A list that is not loaded cannot tell a change from what is so already. The other side's can, if that is loaded. */
function isNews(
  change: "added" | "removed",
  list: RelatedList,
  { inverse }: Relationship,
  owner: object,
  target: object,
): boolean {
  if (list.isLoaded || inverse === undefined) return true;
  const other = stateOf(target).relations?.[inverse.key];
  return (
    !(other instanceof RelatedList) || !other.isLoaded || other[change].has(owner) || stateOf(target).row === undefined
  );
}

/** The net change of link rows: what both sides of a many-to-many say is one row. */
class LinkWrites {
  readonly #known = new Map<object, Map<object, Map<object, LinkWrite>>>();
  readonly #all: (LinkWrite | UnlinkAll)[] = [];
  readonly #emptied = new Map<object, Set<string>>();

  add(kind: LinkWrite["kind"], { link }: Relationship, own: LinkEnd, other: LinkEnd): void {
    if (link === undefined) return;
    const [owner, target, ownKeys, targetKeys] =
      link.own.join() <= link.target.join()
        ? ([own, other, link.own, link.target] as const)
        : ([other, own, link.target, link.own] as const);
    const byOwner = childOf(this.#known, link.table);
    const byTarget = childOf(byOwner, owner.entity);
    const known = byTarget.get(target.entity);
    if (known?.kind === kind) return;
    if (known !== undefined) {
      // Taken away on one side and added on the other: nothing changes.
      byTarget.delete(target.entity);
      this.#all.splice(this.#all.indexOf(known), 1);
      return;
    }
    const write: LinkWrite = { kind, number: 0, link: { ...link, own: ownKeys, target: targetKeys }, owner, target };
    byTarget.set(target.entity, write);
    this.#all.push(write);
  }

  unlinkAll(write: UnlinkAll): void {
    let emptied = this.#emptied.get(write.of);
    if (emptied === undefined) {
      emptied = new Set();
      this.#emptied.set(write.of, emptied);
    }
    const name = `${write.link.table.schema ?? ""}:${write.link.table.name}:${write.link.own.join()}`;
    if (emptied.has(name)) return;
    emptied.add(name);
    this.#all.push(write);
  }

  all(): readonly (LinkWrite | UnlinkAll)[] {
    return this.#all;
  }
}

function childOf<V>(maps: Map<object, Map<object, V>>, key: object): Map<object, V> {
  let map = maps.get(key);
  if (map === undefined) {
    map = new Map();
    maps.set(key, map);
  }
  return map;
}

function newWrite(kind: "update" | "delete", entity: object, state: State): RowWrite {
  const { columns } = state.mapper;
  const old = columns.map((_, position) => oldValue(state, position));
  return new RowWrite(kind, entity, state, new Array(columns.length).fill(unset), old);
}

const nothing: readonly never[] = [];

/** The insert of an object, or of a row of plain values. */
export function newInsert(entity: object, state: State, reader: InsertReader): RowWrite {
  const values = reader.read(entity);
  const shape = reader.shape();
  for (let i = 0; i < shape.fill.length; i++) {
    const { position, rule } = shape.fill[i] as InsertShape["fill"][number];
    values[position] = filledIn(rule, state.mapper.columns[position] as MappedColumn);
  }
  return new RowWrite("insert", entity, state, values, nothing, shape);
}

function filledIn(rule: Absent, { type }: MappedColumn): unknown {
  switch (rule.kind) {
    case "generate":
      return rule.generate();
    case "value":
      return typeof rule.value === "object" ? structuredClone(rule.value) : rule.value;
    case "version":
      return type.kind === "bigint" && type.as === "bigint" ? 1n : 1;
    default:
      return unset;
  }
}

function isUnset(entity: object, { mapper }: State, positions: readonly number[]): boolean {
  for (const position of positions) if (!Object.hasOwn(entity, mapper.columns[position]?.key as string)) return true;
  return false;
}

/** What the row held in a column, as a value. */
function oldValue(state: State, position: number): unknown {
  if (state.row === undefined) return unset;
  const value = snapshotAt(state, position);
  if (value === unread) return unset;
  const { compare } = state.mapper.columns[position] as MappedColumn;
  return compare === "date" && typeof value === "number" ? new Date(value) : value;
}

/** Columns without a value that nobody will fill in. */
export function checkComplete(write: RowWrite): void {
  if (write.mapper.parts.length > 1) checkRepeatedKey(write);
  const { nulls, required } = write.shape as InsertShape;
  if (nulls.length + required.length === 0) return;
  const { mapper, values } = write;
  for (const position of nulls) if (!write.isToCome(position) && values[position] === unset) values[position] = null;
  const missing = required.filter((position) => values[position] === unset && !write.isToCome(position));
  if (missing.length === 0) return;
  throw new FlushError(
    `a new ${mapper.name} has no value for ${[...new Set(missing.map((position) => nameOf(mapper, position)))].join(" and ")}`,
    "Give it before the flush, or give the column a default or make it nullable.",
  );
}

/** A column as people know it: by the relationship that stands for it, if there is one. */
function nameOf(mapper: Mapper, position: number): string {
  for (const relationship of relationshipsOf(mapper).values()) {
    if (relationship.side === "owner" && relationship.ownColumns.includes(position)) {
      return `${relationship.key} (${mapper.columns[position]?.key})`;
    }
  }
  const { key } = mapper.columns[position] as MappedColumn;
  return embeddedOf(mapper)?.with(key)?.name ?? key;
}

function isWritten({ values, parents }: RowWrite): boolean {
  return parents.length > 0 || values.some((value) => value !== unset);
}

/** What every update of the class writes besides. */
function finishUpdate(write: RowWrite): void {
  const { values, old, mapper } = write;
  if (mapper.parts.length > 1) followBaseKey(write);
  const { onUpdate, version } = writeFacts(mapper);
  for (const { position, generate } of onUpdate) if (values[position] === unset) values[position] = generate();
  if (version === undefined) return;
  const before = old[version];
  values[version] = typeof before === "bigint" ? before + 1n : (before as number) + 1;
}

/** The value of a column after the write, as what shows a change. */
export function valueAfter(write: RowWrite, position: number): unknown {
  const value = write.values[position];
  const { compare } = write.mapper.columns[position] as MappedColumn;
  return snapshotOf(value === unset ? write.old[position] : value, compare);
}

function disagreement(relationship: Relationship, entity: object, position: number): FlushError {
  const { mapper } = stateOf(entity);
  return new FlushError(
    `a ${mapper.name} has one value in ${mapper.columns[position]?.key} and another by ${relationship.owner.name}.${relationship.key}`,
    "Set the relationship or the column, not both.",
  );
}
