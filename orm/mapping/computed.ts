// Computed properties: expressions on the class, whose values come with the object unless they are deferred.
import { type ExprOf, isSource, NODE } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { remember } from "../instance/inverse.ts";
import { snapshotOf } from "../instance/snapshot-value.ts";
import { stateOf } from "../instance/state.ts";
import { hold } from "../instance/value-object.ts";
import { columnAt } from "./column-at.ts";
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
