// Of which class a row is. `inherit` gives a class to be extended, so that the final one is known once it is used; one that has not been
// used is found through the option `subclasses`.
import { MappingError } from "../errors.ts";
import { declarationOf } from "./abstract-table.ts";
import { classMapped, type Identity, identitiesOf, knownClass, recipesBelow, repeatingBelow } from "./inheritance.ts";
import type { AnyClass, Mapper, Recipe } from "./mapper.ts";
import { mapperOf } from "./mapper-of.ts";

/** The class of rows with this discriminator. @throws {MappingError} if none is known */
export function classOf({ root }: Mapper, value: unknown): Mapper {
  return knownClass(root, value) ?? named(root, value);
}

function named(root: Mapper, value: unknown): Mapper {
  useSubclasses([root.recipe, ...recipesBelow(root.recipe)]);
  const found = knownClass(root, value);
  if (found !== undefined) return found;
  const column = `"${root.column(root.options.identity?.column as string).name}" of "${root.table.name}"`;
  const isDeclared = identitiesOf(root.recipe).includes(value as Identity);
  throw new MappingError(
    `${column} is ${JSON.stringify(value)} in a row, and no class is known that stands for it`,
    isDeclared
      ? `Name the class that inherits as ${JSON.stringify(value)}: { identity: …, subclasses: () => [Admin] } in the mapping of ${root.name}.`
      : `Declare one: class … extends inherit(${root.name}, { identity: ${JSON.stringify(value)} }) {}.`,
  );
}

/** The class whose rows lie in one of the whole tables that a class stands for. @throws {MappingError} if none is known */
export function branchClass(base: Mapper, recipe: Recipe): Mapper {
  const known = classMapped(recipe);
  if (known !== undefined) return known;
  useSubclasses([base.recipe, ...repeatingBelow(base.recipe)]);
  const found = classMapped(recipe);
  if (found !== undefined) return found;
  throw new MappingError(
    `a row of ${base.name} comes from "${declarationOf(recipe.table).name}", and no class is known that stands for it`,
    `Name the class that inherits with that table: { subclasses: () => [Car] } in the mapping of ${base.name}.`,
  );
}

/** Uses the classes that the mappings name: then they are known. */
function useSubclasses(recipes: readonly Recipe[]): void {
  for (const { options } of recipes) {
    const { subclasses } = options;
    if (typeof subclasses !== "function") continue;
    for (const entity of (subclasses as () => readonly AnyClass[])()) mapperOf(entity);
  }
}
