// Computed properties: expressions on the class, whose values come with the object unless they are deferred.
import { type ExprOf, isSource, NODE } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { remember } from "../instance/inverse.ts";
import { snapshotOf } from "../instance/snapshot-value.ts";
import { stateOf } from "../instance/state.ts";
import { hold } from "../instance/value-object.ts";
import { columnAt } from "./conditions.ts";
import { columnKeys, type Embedded, embeddedOf, makeValue } from "./embedded.ts";
import type { MappedColumn, Mapper } from "./mapper.ts";

/** Whether what a getter of the mapping gives is an expression. */
export function isComputed(declared: unknown): declared is ExprOf<unknown, unknown> {
  return typeof declared === "object" && declared !== null && NODE in declared && !isSource(declared);
}

/** Whether a class has a computed property of the name. */
export function isComputedName(mapper: Mapper, name: string): boolean {
  return mapper.relationNames.includes(name) && isComputed(mapper.declared(name));
}

const known = new WeakMap<Mapper, readonly string[]>();

/** The names of a class's computed properties that are loaded with its objects. */
export function computedNames(mapper: Mapper): readonly string[] {
  let names = known.get(mapper);
  if (names === undefined) {
    const deferred = new Set(mapper.options.deferred);
    names = mapper.relationNames.filter((name) => !deferred.has(name) && isComputed(mapper.declared(name)));
    known.set(mapper, names);
  }
  return names;
}

/** What a statement selects for an object: the object, and its computed properties beside it. */
export function entitySelection(mapper: Mapper): Record<string, unknown> {
  const selection: Record<string, unknown> = { entity: mapper.entity };
  for (const name of computedNames(mapper)) selection[label(name)] = mapper.declared(name);
  return selection;
}

/** The objects of rows that were selected so, with their computed properties put in. */
export function entitiesOf(mapper: Mapper, rows: readonly Record<string, unknown>[]): object[] {
  const names = computedNames(mapper);
  const entities: object[] = new Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as Record<string, unknown>;
    const entity = row.entity as object;
    for (const name of names) remember(entity, name, row[label(name)]);
    entities[i] = entity;
  }
  return entities;
}

/** What a statement selects for deferred columns and computed properties that are asked for after all. */
export function deferredSelection(mapper: Mapper, names: readonly string[]): Record<string, unknown> {
  const keys = names.flatMap((name) => columnKeys(mapper, name));
  return Object.fromEntries(
    keys.map((name) => [
      `deferred ${name}`,
      mapper.byKey.has(name) ? columnAt(mapper.column(name).key, mapper.source) : computedAt(mapper, name),
    ]),
  );
}

function computedAt(mapper: Mapper, name: string): unknown {
  const declared = mapper.relationNames.includes(name) ? mapper.declared(name) : undefined;
  if (!isComputed(declared))
    throw new MappingError(
      `${mapper.name} has no column or computed property "${name}"`,
      `Its columns are ${[...mapper.byKey.keys()].join(", ")}.`,
    );
  return declared;
}

/** Puts them into the objects. What was changed and not written yet is left alone. */
export function takeDeferred(
  mapper: Mapper,
  names: readonly string[],
  entities: readonly object[],
  rows: readonly Record<string, unknown>[],
): void {
  const values = embeddedOf(mapper);
  for (const name of names) {
    const value = values?.named(name);
    if (value !== undefined) {
      entities.forEach((entity, i) => {
        takeValue(mapper, value, entity, rows[i]);
      });
      continue;
    }
    const position = mapper.columns.findIndex(({ key }) => key === name);
    entities.forEach((entity, i) => {
      const value = rows[i]?.[`deferred ${name}`];
      if (position < 0) remember(entity, name, value);
      if (position < mapper.loadedCount) return;
      const state = stateOf(entity);
      if (Object.hasOwn(entity, name) && !state.deferred?.has(position)) return;
      Reflect.set(entity, name, value);
      state.deferred ??= new Map();
      state.deferred.set(position, snapshotOf(value, (mapper.columns[position] as MappedColumn).compare));
    });
  }
}

/** The same for a value object: with its columns. */
function takeValue(
  { columns, loadedCount }: Mapper,
  value: Embedded,
  entity: object,
  row: Record<string, unknown> | undefined,
): void {
  const state = stateOf(entity);
  if (value.parts.some(({ position }) => position < loadedCount)) return;
  if (Object.hasOwn(entity, value.name) && value.parts.some(({ position }) => !state.deferred?.has(position))) return;
  const read = (position: number): unknown => row?.[`deferred ${columns[position]?.key}`];
  state.deferred ??= new Map();
  hold(entity, value, makeValue(value.shape, read));
  for (const { position, column } of value.parts)
    state.deferred.set(position, snapshotOf(read(position), column.compare));
}

// No property of a mapping can be called so: the names stay apart from what else a statement selects.
function label(name: string): string {
  return `computed ${name}`;
}
