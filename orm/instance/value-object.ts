// Value objects on instances. The value is a property of the object; each of its columns is one too, which nobody sees: it reads the
// part and, set, makes a new value. So everything else finds columns where it finds those of any class.
import { FlushError } from "../errors.ts";
import { columnsOf, type EmbedOption } from "../mapping/embed-option.ts";
import { type Embedded, embeddedOf, makeValue, type ValuePart } from "../mapping/embedded.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { snapshotOf } from "./snapshot-value.ts";
import { stateOf } from "./state.ts";

/** Defines the accessors of value objects that have no value yet; `missing` says why. */
export function defineValues(
  prototype: object,
  embed: EmbedOption,
  missing: (entity: object, key: string) => Error,
): void {
  for (const [name, option] of Object.entries(embed)) {
    for (const key of [name, ...columnsOf(option)]) {
      Object.defineProperty(prototype, key, {
        get(this: object): never {
          throw missing(this, name);
        },
        set(this: object, value: unknown) {
          if (key === name) hold(this, embeddedOf(stateOf(this).mapper)?.named(name) as Embedded, value);
          else throw missing(this, name);
        },
        configurable: true,
      });
    }
  }
}

/** Puts a value into an object, with the properties for its columns. */
export function hold(entity: object, embedded: Embedded, value: unknown): void {
  const isThere = Object.hasOwn(entity, embedded.name);
  Object.defineProperty(entity, embedded.name, { value, writable: true, enumerable: true, configurable: true });
  if (!isThere) Object.defineProperties(entity, columnProperties(embedded));
}

/** Takes a value out of an object that is not known to have one. */
export function letGo(entity: object, { name, parts }: Embedded): void {
  Reflect.deleteProperty(entity, name);
  for (const { column } of parts) Reflect.deleteProperty(entity, column.key);
}

/** Puts into an object what the columns of a value hold, unless its value is made of the same. */
export function putColumns(entity: object, embedded: Embedded, at: (position: number) => unknown): void {
  if (Object.hasOwn(entity, embedded.name) && embedded.parts.every((part) => isSame(entity, part, at(part.position))))
    return;
  hold(entity, embedded, makeValue(embedded.shape, at));
}

/** The same for all values of an object whose columns have been read. */
export function putValues(
  entity: object,
  mapper: Mapper,
  at: (position: number) => unknown,
  isRead: (position: number) => boolean,
): void {
  for (const one of embeddedOf(mapper)?.all ?? [])
    if (one.parts.every(({ position }) => isRead(position))) putColumns(entity, one, at);
}

/** What a flush cannot write: a value that is not there, or lacks a part. @param isWritten by the column's position */
export function checkValues(entity: object, mapper: Mapper, isWritten: (position: number) => boolean): void {
  for (const { name, parts } of embeddedOf(mapper)?.all ?? []) {
    if (!Object.hasOwn(entity, name))
      if (stateOf(entity).row === undefined)
        // What an object of a row does not hold was not loaded, and is not written.
        throw new FlushError(`a new ${mapper.name} has no value for ${name}`, "Give it before the flush.");
      else continue;
    for (const part of parts) if (isWritten(part.position)) checkPart(entity, mapper, part);
  }
}

function checkPart(entity: object, { name }: Mapper, part: ValuePart): void {
  const value = readPart(entity, part);
  const path = `${name}.${part.path.join(".")}`;
  if (value === undefined)
    throw new FlushError(`${path} is undefined`, "Give it a value, or null where it may be null.");
  if (value !== null || !part.isRequired) return;
  const around = part.path
    .slice(0, -1)
    .reduce<unknown>((of, key) => (of === null ? null : Reflect.get(of as object, key)), entity);
  if (around === null) return;
  throw new FlushError(
    `${path} is null in a value that is there`,
    "Give it a value, make the whole null, or name it in optional: […] of its mapping.",
  );
}

const properties = new WeakMap<Embedded, PropertyDescriptorMap>();

/** The same functions for all objects: they then share their shape. */
function columnProperties(embedded: Embedded): PropertyDescriptorMap {
  let found = properties.get(embedded);
  if (found === undefined) {
    found = Object.fromEntries(embedded.parts.map((part) => [part.column.key, columnProperty(embedded, part)]));
    properties.set(embedded, found);
  }
  return found;
}

function columnProperty(embedded: Embedded, part: ValuePart): PropertyDescriptor {
  return {
    get(this: object) {
      return readPart(this, part);
    },
    set(this: object, value: unknown) {
      const now = new Map(embedded.parts.map((one) => [one.position, one === part ? value : readPart(this, one)]));
      hold(
        this,
        embedded,
        makeValue(embedded.shape, (position) => now.get(position)),
      );
    },
    enumerable: false,
    configurable: true,
  };
}

function readPart(entity: object, part: ValuePart): unknown {
  return partOf(Reflect.get(entity, part.path[0] as string), part);
}

/** A part of a value: null where a value on the way is. */
export function partOf(whole: unknown, { path }: ValuePart): unknown {
  let value = whole;
  for (let i = 1; i < path.length; i++) {
    const key = path[i] as string;
    if (typeof value !== "object" || value === null) return value;
    value = Reflect.get(value, key);
  }
  return value;
}

function isSame(entity: object, part: ValuePart, value: unknown): boolean {
  const { compare } = part.column;
  const [was, is] = [snapshotOf(readPart(entity, part), compare), snapshotOf(value, compare)];
  if (was instanceof Uint8Array && is instanceof Uint8Array) return Buffer.compare(was, is) === 0;
  return Object.is(was, is);
}
