// Objects from any statement whose columns are those of a class: SQL of the user's own, a query over a view, a set operation.
import { MappingError } from "../errors.ts";
import { classOf } from "../mapping/class-of.ts";
import { isUniform } from "../mapping/inheritance.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { isUnion } from "../mapping/union-rows.ts";
import { type BuildEntity, builderOf, type HydrationPlace } from "./hydrate.ts";

/**
 * The objects that rows of plain values stand for.
 *
 * @throws {MappingError} if a row lacks a column that is read with every object of the class
 */
export function objectsOf(place: HydrationPlace, mapper: Mapper, rows: readonly Record<string, unknown>[]): object[] {
  if (isUnion(mapper)) {
    throw new MappingError(
      `rows of ${mapper.name} may be of several classes, and a statement of one's own does not say of which`,
      "Read the rows of each class by the class itself.",
    );
  }
  const builders = new Map<Mapper, BuildEntity>();
  return rows.map((row) => {
    const own = mapperOfRow(mapper, row);
    const build = builders.get(own) ?? builderOf(own, place);
    builders.set(own, build);
    return build(valuesOf(own, row), 0);
  });
}

/** Of a class that others inherit from, a row may be of one of those. */
function mapperOfRow(mapper: Mapper, row: Readonly<Record<string, unknown>>): Mapper {
  const { identity } = mapper.options;
  if (identity === undefined || isUniform(mapper) || !Object.hasOwn(row, identity.column)) return mapper;
  return classOf(mapper, row[identity.column]);
}

function valuesOf(mapper: Mapper, row: Readonly<Record<string, unknown>>): unknown[] {
  return mapper.columns.slice(0, mapper.loadedCount).map(({ key }) => {
    if (Object.hasOwn(row, key)) return row[key];
    const missing = mapper.columns.slice(0, mapper.loadedCount).filter((column) => !Object.hasOwn(row, column.key));
    throw new MappingError(
      `the statement gives no "${missing.map((column) => column.key).join('", "')}", which every ${mapper.name} has`,
      "Select all columns of the class that are not deferred, by the names of their properties.",
    );
  });
}
