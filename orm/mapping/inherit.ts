// `inherit(Base, { identity })`: the class that a subclass of a mapped class extends. Its rows are rows of the base's table; what else it
// has stands in further columns of that, or in a table of its own.
import { type AnyTable, type Cond, declaredTable, type RowOf, type TableMeta } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { defineColumns, defineRelations } from "../instance/accessors.ts";
import type { EmbedOption } from "./embed-option.ts";
import type { Embeddings, Fitting } from "./embedding.ts";
import { addInheriting, type Identity } from "./inheritance.ts";
import { defineAttribute, defineEmbedded } from "./mapped.ts";
import { type AnyClass, type MappingOptions, RECIPE, type Recipe } from "./mapper.ts";
import type { Added, AnyEntity, ClassName, Concrete, Inherited, Open, TableOf } from "./types.ts";
import { addFilterNames } from "./without.ts";

/** What a subclass says of its mapping. C: the columns of its own table; P: those that it picks of the shared one, T. More: what else it has. */
export interface Inheriting<I extends Identity, C = {}, T = {}, P = never, More = never> {
  /** What its rows have in the discriminator, the column that the base names. */
  readonly identity?: I;
  /** The classes that inherit from this one, where a row may be read before they are used: `() => [Owner]`. */
  readonly subclasses?: object;
  /** Further default filters, by name. */
  readonly where?: Readonly<Record<string, Cond>>;
  /** Which of the columns, value objects and computed properties it adds are read on request only. */
  readonly deferred?: readonly (NoInfer<keyof C | P | More> & string)[];
  /** Refuses values of the columns it adds, as in `mapped`. */
  readonly validate?: {
    readonly [K in NoInfer<(keyof C | P) & string>]?: (
      value: K extends keyof C ? RowOf<C>[K & keyof RowOf<C>] : RowOf<T>[K & keyof RowOf<T>],
      object: object,
    ) => void;
  };
}

/** A class shares the rows of its base, whose discriminator tells them; or has whole ones of its own. */
type Rows<Whole, I> = Whole extends true ? { readonly columns?: readonly never[] } : { readonly identity: I };

/**
 * A class for some of the rows of its base's table, or, with `concrete`, for those of a table of its own. Its instances have what those of
 * the base have, and what the getters of `relations` declare.
 *
 * @param options.columns columns of the base's table that the base omits and this class has
 * @param options.table a table for what else this class has; its primary key refers to that of the base's table
 * @param options.embed value objects over columns that the class adds, as in `mapped`
 * @param options.concrete whether the table holds whole rows: the columns of the base, and those of this class
 * @example
 * const animals = table("animals", { id: integer().primaryKey(), kind: text(), name: text() });
 * class Animal extends mapped(animals, {}, { identity: { column: "kind", value: "animal" } }) {}
 * class Cat extends inherit(Animal, { identity: "cat" }) {}
 * const dogs = table("dogs", { id: integer().primaryKey().references(() => animals.id), tricks: integer() });
 * class Dog extends inherit(Animal, { identity: "dog", table: dogs }) {}
 */
export function inherit<
  E extends AnyEntity,
  const I extends Identity = never,
  Name extends string = never,
  C = {},
  K extends keyof TableOf<E> & string = never,
  R extends Record<string, any> = {},
  const Whole extends boolean = false,
  S extends object = never,
  const V extends Embeddings<Added<E, C, K>> = {},
>(
  base: E & Open<E>,
  options: Inheriting<I, C, TableOf<E>, K, keyof R | keyof V> &
    Rows<Whole, I> & {
      readonly table?: TableMeta<Name, C>;
      readonly columns?: readonly K[];
      readonly concrete?: Whole;
      readonly subclasses?: S;
      readonly embed?: V & Fitting<Added<E, C, K>, V>;
    },
  relations?: R,
): Whole extends true
  ? Concrete<E, Name, C, R, V>
  : Inherited<E, ClassName<E, I, Name>, Added<E, C, K>, R, [S] extends [never] ? I : never, V> {
  const of = (base as unknown as { readonly [RECIPE]?: Recipe })[RECIPE];
  if (of === undefined) {
    throw new MappingError(`${base.name} is no mapped class`, "Inherit from a class that extends mapped(…).");
  }
  const given = options as unknown as Given;
  const own = (relations ?? {}) as object;
  const recipe: Recipe = {
    relations: Object.defineProperties(
      {},
      { ...Object.getOwnPropertyDescriptors(of.relations), ...Object.getOwnPropertyDescriptors(own) },
    ),
    options: optionsOf(of, given),
    base: base as unknown as AnyClass,
    ...(given.concrete ? { table: given.table ?? of.table, repeats: of } : sharing(of, given)),
  };
  addInheriting(of, recipe);
  addFilterNames(Object.keys(options.where ?? {}));
  return classFor(base as unknown as new (...args: any[]) => object, recipe, Object.keys(own)) as never;
}

/** The options as they are given, whatever the types make of them. */
interface Given extends Inheriting<Identity> {
  readonly table?: AnyTable;
  readonly columns?: readonly string[];
  readonly concrete?: boolean;
  readonly embed?: EmbedOption;
}

function sharing(of: Recipe, { table, columns }: Given): Pick<Recipe, "table" | "parent" | "own" | "adds"> {
  return { table: of.table, parent: of, own: table, adds: columns };
}

/** What a class says of its mapping, with what its base says. */
function optionsOf({ options: inherited }: Recipe, given: Given): MappingOptions {
  const { identity, concrete, subclasses, where, deferred = [], validate, embed } = given;
  return {
    ...inherited,
    // Without a discriminator: that is found when the class is first used.
    identity: concrete ? undefined : { column: inherited.identity?.column ?? "", value: identity },
    omit: concrete ? undefined : inherited.omit,
    subclasses,
    where: where === undefined ? inherited.where : { ...inherited.where, ...where },
    deferred: [...(inherited.deferred ?? []), ...deferred],
    embed: embed === undefined ? inherited.embed : { ...inherited.embed, ...embed },
    validate: validate === undefined ? inherited.validate : { ...inherited.validate, ...validate },
  };
}

function classFor(base: new (...args: any[]) => object, recipe: Recipe, names: readonly string[]): AnyClass {
  class Inheriting extends base {
    static readonly [RECIPE]: Recipe = recipe;
  }
  const { own, adds = [], repeats, table } = recipe;
  if (repeats !== undefined) {
    Object.defineProperty(Inheriting, "table", { value: table });
    defineColumns(Inheriting.prototype, [...declaredTable(table).columns.keys()]);
  } else
    defineColumns(Inheriting.prototype, own === undefined ? adds : [...adds, ...declaredTable(own).columns.keys()]);
  defineRelations(Inheriting.prototype, names);
  // Of the base's value objects the columns may be in another table now.
  defineEmbedded(Inheriting, recipe.options.embed, (column) => {
    return own !== undefined && declaredTable(own).columns.has(column) ? own : table;
  });
  for (const name of names) defineAttribute(Inheriting, name);
  return Inheriting;
}
