// Mistakes in a mapping, found when the class is first used, each with the fix in its message.
import { MappingError } from "../errors.ts";
import { checkInheritance } from "./check-inheritance.ts";
import { columnKeys, embeddedOf } from "./embedded.ts";
import type { Mapper, Recipe } from "./mapper.ts";
import { keyProperties } from "./table-part.ts";

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
  checkInheritance(mapper);
  checkColumns(mapper);
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
      throw new MappingError(
        `"${key}" is the key of ${mapper.name} and cannot be deferred`,
        "Take it out of deferred.",
      );
    }
    if (key === identity?.column) {
      throw new MappingError(
        `"${key}" tells the classes of ${mapper.name} apart and cannot be deferred`,
        "Take it out of deferred.",
      );
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

/** What a class leaves out of its table must be left out by inserts too. */
function checkColumns({ name, table, parts, columns, options, recipe }: Mapper): void {
  for (const key of options.omit ?? []) {
    if (!table.columns.has(key))
      throw new MappingError(
        `${name} omits "${key}", which is no column of "${table.name}"`,
        `It has ${[...table.columns.keys()].join(", ")}.`,
      );
    if (keyProperties(table).includes(key) || key === options.identity?.column)
      throw new MappingError(`${name} omits "${key}", which its objects are told by`, "Take it out of omit.");
  }
  if (options.omit === undefined || (options.identity !== undefined && options.identity.value === undefined)) return;
  const mapped = new Set(parts[0]?.columns.map((position) => columns[position]?.key));
  for (const [key, facts] of table.columns) {
    if (mapped.has(key) || facts.nullable || facts.default !== undefined || facts.computed !== undefined) continue;
    throw new MappingError(
      `${name} does not have the column "${key}" of "${table.name}", which may not be null`,
      recipe.parent === undefined
        ? "Make it nullable() or give it a default: objects of the class are inserted without it."
        : "Make it nullable() or give it a default; or name it among the columns of the class.",
    );
  }
}
