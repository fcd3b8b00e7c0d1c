// Classes that inherit from one another share a table; a column of it, the discriminator, tells of which class a row is. A class is
// given by `inherit` to be extended, so that the final one is known once it is used, or named by the option `subclasses`.
import { MappingError } from "../errors.ts";
import type { AnyClass, Mapper, Recipe } from "./mapper.ts";
import { mapperOf } from "./mapper-of.ts";

/** What tells the classes of a table apart. */
export type Identity = string | number;

const inheriting = new WeakMap<Recipe, Recipe[]>();
const classes = new WeakMap<Mapper, Map<unknown, Mapper>>();
let additions = 0;

/** Takes note that a class inherits from another. */
export function addInheriting(base: Recipe, recipe: Recipe): void {
  const known = inheriting.get(base);
  if (known === undefined) inheriting.set(base, [recipe]);
  else known.push(recipe);
  additions++;
}

/** Grows with every class that inherits: what was worked out from the classes there are may be outdated then. */
export function inheritanceAge(): number {
  return additions;
}

/** The discriminators of the rows that are of a class: its own, and those of the classes that inherit from it. */
export function identitiesOf({ options, recipe }: Mapper): readonly Identity[] {
  const own = options.identity?.value;
  const below = [...recipesBelow(recipe)].map((one) => one.options.identity?.value);
  return [...new Set([own, ...below])].filter((value) => value !== undefined);
}

function* recipesBelow(recipe: Recipe): Generator<Recipe> {
  for (const one of inheriting.get(recipe) ?? []) {
    yield one;
    yield* recipesBelow(one);
  }
}

/** Takes note of the class that stands for the rows with its discriminator. */
export function addClass(mapper: Mapper): void {
  const value = mapper.options.identity?.value;
  if (value === undefined) return;
  let known = classes.get(mapper.root);
  if (known === undefined) {
    known = new Map();
    classes.set(mapper.root, known);
  }
  if (!known.has(value)) known.set(value, mapper);
}

/** The class of rows with this discriminator. @throws {MappingError} if none is known */
export function classOf({ root }: Mapper, value: unknown): Mapper {
  return classes.get(root)?.get(value) ?? named(root, value);
}

function named(root: Mapper, value: unknown): Mapper {
  const options = [root.options, ...[...recipesBelow(root.recipe)].map((recipe) => recipe.options)];
  for (const { subclasses } of options) {
    if (typeof subclasses !== "function") continue;
    for (const entity of (subclasses as () => readonly AnyClass[])()) mapperOf(entity);
  }
  const found = classes.get(root)?.get(value);
  if (found !== undefined) return found;
  const column = `"${root.column(root.options.identity?.column as string).name}" of "${root.table.name}"`;
  const isDeclared = identitiesOf(root).includes(value as Identity);
  throw new MappingError(
    `${column} is ${JSON.stringify(value)} in a row, and no class is known that stands for it`,
    isDeclared
      ? `Name the class that inherits as ${JSON.stringify(value)}: { identity: …, subclasses: () => [Admin] } in the mapping of ${root.name}.`
      : `Declare one: class … extends inherit(${root.name}, { identity: ${JSON.stringify(value)} }) {}.`,
  );
}
