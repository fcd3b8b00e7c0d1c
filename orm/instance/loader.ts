// Makes objects of rows. A class is generated whose fields are the columns: defining them so costs a tenth of assigning them
// through the prototype's accessors. The object is constructed by way of the user's class's own constructors, so that the user's
// fields and #private exist. The row stays as the snapshot that changes are found by.
import { canGenerate } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { embeddedOf, makeValue } from "../mapping/embedded.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { snapshotOf } from "./snapshot-value.ts";
import { type SnapshotRow, type State, Stateful } from "./state.ts";
import { hold } from "./value-object.ts";

/** What a constructor of a mapped class is given instead of values when a row is loaded. */
export class LoadToken {
  #loader: Loader | undefined;
  #made: object | undefined;

  /** Runs the class's constructors around an object of the loader's making. */
  construct(entity: new (token: LoadToken) => object, loader: Loader): object {
    const outerLoader = this.#loader;
    const outerMade = this.#made;
    this.#loader = loader;
    this.#made = undefined;
    const object = new entity(this);
    const made = this.#made;
    // Restored, since a field of the user's class may itself load or construct.
    this.#loader = outerLoader;
    this.#made = outerMade;
    if (object !== made) {
      throw new MappingError(
        `the constructor of ${entity.name} does not pass its argument on`,
        "Write constructor(init) { super(init); … }, or leave the constructor out.",
      );
    }
    return object;
  }

  /** What the root constructor gives. */
  make(): object {
    const loader = this.#loader as Loader;
    this.#loader = undefined;
    this.#made = loader.make();
    return this.#made;
  }
}

export const loadToken: LoadToken = new LoadToken();

/** Makes objects of one class. */
export interface Loader {
  /** An object of the row whose columns stand from `at` on. */
  load(row: SnapshotRow, at: number, state: State): object;
  /** The object that the constructors are run around. */
  make(): object;
}

/** The columns that are read with the object. */
export function loadedPositions(mapper: Mapper): readonly number[] {
  return Array.from({ length: mapper.loadedCount }, (_, i) => i);
}

/** Those of them that are properties of their own, and no parts of a value object. */
function fieldPositions(mapper: Mapper): readonly number[] {
  const embedded = embeddedOf(mapper);
  const positions = loadedPositions(mapper);
  if (embedded === undefined) return positions;
  return positions.filter((i) => embedded.with(mapper.columns[i]?.key as string) === undefined);
}

const loaders = new WeakMap<Mapper, Loader>();

/** The loader of a class. */
export function loaderOf(mapper: Mapper): Loader {
  let loader = loaders.get(mapper);
  if (loader === undefined) {
    loader = makeLoader(mapper);
    loaders.set(mapper, loader);
  }
  return loader;
}

function makeLoader(mapper: Mapper): Loader {
  const entity = mapper.entity as new (token: LoadToken) => object;
  const onLoad = typeof (entity.prototype as { onLoad?: unknown }).onLoad === "function";
  const columns = canGenerate() ? generated(mapper, entity.prototype) : composed(mapper, entity.prototype);
  const build = mapper.options.embed === undefined ? columns : withValues(mapper, columns);
  let checked = false;
  const loader: Loader = {
    load(row, at, state) {
      build.set(row, at, state);
      state.row = row;
      state.at = at;
      state.status = "persistent";
      const object = loadToken.construct(entity, loader);
      if (!checked) {
        checkFields(mapper, object, state);
        checked = true;
      }
      if (onLoad) (object as { onLoad(): void }).onLoad();
      return object;
    },
    make: build.make,
  };
  return loader;
}

/** A field that the class declares again would stand over the value that was loaded, and erase it in each object. */
function checkFields(mapper: Mapper, object: object, { row, at }: State): void {
  for (const i of loadedPositions(mapper)) {
    const { key: column } = mapper.columns[i] as Mapper["columns"][number];
    const key = embeddedOf(mapper)?.with(column)?.name ?? column;
    if (Reflect.get(object, key) === undefined && (row as SnapshotRow)[at + i] !== undefined) {
      throw new MappingError(
        `${mapper.name} declares the field "${key}" again, which erases the value of the column`,
        `Leave the field out: ${mapper.name} has it from its mapping. To narrow its type, write declare ${key}: ….`,
      );
    }
  }
}

