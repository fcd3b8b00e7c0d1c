// `mapped(table, relations, options)`: the class that a user's class extends.
import {
  type AnyTable,
  type Cond,
  factsOf,
  META,
  ParameterError,
  type RowOf,
  type SourceFacts,
  type TableMeta,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { defineColumns, defineRelations, missingValue } from "../instance/accessors.ts";
import { loadToken } from "../instance/loader.ts";
import { type NewShape, newShape } from "../instance/new-object.ts";
import { inspected, toJSON } from "../instance/show.ts";
import { Given, State } from "../instance/state.ts";
import { defineValues, hold } from "../instance/value-object.ts";
import { isAbstract } from "./abstract-table.ts";
import { columnAt } from "./column-at.ts";
import { isComputed } from "./computed.ts";
import { type EmbeddingOption, type EmbedOption, partsOf } from "./embed-option.ts";
import { embeddedOf } from "./embedded.ts";
import type { Embeddings, Fitting, ValueOf } from "./embedding.ts";
import { relationshipsOf } from "./join-condition.ts";
import { type AnyClass, type Mapper, type MappingOptions, ownColumns, RECIPE, type Recipe } from "./mapper.ts";
import { mapperOf } from "./mapper-of.ts";
import { RelationAttribute } from "./relation-attribute.ts";
import { objectRowsOf } from "./row-filter.ts";
import { layoutOf } from "./row-layout.ts";
import type { Mapped, MappedWith, Without } from "./types.ts";
import { validate } from "./validate.ts";
import { addFilterNames } from "./without.ts";

/** What only some classes say of their mapping, as plain literals. */
export interface Mapping<C, R = unknown, V = {}> {
  /** A number that every update raises: an update of a row that somebody else has changed is then a `StaleDataError`. */
  readonly version?: keyof C & string;
  /** Columns, value objects and computed properties that are loaded on request only. */
  readonly deferred?: readonly ((keyof C | keyof R | NoInfer<keyof V>) & string)[];
  /**
   * Conditions that hold wherever the class is read, updated or deleted from in bulk, by name: `{ active: users.deletedAt.isNull() }`.
   * A query lifts them by name: `query.without("active")`. Parameters in them are given to the session.
   */
  readonly where?: Readonly<Record<string, Cond>>;
  /**
   * Refuses values of columns by throwing: when an object is constructed, and at flush for what is going to be written.
   * `{ name: (name) => { if (name === "") throw new Error("a user has a name"); } }`
   */
  readonly validate?: {
    readonly [K in NoInfer<keyof C | keyof V>]?: (value: Validated<C, V, K>, object: object) => void;
  };
  /** The classes that inherit from this one, where rows may be read before they are used: `() => [Admin, Manager]`. */
  // Typed so that the compiler leaves the body for later, as with the columns that columns refer to.
  readonly subclasses?: object;
}

/** What a validator is shown. */
type Validated<C, V, K> = K extends keyof V ? ValueOf<C, V[K]> : RowOf<C>[K & keyof RowOf<C>];

/** Where classes share a table: the column that tells them apart, and what it holds for this class, unless it is abstract. */
export interface Discriminator<D> {
  readonly column: D;
  readonly value?: string | number;
}

/**
 * A class for the rows of a table. Its instances have the columns, and what the getters of `relations` declare.
 *
 * @example
 * class User extends mapped(users, { get posts() { return many(Post); } }) {
 *   get initials() { return this.name.slice(0, 1); }
 * }
 * class Post extends mapped(posts, { get author() { return one(User); } }) {}
 */
export function mapped<
  Name extends string,
  C,
  R extends Record<string, any> = {},
  D extends keyof C & string = never,
  const V extends Embeddings<C> = {},
  O extends keyof C & string = never,
>(
  table: TableMeta<Name, C>,
  relations?: R & { [K in keyof R & keyof C]: "a column has this name" },
  options: Mapping<C, R, V> & Special<C, D, V, O> = {},
): [keyof V] extends [never] ? Mapped<Name, Without<C, O>, R, D, C> : MappedWith<Name, Without<C, O>, R, D, V, C> {
  const recipe: Recipe = { table, relations: relations ?? {}, options: options as MappingOptions };
  return baseClass(recipe) as never;
}

/** What alters the types of a class. */
interface Special<C, D, V, O> {
  readonly identity?: Discriminator<D>;
  /** Columns of the table that the class does not have: those that only subclasses have, and others that are of no interest. */
  readonly omit?: readonly O[];
  /**
   * Value objects over several columns, by property. The columns are their parts then, and no properties of their own:
   * `{ address: { class: Address, columns: ["street", "city"] } }`.
   */
  readonly embed?: V & Fitting<C, V>;
}

/** The class that is extended. Its constructor gives an object of the loader's making, or a new one with the values given. */
function baseClass(recipe: Recipe): AnyClass {
  class Base extends Given {
    static readonly table = recipe.table;
    static readonly [RECIPE]: Recipe = recipe;

    static get [META](): SourceFacts {
      // biome-ignore lint/complexity/noThisInStatic: the class that extends this one is what is mapped
      return sourceFacts(this);
    }

    constructor(init: object = {}) {
      const entity = new.target as unknown as new (...args: any[]) => object;
      // What the user's constructors run around is made elsewhere.
      super(init === loadToken ? loadToken.make() : construct(entity, init));
    }

    toJSON(): unknown {
      return toJSON(this);
    }

    [Symbol.for("nodejs.util.inspect.custom")](
      _depth: number,
      options: object,
      inspect: (value: unknown, options: object) => string,
    ): string {
      return inspected(this, options, inspect);
    }
  }
  const names = Object.keys(Object.getOwnPropertyDescriptors(recipe.relations));
  addFilterNames(Object.keys(recipe.options.where ?? {}));
  defineColumns(
    Base.prototype,
    ownColumns(recipe).map(({ key }) => key),
  );
  defineRelations(Base.prototype, names);
  for (const name of names) defineAttribute(Base, name);
  defineEmbedded(Base, recipe.options.embed, () => recipe.table);
  return Base;
}

/** Value objects: on instances, and their columns on the class. */
export function defineEmbedded(
  base: AnyClass,
  embed: EmbedOption | undefined,
  tableOf: (column: string) => AnyTable,
): void {
  if (embed === undefined) return;
  defineValues(base.prototype, embed, missingValue);
  for (const [name, option] of Object.entries(embed)) defineColumnsOf(base, name, option, tableOf);
}

/** The class as a source: its table, whose rows are its instances. */
const sources = new WeakMap<object, { readonly rows: AnyTable; readonly facts: SourceFacts }>();
function sourceFacts(entity: AnyClass): SourceFacts {
  const mapper = mapperOf(entity);
  const rows = objectRowsOf(mapper);
  let known = sources.get(entity);
  if (known === undefined || known.rows !== rows) {
    const facts = factsOf(rows);
    const { columns } = layoutOf(mapper);
    known = { rows, facts: { ...facts, node: { ...facts.node, columns }, columns, entity } };
    sources.set(entity, known);
  }
  return known.facts;
}

/** A relationship, or a computed expression, as a property of the class. */
export function defineAttribute(base: AnyClass, name: string): void {
  const known = new WeakMap<object, unknown>();
  Object.defineProperty(base, name, {
    get(this: AnyClass) {
      let attribute = known.get(this);
      if (attribute === undefined) {
        const declared = mapperOf(this).declared(name);
        attribute = isComputed(declared) ? declared : new RelationAttribute(this, name);
        known.set(this, attribute);
      }
      return attribute;
    },
    configurable: true,
  });
}

/** The columns of a value object, by part, as a property of the class. */
function defineColumnsOf(
  base: AnyClass,
  name: string,
  option: EmbeddingOption,
  tableOf: (column: string) => AnyTable,
): void {
  const columns = (one: EmbeddingOption): object =>
    Object.freeze(
      Object.fromEntries(
        partsOf(one).map(([part, of]) => [part, typeof of === "string" ? columnAt(of, tableOf(of)) : columns(of)]),
      ),
    );
  let known: object | undefined;
  Object.defineProperty(base, name, {
    get() {
      known ??= columns(option);
      return known;
    },
    configurable: true,
  });
}

function construct(entity: new (...args: any[]) => object, init: object): object {
  const mapper: Mapper = mapperOf(entity);
  if (isAbstract(mapper.recipe.table)) {
    throw new MappingError(
      `${mapper.name} has no table, and cannot be constructed`,
      "Construct one of the classes that inherit from it.",
    );
  }
  const shape = shapeOf(entity, mapper, init);
  const object = shape.make(new State(mapper), init);
  if (mapper.options.identity !== undefined) setIdentity(object, mapper, mapper.options.identity);
  if (mapper.options.embed !== undefined) startValues(object, mapper);
  if (shape.others.length > 0) assignOthers(object, mapper, shape, init as Record<string, unknown>);
  if (mapper.options.validate !== undefined) validate(mapper, object);
  return object;
}

/** A new object is of its class: the discriminator is not given but known. */
function setIdentity(object: object, mapper: Mapper, { column, value }: NonNullable<MappingOptions["identity"]>): void {
  if (value === undefined) {
    throw new MappingError(
      `${mapper.name} has no identity of its own: only classes that inherit from it can be constructed`,
      `To construct it too, give it one: { identity: { column: "${column}", value: "…" } }.`,
    );
  }
  if (Object.hasOwn(object, column) && Reflect.get(object, column) !== value)
    throw new MappingError(
      `${mapper.name}.${column} is ${JSON.stringify(value)}, and was given another value`,
      "Leave it out: the class says it.",
    );
  Object.defineProperty(object, column, { value, writable: true, enumerable: true, configurable: true });
}

/** A value that may be null is null as long as it is not given. */
function startValues(object: object, mapper: Mapper): void {
  for (const one of embeddedOf(mapper)?.all ?? []) if (one.shape.isNullable) hold(object, one, null);
}

function assignOthers(object: object, mapper: Mapper, shape: NewShape, init: Record<string, unknown>): void {
  for (const key of shape.others) {
    const value = init[key];
    if (value === undefined) throw undefinedGiven(mapper, key);
    if (!relationshipsOf(mapper).has(key) && embeddedOf(mapper)?.named(key) === undefined)
      throw new MappingError(
        `${mapper.name} has no column or relationship "${key}"`,
        `It has ${[...mapper.byKey.keys(), ...relationshipsOf(mapper).keys()].join(", ")}.`,
      );
    Reflect.set(object, key, value);
  }
  // A relationship has set its columns. Where the column was given another value, the flush is to find that they disagree.
  for (const key of shape.columns) {
    if (Object.hasOwn(object, key) && Object.is(Reflect.get(object, key), init[key])) continue;
    Object.defineProperty(object, key, { value: init[key], writable: true, enumerable: true, configurable: true });
  }
}

const shapes = new WeakMap<object, { last: NewShape; readonly all: Map<string, NewShape> }>();

/** What objects that are given these properties have in common. Most of a class are given the same. */
function shapeOf(entity: new (...args: any[]) => object, mapper: Mapper, init: object): NewShape {
  let known = shapes.get(entity);
  if (known !== undefined && hasKeys(init, known.last.keys)) return known.last;
  const keys = Object.keys(init);
  const name = JSON.stringify(keys);
  let shape = known?.all.get(name);
  if (shape === undefined) {
    const isColumn = (key: string): boolean => mapper.byKey.has(key) && embeddedOf(mapper)?.with(key) === undefined;
    const columns = keys.filter(isColumn);
    const others = keys.filter((key) => !isColumn(key));
    shape = newShape(entity, keys, columns, others, (key) => {
      throw undefinedGiven(mapper, key);
    });
  }
  known ??= { last: shape, all: new Map() };
  shapes.set(entity, known);
  known.last = shape;
  if (known.all.size < 100) known.all.set(name, shape);
  return shape;
}

function hasKeys(init: object, keys: readonly string[]): boolean {
  let i = 0;
  for (const key in init) if (keys[i++] !== key) return false;
  return i === keys.length;
}

function undefinedGiven(mapper: Mapper, key: string): ParameterError {
  return new ParameterError(`${mapper.name}.${key} is given undefined`, "Leave it out, or give null.");
}
