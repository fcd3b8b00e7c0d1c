// `inherit(Base, { identity })`: the class that a subclass of a mapped class extends. Both stand for rows of one table.
import type { Cond } from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { defineRelations } from "../instance/accessors.ts";
import { addInheriting, type Identity } from "./inheritance.ts";
import { defineAttribute } from "./mapped.ts";
import { type AnyClass, type MappingOptions, RECIPE, type Recipe } from "./mapper.ts";
import type { AnyEntity, Inherited, OfClass } from "./types.ts";

/** What a subclass says of its mapping. */
export interface Inheriting<I extends Identity> {
  /** What its rows have in the discriminator, the column that the base names. */
  readonly identity: I;
  /** The classes that inherit from this one, where a row may be read before they are used: `() => [Owner]`. */
  readonly subclasses?: object;
  /** Further default filters, by name. */
  readonly where?: Readonly<Record<string, Cond>>;
}

/**
 * A class for some of the rows of its base's table. Its instances have what those of the base have, and what the getters of
 * `relations` declare.
 *
 * @example
 * const animals = table("animals", { id: integer().primaryKey(), kind: text(), name: text() });
 * class Animal extends mapped(animals, {}, { identity: { column: "kind", value: "animal" } }) {}
 * class Cat extends inherit(Animal, { identity: "cat" }) {}
 */
export function inherit<E extends AnyEntity, const I extends Identity, R extends Record<string, any> = {}>(
  base: E,
  options: Inheriting<I>,
  relations?: R,
): Inherited<E, OfClass<E, I>, {}, R> {
  const of = (base as unknown as { readonly [RECIPE]?: Recipe })[RECIPE];
  if (of === undefined) {
    throw new MappingError(`${base.name} is no mapped class`, "Inherit from a class that extends mapped(…).");
  }
  const { identity } = of.options;
  if (identity === undefined) {
    throw new MappingError(
      `classes that inherit from ${base.name} cannot be told apart`,
      'Name a column in its mapping: { identity: { column: "kind", value: "…" } }.',
    );
  }
  const own = (relations ?? {}) as object;
  const merged: MappingOptions = {
    ...of.options,
    identity: { column: identity.column, value: options.identity },
    subclasses: options.subclasses,
    where: options.where === undefined ? of.options.where : { ...of.options.where, ...options.where },
  };
  const recipe: Recipe = {
    table: of.table,
    relations: Object.defineProperties(
      {},
      { ...Object.getOwnPropertyDescriptors(of.relations), ...Object.getOwnPropertyDescriptors(own) },
    ),
    options: merged,
    base: base as unknown as AnyClass,
  };
  addInheriting(of, recipe);
  return classFor(base as unknown as new (...args: any[]) => object, recipe, Object.keys(own)) as never;
}

function classFor(base: new (...args: any[]) => object, recipe: Recipe, names: readonly string[]): AnyClass {
  class Inheriting extends base {
    static readonly [RECIPE]: Recipe = recipe;
  }
  defineRelations(Inheriting.prototype, names);
  for (const name of names) defineAttribute(Inheriting, name);
  return Inheriting;
}
