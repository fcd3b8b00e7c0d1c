// New objects that gave the same columns are inserted alike. What is to be done for them is worked out once for each such shape, and
// what reads their values is generated for each class: both would cost more than the insert itself if done row by row.
import { canGenerate } from "../../core/index.ts";
import { FlushError } from "../errors.ts";
import { escaped } from "../instance/loader.ts";
import { embeddedOf } from "../mapping/embedded.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import { type Absent, writeFacts } from "./write-facts.ts";

/** What the objects of one class that gave the same columns have in common. */
export interface InsertShape {
  readonly mapper: Mapper;
  /** The columns that the objects did not give. */
  readonly absent: readonly number[];
  /** Which of them are filled in before anything is sent, and how. */
  readonly fill: readonly { readonly position: number; readonly rule: Absent }[];
  /** Which are null unless a parent's key goes there. */
  readonly nulls: readonly number[];
  /** Which must have a parent's key. */
  readonly required: readonly number[];
  /** Puts values into the columns that an object did not give. */
  readonly define: (entity: object, values: readonly unknown[]) => void;
}

/** Reads the values of new objects of a class. */
export interface InsertReader {
  /** The values by position, `unset` where the object has none. */
  read(entity: object): unknown[];
  /** The shape of the object that was read last. */
  shape(): InsertShape;
}

const readers = new WeakMap<Mapper, InsertReader>();

export function insertReader(mapper: Mapper, unset: symbol): InsertReader {
  let reader = readers.get(mapper);
  if (reader === undefined) {
    reader = makeReader(mapper, unset);
    readers.set(mapper, reader);
  }
  return reader;
}

function makeReader(mapper: Mapper, unset: symbol): InsertReader {
  const shapes = new Map<number | string, InsertShape>();
  let last: InsertShape | undefined;
  let lastMask: number | string | undefined;
  // More columns than a number has bits are told by a text.
  const wide = mapper.columns.length > 30;
  let mask: number | string = 0;
  const refuse = (position: number): never => {
    throw nullRefused(mapper, mapper.columns[position] as MappedColumn);
  };
  const generated = wide || !canGenerate() ? undefined : generate(mapper, unset, refuse);
  return {
    read(entity) {
      if (generated !== undefined) {
        const values = generated.read(entity);
        mask = generated.mask();
        return values;
      }
      let given = "";
      const values = mapper.columns.map(({ key, facts }, i) => {
        const has = Object.hasOwn(entity, key);
        given += has ? "1" : "0";
        const value = has ? (Reflect.get(entity, key) as unknown) : unset;
        return value === null && !facts.nullable ? refuse(i) : value;
      });
      mask = given;
      return values;
    },
    shape() {
      if (last !== undefined && mask === lastMask) return last;
      let shape = shapes.get(mask);
      if (shape === undefined) {
        const isGiven = (i: number): boolean => (typeof mask === "number" ? ((mask >> i) & 1) === 1 : mask[i] === "1");
        shape = makeShape(mapper, isGiven);
        shapes.set(mask, shape);
      }
      last = shape;
      lastMask = mask;
      return shape;
    },
  };
}

function generate(
  mapper: Mapper,
  unset: symbol,
  refuse: (position: number) => never,
): { read(entity: object): unknown[]; mask(): number } {
  const cells = mapper.columns.map(({ key, facts }, i) => {
    const name = `"${escaped(key)}"`;
    const value = facts.nullable ? `e[${name}]` : `(v = e[${name}]) === null ? refuse(${i}) : v`;
    return `hasOwn(e, ${name}) ? (m |= ${1 << i}, ${value}) : unset`;
  });
  return new Function(
    "hasOwn",
    "unset",
    "refuse",
    `"use strict"; let m = 0, v; return { read(e) { m = 0; return [${cells.join(", ")}]; }, mask() { return m; } };`,
  )(Object.hasOwn, unset, refuse) as { read(entity: object): unknown[]; mask(): number };
}

function makeShape(mapper: Mapper, isGiven: (position: number) => boolean): InsertShape {
  const rules = writeFacts(mapper).absent;
  const positions = mapper.columns.map((_, i) => i);
  for (const position of positions) {
    if (rules[position]?.kind === "computed" && isGiven(position))
      throw computedGiven(mapper, mapper.columns[position] as MappedColumn);
  }
  const absent = positions.filter((position) => !isGiven(position));
  const of = (...kinds: Absent["kind"][]): readonly number[] =>
    absent.filter((position) => kinds.includes((rules[position] as Absent).kind));
  return {
    mapper,
    absent,
    fill: of("generate", "value", "version").map((position) => ({ position, rule: rules[position] as Absent })),
    nulls: of("null"),
    required: of("required"),
    define: definer(mapper, absent),
  };
}

/** Defines properties on an object that has none of them yet; by the fields of a class, which is the fastest way there is. */
function definer(mapper: Mapper, positions: readonly number[]): InsertShape["define"] {
  const keys = positions.map((position) => (mapper.columns[position] as MappedColumn).key);
  const slowly: InsertShape["define"] = (entity, values) => {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i] as string;
      if (Object.hasOwn(entity, key)) continue;
      const value = values[positions[i] as number];
      Object.defineProperty(entity, key, { value, writable: true, enumerable: true, configurable: true });
    }
  };
  if (!canGenerate()) return slowly;
  const fields = keys.map((key, i) => `["${escaped(key)}"] = v[${positions[i]}];`);
  const isThere = keys.map((key) => `hasOwn(e, "${escaped(key)}")`).join(" || ") || "false";
  return new Function(
    "hasOwn",
    "slowly",
    `"use strict"; let v;
class Given { constructor(e) { return e; } }
class Filled extends Given { ${fields.join(" ")} }
return (e, values) => { if (${isThere}) return slowly(e, values); v = values; new Filled(e); };`,
  )(Object.hasOwn, slowly) as InsertShape["define"];
}

export function nullRefused(mapper: Mapper, { key }: MappedColumn): FlushError {
  const part = embeddedOf(mapper)
    ?.with(key)
    ?.parts.find(({ column }) => column.key === key);
  return new FlushError(
    `${mapper.name}.${part?.path.join(".") ?? key} is null, and its column is not nullable`,
    "Give it a value, delete the object, or declare the column nullable().",
  );
}

export function computedGiven(mapper: Mapper, { key }: MappedColumn): FlushError {
  return new FlushError(
    `${mapper.name}.${key} is computed by the database and was given a value`,
    "Leave it alone; what it is computed from can be changed.",
  );
}
