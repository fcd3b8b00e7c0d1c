// Mistakes in a mapping, found when the class is first used, each with the fix in its message.
import { MappingError } from "../errors.ts";
import { columnKeys, embeddedOf } from "./embedded.ts";
import type { Mapper, Recipe } from "./mapper.ts";

const reservedOnInstances: ReadonlySet<string> = new Set(["then", "toJSON", "constructor"]);
const reservedOnClasses: ReadonlySet<string> = new Set(["table", "name", "length", "prototype"]);

export function checkClass(mapper: Mapper, recipe: Recipe): void {
  const names = mapper.relationNames;
  if (mapper.key.length === 0) {
    throw new MappingError(
      `${mapper.name} is mapped to "${mapper.table.name}", which has no primary key`,
      "Give the table a .primaryKey() column or the option primaryKey: without one, objects cannot be told apart.",
    );
  }
  for (const { key } of mapper.columns) {
    if (reservedOnInstances.has(key)) {
      throw new MappingError(
        `a column of ${mapper.name} cannot be called "${key}"`,
        "Give the property another name, and the column's as its argument.",
      );
    }
  }
  for (const name of names) {
    if (reservedOnInstances.has(name) || reservedOnClasses.has(name)) {
      throw new MappingError(
        `a relationship of ${mapper.name} cannot be called "${name}"`,
        "Every class has a property of that name: choose another.",
      );
    }
    if (mapper.byKey.has(name)) {
      throw new MappingError(
        `${mapper.name} has a column "${name}" and a relationship of the same name`,
        "Rename the relationship.",
      );
    }
  }
  for (const { name } of embeddedOf(mapper)?.all ?? []) {
    if (reservedOnInstances.has(name) || reservedOnClasses.has(name) || names.includes(name))
      throw new MappingError(
        `a value object of ${mapper.name} cannot be called "${name}"`,
        "There is a property of that name: choose another.",
      );
  }
  const { identity } = recipe.options;
  if (identity !== undefined) mapper.column(identity.column);
  for (const key of recipe.options.deferred ?? []) {
    if (mapper.key.some((position) => mapper.columns[position]?.key === key)) {
      throw new MappingError(`"${key}" is the key of ${mapper.name} and cannot be deferred`);
    }
    if (key === identity?.column) {
      throw new MappingError(`"${key}" tells the classes of ${mapper.name} apart and cannot be deferred`);
    }
    const value = embeddedOf(mapper)?.with(key);
    if (value !== undefined)
      throw new MappingError(
        `"${key}" is part of ${mapper.name}.${value.name} and cannot be deferred alone`,
        `Defer the whole: { deferred: ["${value.name}"] }.`,
      );
    if (!names.includes(key)) for (const column of columnKeys(mapper, key)) mapper.column(column);
  }
}
