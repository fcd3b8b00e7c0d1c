// Mistakes in inheriting, found when the class is first used.
import { MappingError } from "../errors.ts";
import { recipesBelow } from "./inheritance.ts";
import { chainOf, type Mapper, ownColumns } from "./mapper.ts";

export function checkInheritance(mapper: Mapper): void {
  const { name, recipe, options, parent } = mapper;
  if (recipe.base === undefined) return;
  const base = recipe.base.name;
  if (options.identity?.column === "") {
    throw new MappingError(
      `classes that inherit from ${base} cannot be told apart`,
      'Name a column in its mapping: { identity: { column: "kind", value: "…" } }.',
    );
  }
  const root = chainOf(recipe)[0] as typeof recipe;
  const twin = [root, ...recipesBelow(root)].find(
    (one) => one !== recipe && one.options.identity?.value === options.identity?.value,
  );
  if (twin !== undefined) {
    throw new MappingError(
      `${name} has the identity ${JSON.stringify(options.identity?.value)}, which another class of its hierarchy has too`,
      "Give each class an identity of its own: a row must be of one class.",
    );
  }
  for (const key of recipe.adds ?? []) {
    if (!mapper.table.columns.has(key))
      throw new MappingError(
        `${name} adds the column "${key}", which "${mapper.table.name}" does not have`,
        `It has ${[...mapper.table.columns.keys()].join(", ")}.`,
      );
    if (parent?.byKey.has(key)) {
      throw new MappingError(
        `${name} adds the column "${key}", which ${base} has already`,
        `Leave it out there: { omit: ["${key}"] } in the mapping of ${mapper.root.name}.`,
      );
    }
  }
  for (const { key } of ownColumns(recipe)) {
    if (parent?.byKey.has(key)) {
      throw new MappingError(
        `${name} has a column "${key}" of its own, and ${base} has one too`,
        "Give one of them another property, and the name in the database as its argument.",
      );
    }
  }
  // Relationships of the base go by positions, which only columns that are read with the object keep.
  const late = parent?.columns.slice(parent.loadedCount).map((_, i) => parent.loadedCount + i) ?? [];
  const reference = parent?.foreignKeys
    .flatMap(({ positions }) => positions)
    .find((position) => late.includes(position));
  if (reference === undefined || parent?.loadedCount === mapper.loadedCount) return;
  throw new MappingError(
    `${base}.${parent?.columns[reference]?.key} refers to other rows and is deferred, and ${name} adds columns`,
    "Load it with the object: leave it out of deferred.",
  );
}
