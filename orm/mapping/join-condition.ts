// Which columns a relationship goes by. Foreign keys decide: if exactly one fits, nothing more need be said.
import {
  type AnyTable,
  type ColumnFacts,
  type DeclaredTable,
  declaredTable,
  type ExprOf,
  type ForeignKeyNode,
  nodeOf,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { embeddedOf } from "./embedded.ts";
import { type MappedKey, type Mapper, type Recipe, repeatedBy } from "./mapper.ts";
import { mapperOf } from "./mapper-of.ts";
import { RelationshipDef, type RelationshipOptions } from "./relationships.ts";
import type { TablePart } from "./table-part.ts";

/** A relationship, worked out. */
export interface Relationship {
  readonly key: string;
  readonly kind: "many" | "one" | "optional";
  readonly owner: Mapper;
  readonly target: Mapper;
  readonly options: RelationshipOptions;
  /** `owner`: the owner's row refers to the target. `target`: the target's row refers to the owner. `link`: a table links both. `custom`: by a condition of the user's. */
  readonly side: "owner" | "target" | "link" | "custom";
  /** Positions of the columns on both sides that are equal; for `link`, of the columns that the link refers to. */
  readonly ownColumns: readonly number[];
  readonly targetColumns: readonly number[];
  readonly link: Link | undefined;
  readonly viewOnly: boolean;
  /** The relationship of the target that shows the same rows, if it has one. */
  readonly inverse: Relationship | undefined;
}

/** The table between two classes, and the properties of its columns that refer to each side. */
export interface Link {
  readonly source: AnyTable;
  readonly table: DeclaredTable;
  readonly own: readonly string[];
  readonly target: readonly string[];
}

// One by one, when first asked for: a computed property of the class may itself ask for a relationship of it.
const found = new WeakMap<Mapper, Map<string, Relationship | undefined>>();
const complete = new WeakMap<Mapper, ReadonlyMap<string, Relationship>>();

/** The relationships of a class, by name. */
export function relationshipsOf(mapper: Mapper): ReadonlyMap<string, Relationship> {
  let all = complete.get(mapper);
  if (all === undefined) {
    const pairs = mapper.relationNames.map((key) => [key, lookUp(mapper, key)] as const);
    all = new Map(pairs.filter((pair): pair is [string, Relationship] => pair[1] !== undefined));
    checkApart([...all.values()]);
    complete.set(mapper, all);
  }
  return all;
}

/** @throws {MappingError} if there is no such relationship */
export function relationshipOf(mapper: Mapper, key: string): Relationship {
  const relationship = lookUp(mapper, key);
  if (relationship === undefined)
    throw new MappingError(
      `${mapper.name} has no relationship "${key}"`,
      `It has ${mapper.relationNames.join(", ") || "none"}.`,
    );
  return relationship;
}

/**
 * A relationship as the base declares it whose columns and relationships the class repeats: what the rows of all its classes refer to is
 * read together.
 */
export function sharedRelationship(relationship: Relationship): Relationship {
  const { owner, side, key } = relationship;
  const base = owner.repeated;
  if (side !== "owner" || !base?.relationNames.includes(key) || !isSame(owner, base, key)) return relationship;
  return sharedRelationship(relationshipOf(base, key));
}

/** Two relationships that write the same columns would undo each other's changes. */
function checkApart(relationships: readonly Relationship[]): void {
  relationships.forEach((one, i) => {
    const twin = relationships.slice(i + 1).find((other) => writesSame(one, other));
    if (twin === undefined) return;
    throw new MappingError(
      `${one.owner.name}.${one.key} and ${twin.owner.name}.${twin.key} go by the same key in the same direction`,
      "Leave one out, or make it { viewOnly: true }.",
    );
  });
}

function writesSame(one: Relationship, other: Relationship): boolean {
  if (one.viewOnly || other.viewOnly || one.side !== other.side || one.target !== other.target) return false;
  if (one.side === "link")
    return one.link?.table === other.link?.table && same(one.link?.own ?? [], other.link?.own ?? []);
  return one.side === "owner" ? same(one.ownColumns, other.ownColumns) : same(one.targetColumns, other.targetColumns);
}

function lookUp(mapper: Mapper, key: string): Relationship | undefined {
  let known = found.get(mapper);
  if (known === undefined) {
    known = new Map();
    found.set(mapper, known);
  }
  if (!known.has(key)) {
    const { parent } = mapper;
    // What is inherited is the base's own: the same relationship, with the same inverse.
    if (parent?.relationNames.includes(key) && isSame(mapper, parent, key)) {
      known.set(key, lookUp(parent, key));
      return known.get(key);
    }
    const declared = mapper.relationNames.includes(key) ? mapper.declared(key) : undefined;
    known.set(key, declared instanceof RelationshipDef ? resolve(mapper, key, declared) : undefined);
  }
  return known.get(key);
}

/** Whether a class has a property of its mapping from the class it inherits from, and has not declared it again. */
function isSame({ recipe: own }: Mapper, { recipe: base }: Mapper, key: string): boolean {
  const getter = (recipe: Recipe): unknown => Object.getOwnPropertyDescriptor(recipe.relations, key)?.get;
  return getter(own) === getter(base);
}

function resolve(owner: Mapper, key: string, def: RelationshipDef): Relationship {
  if (def.target === undefined) {
    throw new MappingError(
      `the class that ${owner.name}.${key} refers to is not there yet`,
      "Give a getter: get posts() { return many(Post); }.",
    );
  }
  const target = mapperOf(def.target);
  const { options, kind } = def;
  const base = { key, kind, owner, target, options };
  if (options.on !== undefined) {
    return lazily({ ...base, side: "custom", ownColumns: [], targetColumns: [], link: undefined, viewOnly: true });
  }
  const viewOnly = options.viewOnly ?? false;
  if (options.through !== undefined) {
    const source =
      typeof options.through === "function" && !("table" in options.through)
        ? (options.through as () => AnyTable)()
        : (options.through as AnyTable);
    return lazily({ ...base, ...throughLink(owner, target, key, source, options), viewOnly });
  }
  const sides = byForeignKey(base);
  if (!viewOnly) checkOwnColumns(base, sides);
  return lazily({ ...base, ...sides, link: undefined, viewOnly });
}

/** An object is given its keys before its other values: a value object cannot be made of them alone. */
function checkOwnColumns({ key, owner, target }: Pick<Relationship, "key" | "owner" | "target">, sides: Sides): void {
  const [holder, positions] = sides.side === "owner" ? [owner, sides.ownColumns] : [target, sides.targetColumns];
  const values = embeddedOf(holder);
  const column = positions.map((position) => holder.columns[position]?.key as string).find((one) => values?.with(one));
  if (column === undefined) return;
  throw new MappingError(
    `${owner.name}.${key} goes by "${column}", which is part of the value object ${holder.name}.${values?.with(column)?.name}`,
    "Leave the key out of the value object, or make the relationship { viewOnly: true }.",
  );
}

type Resolved = Omit<Relationship, "inverse">;

function lazily(relationship: Resolved): Relationship {
  let inverse: Relationship | undefined | null = null;
  return Object.defineProperty(relationship as Relationship, "inverse", {
    get: () => {
      if (inverse === null) inverse = findInverse(relationship as Relationship);
      return inverse;
    },
  });
}

/** The relationship of the target over the same key in the other direction; `inverse` only chooses where there are several. */
function findInverse(of: Relationship): Relationship | undefined {
  if (of.side === "custom") return undefined;
  const wanted = of.options.inverse;
  const candidates = [...relationshipsOf(of.target).values()].filter((other) => isInverse(of, other));
  if (wanted !== undefined) {
    const found = candidates.find((other) => other.key === wanted);
    if (found === undefined) {
      throw new MappingError(
        `${of.owner.name}.${of.key} names "${String(wanted)}" of ${of.target.name} as its inverse, which does not go by the same key`,
        "Name one that does, or leave inverse out.",
      );
    }
    return found;
  }
  return candidates.length === 1 ? candidates[0] : undefined;
}

function isInverse(of: Relationship, other: Relationship): boolean {
  if (other === of || !standsFor(other.target, of.owner) || other.viewOnly || of.viewOnly) return false;
  if (of.side === "link") {
    return (
      other.side === "link" &&
      other.link?.table === of.link?.table &&
      same(other.link?.own ?? [], of.link?.target ?? []) &&
      same(other.link?.target ?? [], of.link?.own ?? [])
    );
  }
  const opposite = of.side === "owner" ? "target" : "owner";
  return (
    other.side === opposite && same(other.ownColumns, of.targetColumns) && same(other.targetColumns, of.ownColumns)
  );
}

/** Whether a class stands for the objects of another: it is that one, or that one repeats it in a whole table of its own. */
function standsFor(mapper: Mapper, other: Mapper): boolean {
  return mapper === other || repeatedBy(other.recipe).includes(mapper.recipe);
}

type Sides = Pick<Relationship, "side" | "ownColumns" | "targetColumns">;

function byForeignKey(base: Pick<Relationship, "key" | "kind" | "owner" | "target" | "options">): Sides {
  const { key, kind, owner, target, options } = base;
  const from = kind === "many" ? [] : fitting(owner, target, options);
  const to = kind === "one" ? [] : fitting(target, owner, options);
  // A one-to-one is told from a many-to-one by where the key is; to itself a class refers by its own.
  const candidates = from.length > 0 ? from : to;
  const side: Relationship["side"] = from.length > 0 ? "owner" : "target";
  const what = `${owner.name}.${key}`;
  if (candidates.length === 0) {
    const place =
      kind === "many"
        ? `"${target.table.name}" to "${owner.table.name}"`
        : `"${owner.table.name}" to "${target.table.name}"`;
    throw new MappingError(
      `${what} has no foreign key to go by: none leads from ${place}`,
      "Add .references(() => …) to the column, or give { on: (a, b) => … }.",
    );
  }
  if (candidates.length > 1) {
    const columns = candidates.map(({ key: { columns: names } }) => names.join(", ")).join('" and "');
    throw new MappingError(`${what} could go by "${columns}"`, "Say which: { key: table.column }.");
  }
  const { key: foreignKey, positions: keyPositions } = candidates[0] as MappedKey;
  const [holder, other] = side === "owner" ? [owner, target] : [target, owner];
  for (const [i, position] of keyPositions.entries()) checkMapped(holder, position, foreignKey.columns[i] as string);
  const otherPositions = referredPositions(other, foreignKey);
  if (kind === "one" && keyPositions.some((position) => holder.columns[position]?.facts.nullable)) {
    throw new MappingError(`${what} is one(), but its key may be null`, "Declare it as optional().");
  }
  return side === "owner"
    ? { side, ownColumns: keyPositions, targetColumns: otherPositions }
    : { side, ownColumns: otherPositions, targetColumns: keyPositions };
}

/** The foreign keys from one class to another, of those the options allow. */
function fitting(from: Mapper, to: Mapper, options: RelationshipOptions): readonly MappedKey[] {
  const wanted = options.key === undefined ? undefined : namesOf(options.key);
  const keys = from.foreignKeys.filter(
    ({ key }) => leadsTo(key, to) && (wanted === undefined || same([...key.columns].sort(), wanted)),
  );
  // Of a class with a table of its own, what refers to that table means the class rather than its base; so does what stands in it.
  const nearest = to.parts.length === 1 ? keys : preferred(keys, ({ key }) => refersTo(key, to.parts.at(-1)));
  return from.parts.length === 1 ? nearest : preferred(nearest, ({ key }) => isOf(key, from.parts.at(-1)));
}

function preferred(keys: readonly MappedKey[], isNear: (key: MappedKey) => boolean): readonly MappedKey[] {
  const near = keys.filter(isNear);
  return near.length > 0 ? near : keys;
}

function refersTo({ target }: ForeignKeyNode, part: TablePart | undefined): boolean {
  return target.table === part?.table.name && target.schema === part.table.schema;
}

function isOf(key: ForeignKeyNode, part: TablePart | undefined): boolean {
  return part?.table.node.foreignKeys.includes(key) ?? false;
}

function leadsTo(key: ForeignKeyNode, { parts }: Mapper): boolean {
  return parts.some((part) => refersTo(key, part));
}

function namesOf(key: NonNullable<RelationshipOptions["key"]>): readonly string[] {
  const columns = (Array.isArray(key) ? key : [key]) as readonly ExprOf<any, any>[];
  return columns
    .map((column) => {
      const node = nodeOf(column);
      if (node.kind !== "column")
        throw new MappingError(
          "the key of a relationship is a column, or a list of columns",
          "Give it so: { key: posts.authorId }.",
        );
      return node.name;
    })
    .sort();
}

function throughLink(
  owner: Mapper,
  target: Mapper,
  key: string,
  source: AnyTable,
  options: RelationshipOptions,
): Sides & { link: Link } {
  const table = declaredTable(source);
  const keys = table.node.foreignKeys;
  const towards = (mapper: Mapper): readonly ForeignKeyNode[] => keys.filter((one) => leadsTo(one, mapper));
  // A class linked to itself: the first key leads to the owner, unless the options name the column that does.
  const wanted = options.key === undefined ? undefined : namesOf(options.key);
  const own = towards(owner).find((one) => wanted === undefined || same([...one.columns].sort(), wanted));
  const other = towards(target).find((one) => one !== own);
  if (own === undefined || other === undefined) {
    throw new MappingError(
      `${owner.name}.${key} goes through "${table.name}", which has no foreign keys to both "${owner.table.name}" and "${target.table.name}"`,
      "Add .references(() => …) to its columns.",
    );
  }
  return {
    side: "link",
    ownColumns: referredPositions(owner, own),
    targetColumns: referredPositions(target, other),
    link: {
      source,
      table,
      own: own.columns.map((name) => propertyOf(table, name)),
      target: other.columns.map((name) => propertyOf(table, name)),
    },
  };
}

/** The positions of the columns that a foreign key refers to. */
function referredPositions(mapper: Mapper, { target }: ForeignKeyNode): readonly number[] {
  return target.columns.map((name) => {
    const position = mapper.positionOf({ name: target.table, schema: target.schema }, name);
    checkMapped(mapper, position, name);
    return position;
  });
}

function checkMapped(mapper: Mapper, position: number, name: string): void {
  if (position < 0)
    throw new MappingError(
      `${mapper.name} does not map the column "${name}"`,
      "A relationship goes by it: take it out of omit.",
    );
}

function propertyOf(table: DeclaredTable, name: string): string {
  for (const [key, facts] of table.columns as ReadonlyMap<string, ColumnFacts>)
    if ((facts.name ?? key) === name) return key;
  throw new MappingError(`"${table.name}" has no column "${name}"`, `It has ${[...table.columns.keys()].join(", ")}.`);
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}
