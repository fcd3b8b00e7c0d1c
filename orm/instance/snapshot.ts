// The difference between an object and the row it came from.
import { canGenerate } from "../../core/index.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import { escaped, loadedPositions } from "./loader.ts";
import { snapshotOf } from "./snapshot-value.ts";
import { type SnapshotRow, type State, stateOf } from "./state.ts";

/** Stands in a snapshot for a column that was not read. */
export const unread: unique symbol = Symbol("athanor.unread");

export type Changed = (entity: object, row: SnapshotRow, at: number, state: State) => boolean;
const tests = new WeakMap<Mapper, Changed>();

/** Whether a persistent object differs from its row. */
export function isChanged(entity: object, state: State = stateOf(entity)): boolean {
  return changeTest(state.mapper)(entity, state.row as SnapshotRow, state.at, state);
}

/** What tells whether objects of a class differ from their rows. */
export function changeTest(mapper: Mapper): Changed {
  let test = tests.get(mapper);
  if (test === undefined) {
    test = makeTest(mapper);
    tests.set(mapper, test);
  }
  return test;
}

/** The positions of the columns in which a persistent object differs from its row. */
export function changedPositions(entity: object, state: State = stateOf(entity)): readonly number[] {
  const { mapper } = state;
  const changed: number[] = [];
  mapper.columns.forEach((column, i) => {
    if (Object.hasOwn(entity, column.key) && differs(Reflect.get(entity, column.key), snapshotAt(state, i), column)) {
      changed.push(i);
    }
  });
  return changed;
}

/** What the row holds in a column, as what shows a change; `unread` for a deferred column that was not loaded. */
export function snapshotAt({ mapper, row, at, deferred }: State, position: number): unknown {
  if (position < mapper.loadedCount) return (row as SnapshotRow)[at + position];
  return deferred?.has(position) ? deferred.get(position) : unread;
}

function differs(value: unknown, was: unknown, column: MappedColumn): boolean {
  const is = snapshotOf(value, column.compare);
  if (column.compare === "bytes" && is instanceof Uint8Array && was instanceof Uint8Array)
    return Buffer.compare(is, was) !== 0;
  return !Object.is(is, was);
}

/** Columns whose values are compared as they are: one expression for all, and a closer look only at the others. */
function makeTest(mapper: Mapper): Changed {
  const loaded = loadedPositions(mapper);
  const references = new Set(mapper.foreignKeys.flatMap(({ positions }) => positions));
  const simple = loaded.filter((i) => mapper.columns[i]?.compare === "value" && !references.has(i));
  const others = mapper.columns.map((_, i) => i).filter((i) => !simple.includes(i));
  const closer = (entity: object, state: State): boolean =>
    others.some((i) => {
      const column = mapper.columns[i] as MappedColumn;
      // A foreign key is taken away where the object it stands for has no key yet: reading it would throw.
      if (!Object.hasOwn(entity, column.key)) return false;
      return differs(Reflect.get(entity, column.key), snapshotAt(state, i), column);
    });
  const keys = simple.map((i) => [i, mapper.columns[i]?.key as string] as const);
  const quick = canGenerate() ? generated(keys) : composed(keys);
  if (others.length === 0) return quick;
  return (entity, row, at, state) => quick(entity, row, at, state) || closer(entity, state);
}

type KeysAt = readonly (readonly [position: number, key: string])[];

function generated(keys: KeysAt): Changed {
  const code = keys.map(([i, key]) => `e["${escaped(key)}"] !== r[a + ${i}]`).join(" || ");
  return new Function("e", "r", "a", `return ${code || "false"};`) as Changed;
}

function composed(keys: KeysAt): Changed {
  return (entity, row, at) => keys.some(([i, key]) => Reflect.get(entity, key) !== row[at + i]);
}
