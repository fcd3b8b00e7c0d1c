// Value objects over several columns, worked out: which columns they are made of, and how. What a mapping says comes in.
import { DecodeError } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { type EmbeddingOption, type EmbedOption, partsOf } from "./embed-option.ts";
import type { MappedColumn, Mapper } from "./mapper.ts";

/** A value object of a class, or one inside it. */
export interface ValueShape {
  readonly kind: "value";
  /** How to get there from the object. */
  readonly path: readonly string[];
  readonly class: (new (parts: object) => object) | undefined;
  readonly isNullable: boolean;
  readonly parts: ReadonlyMap<string, ValueShape | ValuePart>;
}
/** A part that is a column. */
export interface ValuePart {
  readonly kind: "part";
  readonly path: readonly string[];
  readonly column: MappedColumn;
  readonly position: number;
  /** Whether it is never null in a value, though its column may be. */
  readonly isRequired: boolean;
}

/** A value object of a class. */
export interface Embedded {
  readonly name: string;
  readonly shape: ValueShape;
  readonly parts: readonly ValuePart[];
}

/** The value objects of a class. */
export class EmbeddedValues {
  readonly all: readonly Embedded[];
  readonly #byName: ReadonlyMap<string, Embedded>;
  readonly #byColumn: ReadonlyMap<string, Embedded>;

  constructor(mapper: Mapper, option: EmbedOption) {
    this.all = Object.entries(option).map(([name, one]) => embedded(mapper, name, one));
    this.#byName = new Map(this.all.map((one) => [one.name, one]));
    const byColumn = new Map<string, Embedded>();
    for (const one of this.all) {
      if (mapper.byKey.has(one.name))
        throw new MappingError(
          `${mapper.name} has a column "${one.name}" and a value object of the same name`,
          "Give one of them another name; the column's name in the database is its argument.",
        );
      for (const { column } of one.parts) {
        if (byColumn.has(column.key))
          throw new MappingError(
            `the column "${column.key}" of ${mapper.name} is part of two value objects`,
            "Leave it out of one of them.",
          );
        byColumn.set(column.key, one);
      }
    }
    this.#byColumn = byColumn;
  }

  named(name: string): Embedded | undefined {
    return this.#byName.get(name);
  }

  /** The value object that a column is part of. */
  with(column: string): Embedded | undefined {
    return this.#byColumn.get(column);
  }
}

const known = new WeakMap<Mapper, EmbeddedValues>();

/** The value objects of a class, if it has any. @throws {MappingError} if they are declared in a way that cannot work */
export function embeddedOf(mapper: Mapper): EmbeddedValues | undefined {
  const { embed } = mapper.options;
  if (embed === undefined) return undefined;
  let found = known.get(mapper);
  if (found === undefined) {
    found = new EmbeddedValues(mapper, embed);
    known.set(mapper, found);
  }
  return found;
}

/** The columns for a name: those of a value object, or the column itself. */
export function columnKeys(mapper: Mapper, name: string): readonly string[] {
  return (
    embeddedOf(mapper)
      ?.named(name)
      ?.parts.map(({ column }) => column.key) ?? [name]
  );
}

/** The value made of what its columns hold. @throws {DecodeError} if a part is null that a value must have */
export function makeValue(shape: ValueShape, at: (position: number) => unknown): object | null {
  if (shape.isNullable && isEmpty(shape, at)) return null;
  const parts: Record<string, unknown> = {};
  for (const [name, part] of shape.parts) {
    const value = part.kind === "value" ? makeValue(part, at) : at(part.position);
    if (value === null && part.kind === "part" && part.isRequired) throw incomplete(part);
    Object.defineProperty(parts, name, { value, writable: true, enumerable: true, configurable: true });
  }
  return shape.class === undefined ? parts : new shape.class(parts);
}

/** The columns of a value, also of those inside it. */
export function partsIn({ parts }: ValueShape): readonly ValuePart[] {
  return [...parts.values()].flatMap((part) => (part.kind === "value" ? partsIn(part) : [part]));
}

/** What a path leads to from a class: a column, by way of value objects. */
export function columnBy(mapper: Mapper, [name, ...rest]: readonly string[]): MappedColumn | undefined {
  const values = embeddedOf(mapper);
  if (rest.length === 0)
    return values?.with(name as string) === undefined ? mapper.byKey.get(name as string) : undefined;
  let at: ValueShape | ValuePart | undefined = values?.named(name as string)?.shape;
  for (const key of rest) at = at?.kind === "value" ? at.parts.get(key) : undefined;
  return at?.kind === "part" ? at.column : undefined;
}

function isEmpty({ parts }: ValueShape, at: (position: number) => unknown): boolean {
  for (const part of parts.values()) {
    if (part.kind === "value" ? !isEmpty(part, at) : at(part.position) !== null) return false;
  }
  return true;
}

function incomplete({ path, column }: ValuePart): DecodeError {
  return new DecodeError(
    `column "${column.name}" is null, where ${path.join(".")} is part of a value that is there`,
    `If it may be, say so: { nullable: true, optional: ["${path.at(-1)}"] }.`,
  );
}

function embedded(mapper: Mapper, name: string, option: EmbeddingOption): Embedded {
  const parts: ValuePart[] = [];
  const shape = shapeOf(mapper, [name], option, false, parts);
  return { name, shape, parts };
}

function shapeOf(
  mapper: Mapper,
  path: readonly string[],
  option: EmbeddingOption,
  inNullable: boolean,
  all: ValuePart[],
): ValueShape {
  const isNullable = option.nullable ?? false;
  const inside = inNullable || isNullable;
  const parts = new Map<string, ValueShape | ValuePart>();
  for (const [name, of] of partsOf(option)) {
    const at = [...path, name];
    if (typeof of !== "string") {
      parts.set(name, shapeOf(mapper, at, of, inside, all));
      continue;
    }
    const column = mapper.column(of);
    checkColumn(mapper, at, column, inside);
    const isRequired = inside && !(option.optional?.includes(name) ?? false);
    const part: ValuePart = { kind: "part", path: at, column, position: mapper.columns.indexOf(column), isRequired };
    parts.set(name, part);
    all.push(part);
  }
  return { kind: "value", path, class: option.class, isNullable, parts };
}

function checkColumn(mapper: Mapper, path: readonly string[], column: MappedColumn, inNullable: boolean): void {
  const what = `${mapper.name}.${path.join(".")}`;
  const { key, facts } = column;
  const outside = "Leave its column out of the value object.";
  if (mapper.key.some((position) => mapper.columns[position] === column))
    throw new MappingError(`${what} is part of the primary key, which is no part of a value object`, outside);
  if (column === mapper.version || key === mapper.options.identity?.column)
    throw new MappingError(`${what} is kept by the session, and can be no part of a value object`, outside);
  if (facts.computed !== undefined || (facts.onUpdate !== undefined && "node" in facts.onUpdate))
    throw new MappingError(`${what} is written by the database, and can be no part of a value object`, outside);
  if (inNullable && !facts.nullable)
    throw new MappingError(
      `${what} is part of a value object that may be null, and its column may not`,
      `Declare "${key}" nullable(): it is null where the value is.`,
    );
}
