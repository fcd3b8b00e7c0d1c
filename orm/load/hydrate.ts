// Rows → objects of a session: the one that stands for the row already, or a new one.
import { type AnyTable, factsOf } from "../../core/index.ts";
import type { IdentityMap } from "../instance/identity-map.ts";
import { type Loader, loadedPositions, loaderOf } from "../instance/loader.ts";
import { isChanged } from "../instance/snapshot.ts";
import { snapshotOf } from "../instance/snapshot-value.ts";
import { type Owner, type SnapshotRow, State, stateOf } from "../instance/state.ts";
import { putValues } from "../instance/value-object.ts";
import { branchClass, classOf } from "../mapping/class-of.ts";
import { type ComputedField, computedFields, putComputed } from "../mapping/computed-fields.ts";
import { embeddedOf } from "../mapping/embedded.ts";
import type { Mapper, Recipe } from "../mapping/mapper.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import { layoutOf, picked, placesOf } from "../mapping/row-layout.ts";
import { branchesOf, isUnion } from "../mapping/union-rows.ts";

/** What hydration needs of a session. */
export interface HydrationPlace extends Owner {
  readonly identities: IdentityMap;
  /** Grows with each of the session's transactions. */
  readonly epoch: number;
  /** Where objects that are made are noted, if somebody wants to know. */
  readonly newcomers: object[] | undefined;
  /** Whether an object is to be deleted: a decision made about the row it came from. */
  isDoomed(entity: object): boolean;
}

export type BuildEntity = (row: unknown[], at: number) => object;

/** Who builds the objects of a statement's rows; the objects of one class in one result are siblings. */
export function buildFor(place: HydrationPlace): (entity: unknown) => BuildEntity | undefined {
  return (entity) => builderOf(mapperOf(entity), place);
}

/** Builds the objects of a class, and of those that inherit from it, out of decoded rows. */
export function builderOf(mapper: Mapper, place: HydrationPlace): BuildEntity {
  const batch: object[] = [];
  return isUnion(mapper) ? unionBuilder(mapper, place, batch) : tableBuilder(mapper, place, batch);
}

/** The same, of rows that come from the whole tables of several classes: keys of different tables have nothing to do with each other. */
function unionBuilder(mapper: Mapper, place: HydrationPlace, batch: object[]): BuildEntity {
  const layout = layoutOf(mapper);
  const branches = branchesOf(mapper);
  const classAt = layout.columns.length - 1;
  const builders: BuildEntity[] = [];
  const builderAt = (i: number): BuildEntity => {
    const own = branchClass(mapper, branches[i] as Recipe);
    const build = tableBuilder(own, place, batch);
    const places = placesOf(layout, own);
    return places === undefined ? build : (row, at) => build(picked(row, at, places), 0);
  };
  return (row, at) => {
    const i = row[at + classAt] as number;
    builders[i] ??= builderAt(i);
    return builders[i](row, at);
  };
}

function tableBuilder(mapper: Mapper, place: HydrationPlace, batch: object[]): BuildEntity {
  const known = place.identities.of(mapper);
  const classes = new RowClasses(mapper);
  const single = mapper.key.length === 1 ? (mapper.key[0] as number) : undefined;
  return (row, at) => {
    const value = single === undefined ? undefined : row[at + single];
    const identity = typeof value === "number" || typeof value === "string" ? value : mapper.identity(row, at);
    const found = known.get(identity);
    if (found !== undefined) {
      meetAgain(found, row, at, place, batch, classes);
      return found;
    }
    const own = classes.of(row, at);
    const state = new State(own.mapper);
    state.owner = place;
    state.epoch = place.epoch;
    state.born = place.epoch;
    state.batch = batch;
    const entity =
      own.places === undefined
        ? own.loader.load(row, at, state)
        : own.loader.load(picked(row, at, own.places), 0, state);
    known.set(identity, entity);
    batch.push(entity);
    place.newcomers?.push(entity);
    return entity;
  };
}

/** Who makes the objects of a class out of rows that are read as another one's, from which it may inherit. */
interface RowClass {
  readonly mapper: Mapper;
  readonly loader: Loader;
  /** Where its columns stand, if not as it has them. */
  readonly places: readonly number[] | undefined;
}

/** Who makes the objects of rows, which may be of several classes. */
class RowClasses {
  readonly #asked: RowClass;
  readonly #discriminator: number | undefined;
  #last: RowClass;
  #lastValue: unknown;

