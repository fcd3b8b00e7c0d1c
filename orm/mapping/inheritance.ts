// Classes that inherit from one another share a table; a column of it, the discriminator, tells of which class a row is. A class may
// have columns of its own besides, there or in a table of its own. Or it repeats the columns of its base in a table that holds its whole
// rows.
import { type Mapper, ownColumns, type Recipe } from "./mapper.ts";

/** What tells the classes of a table apart. */
export type Identity = string | number;

const inheriting = new WeakMap<Recipe, Recipe[]>();
const repeating = new WeakMap<Recipe, Recipe[]>();
const numbers = new WeakMap<Recipe, number>();
const classes = new WeakMap<Mapper, Map<unknown, Mapper>>();
const byRecipe = new WeakMap<Recipe, Mapper>();
let additions = 0;

/** Takes note that a class inherits from another: rows of its tables, or its columns in a table of its own. */
export function addInheriting(base: Recipe, recipe: Recipe): void {
  const of = recipe.repeats === undefined ? inheriting : repeating;
  const known = of.get(base);
  if (known === undefined) of.set(base, [recipe]);
  else known.push(recipe);
  numbers.set(recipe, additions++);
}

/** Grows with every class that inherits: what was worked out from the classes there are may be outdated then. */
export function inheritanceAge(): number {
  return additions;
}

/** The discriminators of the rows that are of a class: its own, and those of the classes that inherit from it. */
export function identitiesOf(recipe: Recipe): readonly Identity[] {
  const own = recipe.options.identity?.value;
  const below = recipesBelow(recipe).map((one) => one.options.identity?.value);
  return [...new Set([own, ...below])].filter((value) => value !== undefined);
}

/** How the classes are mapped that share the tables of one, directly or not, in the order in which they were declared. */
export function recipesBelow(recipe: Recipe): readonly Recipe[] {
  return below(recipe, inheriting);
}

/** How the classes are mapped that inherit from one with whole tables of their own. */
export function repeatingBelow(recipe: Recipe): readonly Recipe[] {
  return below(recipe, repeating);
}

function below(recipe: Recipe, known: WeakMap<Recipe, Recipe[]>): readonly Recipe[] {
  const direct = known.get(recipe);
  if (direct === undefined) return none;
  const all = direct.flatMap((one) => [one, ...below(one, known)]);
  return all.sort((a, b) => (numbers.get(a) as number) - (numbers.get(b) as number));
}
const none: readonly never[] = [];

/** Whether all classes of a hierarchy have the same columns. */
export function isUniform({ root }: Mapper): boolean {
  const below = recipesBelow(root.recipe);
  return below.length === 0 || below.every((recipe) => ownColumns(recipe).length === 0);
}

/** The objects of a hierarchy by their classes, where these differ in their columns; else as one class. */
export function byClass(
  mapper: Mapper,
  objects: Iterable<object>,
  classOf: (object: object) => Mapper,
): Iterable<readonly [Mapper, Iterable<object>]> {
  if (isUniform(mapper)) return [[mapper, objects]];
  const found = new Map<Mapper, object[]>();
  for (const object of objects) {
    const own = classOf(object);
    const known = found.get(own);
    if (known === undefined) found.set(own, [object]);
    else known.push(object);
  }
  return found;
}

/** Takes note of the class that stands for the rows with its discriminator. */
export function addClass(mapper: Mapper): void {
  if (!byRecipe.has(mapper.recipe)) byRecipe.set(mapper.recipe, mapper);
  const value = mapper.options.identity?.value;
  if (value === undefined) return;
  let known = classes.get(mapper.root);
  if (known === undefined) {
    known = new Map();
    classes.set(mapper.root, known);
  }
  if (!known.has(value)) known.set(value, mapper);
}

/** The class that is known to be mapped so. */
export function classMapped(recipe: Recipe): Mapper | undefined {
  return byRecipe.get(recipe);
}

/** The class that is known to stand for the rows with this discriminator. */
export function knownClass(root: Mapper, value: unknown): Mapper | undefined {
  return classes.get(root)?.get(value);
}
