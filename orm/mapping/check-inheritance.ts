// Mistakes in inheriting, found when the class is first used.
import { MappingError } from "../errors.ts";
import { isAbstract } from "./abstract-table.ts";
import { recipesBelow } from "./inheritance.ts";
import { chainOf, type Mapper, ownColumns } from "./mapper.ts";

export function checkInheritance(mapper: Mapper): void {
  const { name, recipe, options, parent } = mapper;
  if (recipe.base === undefined) return;
  const base = recipe.base.name;
  if (mapper.repeated !== undefined) return checkRepeated(mapper, mapper.repeated);
  if (parent?.repeated !== undefined || isAbstract(recipe.table)) {
    throw new MappingError(
      `${name} shares the table of ${base}, which stands for whole tables of several classes`,
      "Give it a table with all columns too: { table: …, concrete: true }.",
    );
  }
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
  checkKept(mapper, parent);
}

/** A class with a table of its own has there what its base has. */
function checkRepeated(mapper: Mapper, base: Mapper): void {
  const { name, table } = mapper;
  if (base.options.identity !== undefined || base.parent !== undefined) {
    throw new MappingError(
      `${name} has whole rows of its own, and ${base.name} shares a table with other classes`,
      "Tell all classes of a hierarchy by a discriminator, or give each a table with all columns: { concrete: true }.",
    );
  }
  if (table === base.table) {
    throw new MappingError(
      `${name} has no table of its own`,
      `Name one that has the columns of ${base.name}: { table: … }.`,
    );
  }
  for (const { key, type, facts } of base.columns) {
    const own = mapper.byKey.get(key);
    if (own?.type.kind === type.kind && own.facts.nullable === facts.nullable) continue;
    throw new MappingError(
      own === undefined
        ? `"${table.name}" has no column "${key}", which ${base.name} has`
        : `"${table.name}" has another column "${key}" than "${base.table.name}"`,
      `Declare it alike: ${name} is a ${base.name}. Columns that tables have in common can be spread into each.`,
    );
  }
  const moved = base.columns.slice(0, base.loadedCount).find(({ key }, i) => {
    return i >= mapper.loadedCount || mapper.columns[i]?.key !== key;
  });
  if (moved !== undefined)
    throw new MappingError(
      `"${moved.key}" is deferred in ${name}, and read with every ${base.name}`,
      "Defer it there.",
    );
  const keys = ({ key, columns }: Mapper): string => key.map((position) => columns[position]?.key).join();
  if (keys(mapper) !== keys(base))
    throw new MappingError(
      `"${table.name}" has the key ${keys(mapper)}, and "${base.table.name}" has ${keys(base)}`,
      "Declare the keys alike: an object is found by the base's too.",
    );
  checkKept(mapper, base);
}

/** Relationships of the base go by positions, which only columns that are read with the object keep. */
function checkKept(mapper: Mapper, base: Mapper | undefined): void {
  const late = base?.columns.slice(base.loadedCount).map((_, i) => base.loadedCount + i) ?? [];
  const reference = base?.foreignKeys.flatMap(({ positions }) => positions).find((position) => late.includes(position));
  if (reference === undefined || base?.loadedCount === mapper.loadedCount) return;
  throw new MappingError(
    `${base?.name}.${base?.columns[reference]?.key} refers to other rows and is deferred, and ${mapper.name} adds columns`,
    "Load it with the object: leave it out of deferred.",
  );
}
