// Objects from any statement whose columns are those of a class: SQL of the user's own, a query over a view, a set operation.
import { MappingError } from "../errors.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { builderOf, type HydrationPlace } from "./hydrate.ts";

/**
 * The objects that rows of plain values stand for.
 *
 * @throws {MappingError} if a row lacks a column that is read with every object of the class
 */
export function objectsOf(place: HydrationPlace, mapper: Mapper, rows: readonly Record<string, unknown>[]): object[] {
  const keys = mapper.columns.slice(0, mapper.loadedCount).map(({ key }) => key);
  const [first] = rows;
  const missing = first === undefined ? [] : keys.filter((key) => !Object.hasOwn(first, key));
  if (missing.length > 0) {
    throw new MappingError(
      `the statement gives no "${missing.join('", "')}", which every ${mapper.name} has`,
      "Select all columns of the class that are not deferred, by the names of their properties.",
    );
  }
  const build = builderOf(mapper, place);
  return rows.map((row) =>
    build(
      keys.map((key) => row[key]),
      0,
    ),
  );
}
