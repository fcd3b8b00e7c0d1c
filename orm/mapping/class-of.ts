// Of which class a row is. `inherit` gives a class to be extended, so that the final one is known once it is used; one that has not been
// used is found through the option `subclasses`.
import { MappingError } from "../errors.ts";
import { type Identity, identitiesOf, knownClass, recipesBelow } from "./inheritance.ts";
import type { AnyClass, Mapper } from "./mapper.ts";
import { mapperOf } from "./mapper-of.ts";

/** The class of rows with this discriminator. @throws {MappingError} if none is known */
export function classOf({ root }: Mapper, value: unknown): Mapper {
  return knownClass(root, value) ?? named(root, value);
}

function named(root: Mapper, value: unknown): Mapper {
  const options = [root.options, ...recipesBelow(root.recipe).map((recipe) => recipe.options)];
  for (const { subclasses } of options) {
    if (typeof subclasses !== "function") continue;
    for (const entity of (subclasses as () => readonly AnyClass[])()) mapperOf(entity);
  }
  const found = knownClass(root, value);
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