interface Build {
  set(row: SnapshotRow, at: number, state: State): void;
  make(): object;
}

function generated(mapper: Mapper, prototype: object): Build {
  const fields = fieldPositions(mapper).map((i) => {
    const { key, compare } = mapper.columns[i] as Mapper["columns"][number];
    return `["${escaped(key)}"] = ${valueCode(`R[A + ${i}]`, compare)};`;
  });
  const source = `"use strict";
let R, A, S, v;
${emptyObjectCode(mapper.name, fields.length)}
class Loaded extends Stateful { constructor() { super(new Empty(false), S); } ${fields.join(" ")} }
return {
  set(row, at, state) { R = row; A = at; S = state; },
  make() { return new Loaded(); },
};`;
  return new Function("Stateful", "prototype", source)(Stateful, prototype) as Build;
}

/**
 * Code of a constructor `Empty` for objects that fields are then put into. They have the prototype at once, and come from `new`:
 * Reflect.construct for another class takes three times as long, and changing the prototype afterwards ten times. What is never
 * assigned tells the engine how many properties there will be, so that they lie in the object itself.
 *
 * @param name the class's, which debuggers and stack traces then show
 */
export function emptyObjectCode(name: string, fields: number): string {
  const room = Array.from({ length: fields + 1 }, (_, i) => `this.f${i} = `).join("");
  // No reserved word begins with a capital.
  const shown = /^[A-Z]\w*$/.test(name) ? name : "Entity";
  return `const Empty = (() => function ${shown}(never) { if (never) ${room}0; })();
Empty.prototype = prototype;`;
}

/** The value, leaving in the row what shows a change made in place. */
function valueCode(cell: string, compare: Mapper["columns"][number]["compare"]): string {
  switch (compare) {
    case "value":
      return cell;
    case "date":
      return `(v = ${cell}, v === null ? null : (${cell} = v.getTime(), v))`;
    case "document":
      return `(v = ${cell}, typeof v === "object" && v !== null ? (${cell} = JSON.stringify(v), v) : v)`;
    case "bytes":
      return `(v = ${cell}, v === null ? null : (${cell} = v.slice(), v))`;
  }
}

function composed(mapper: Mapper, prototype: object): Build {
  let row: SnapshotRow;
  let at: number;
  let state: State;
  const positions = fieldPositions(mapper);
  return {
    set(nextRow, nextAt, nextState) {
      row = nextRow;
      at = nextAt;
      state = nextState;
    },
    make() {
      const object = new Stateful(Object.create(prototype), state);
      for (const i of positions) {
        const { key, compare } = mapper.columns[i] as Mapper["columns"][number];
        const value = row[at + i];
        row[at + i] = snapshotOf(value, compare);
        Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
      }
      return object;
    },
  };
}

/** Puts the value objects of a class into what is made of its other columns. */
function withValues(mapper: Mapper, columns: Build): Build {
  const values = (embeddedOf(mapper)?.all ?? []).filter(({ parts }) =>
    parts.every(({ position }) => position < mapper.loadedCount),
  );
  let row: SnapshotRow;
  let at: number;
  return {
    set(nextRow, nextAt, state) {
      row = nextRow;
      at = nextAt;
      columns.set(nextRow, nextAt, state);
    },
    make() {
      const object = columns.make();
      const [from, start] = [row, at];
      for (const one of values) {
        const value = makeValue(one.shape, (i) => from[start + i]);
        for (const { position, column } of one.parts)
          from[start + position] = snapshotOf(from[start + position], column.compare);
        hold(object, one, value);
      }
      return object;
    },
  };
}

/** A key between the quotes of generated code. */
export function escaped(key: string): string {
  return JSON.stringify(key).slice(1, -1).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}