  constructor(mapper: Mapper) {
    this.#asked = { mapper, loader: loaderOf(mapper), places: undefined };
    this.#discriminator = mapper.discriminator;
    this.#last = this.#asked;
    this.#lastValue = mapper.options.identity?.value;
  }

  of(row: readonly unknown[], at: number): RowClass {
    if (this.#discriminator === undefined) return this.#asked;
    const value = row[at + this.#discriminator];
    // Most rows are of the class of the row before.
    if (value === this.#lastValue) return this.#last;
    const mapper = classOf(this.#asked.mapper, value);
    this.#last = { mapper, loader: loaderOf(mapper), places: this.placesOf(mapper) };
    this.#lastValue = value;
    return this.#last;
  }

  placesOf(mapper: Mapper): readonly number[] | undefined {
    return mapper === this.#asked.mapper ? undefined : placesOf(layoutOf(this.#asked.mapper), mapper);
  }
}

/** Makes objects of rows that `entitySelection` selected and that are given as arrays: its columns first, then what is computed. */
export function readerOf(mapper: Mapper, place: HydrationPlace): BuildEntity {
  const build = builderOf(mapper, place);
  const fields = computedFields(mapper);
  if (fields.length === 0) return build;
  const width = factsOf(mapper.entity as unknown as AnyTable).columns.length;
  return (row, at) => {
    const entity = build(row, at);
    for (let i = 0; i < fields.length; i++) putComputed(entity, fields[i] as ComputedField, row[at + width + i]);
    return entity;
  };
}

/** A row of an object that the session has: news if it is of a later transaction and nobody has changed or deleted the object. */
function meetAgain(
  entity: object,
  row: SnapshotRow,
  at: number,
  place: HydrationPlace,
  batch: object[],
  classes: RowClasses,
): void {
  const state = stateOf(entity);
  if (state.batch !== batch) {
    state.batch = batch;
    batch.push(entity);
  }
  if (state.epoch === place.epoch || state.status !== "persistent") return;
  if (state.changed !== undefined || isChanged(entity, state) || lacksKey(entity, state)) return;
  if (place.isDoomed(entity)) return;
  const places = classes.placesOf(state.mapper);
  if (places === undefined) overwrite(entity, state, row, at);
  else overwrite(entity, state, picked(row, at, places), 0);
  state.epoch = place.epoch;
}

/** Whether a foreign key was taken away, since the object that it stands for has no key yet. */
function lacksKey(entity: object, { mapper }: State): boolean {
  for (let i = 0; i < mapper.loadedCount; i++) {
    const column = mapper.columns[i] as Mapper["columns"][number];
    if (column.facts.references !== undefined && !Object.hasOwn(entity, column.key)) return true;
  }
  return false;
}

/** Puts the values of a row into an object, whatever it held. */
export function overwrite(entity: object, state: State, row: SnapshotRow, at: number): void {
  const { mapper } = state;
  const values = embeddedOf(mapper);
  state.owner?.keep(entity, state);
  if (values !== undefined)
    putValues(
      entity,
      mapper,
      (i) => row[at + i],
      (i) => i < mapper.loadedCount,
    );
  for (const i of loadedPositions(mapper)) {
    const { key, compare } = mapper.columns[i] as Mapper["columns"][number];
    const value = row[at + i];
    if (values?.with(key) === undefined) Reflect.set(entity, key, value);
    row[at + i] = snapshotOf(value, compare);
  }
  state.row = row;
  state.at = at;
}

/** Puts some values of an object's row into it, by property, whatever it held. */
export function overwriteColumns(entity: object, state: State, values: Readonly<Record<string, unknown>>): void {
  const { columns } = state.mapper;
  const embedded = embeddedOf(state.mapper);
  const keyAt = (position: number): string => (columns[position] as Mapper["columns"][number]).key;
  putValues(
    entity,
    state.mapper,
    (i) => values[keyAt(i)],
    (i) => Object.hasOwn(values, keyAt(i)),
  );
  columns.forEach(({ key, compare }, position) => {
    if (!Object.hasOwn(values, key)) return;
    const value = values[key];
    if (embedded?.with(key) === undefined) Reflect.set(entity, key, value);
    const snapshot = snapshotOf(value, compare);
    if (position < state.mapper.loadedCount) (state.row as SnapshotRow)[state.at + position] = snapshot;
    else {
      state.deferred ??= new Map();
      state.deferred.set(position, snapshot);
    }
  });
}
