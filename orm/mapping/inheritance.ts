// Classes that inherit from one another share a table; a column of it, the discriminator, tells of which class a row is.
import type { Mapper, Recipe } from "./mapper.ts";

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

/** How the classes are mapped that inherit from one, directly or not. */
export function* recipesBelow(recipe: Recipe): Generator<Recipe> {
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

/** The class that is known to stand for the rows with this discriminator. */
export function knownClass(root: Mapper, value: unknown): Mapper | undefined {
  return classes.get(root)?.get(value);
}
