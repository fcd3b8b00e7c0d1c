// Rows that travel as a list of values for each column, so that one statement serves for any number of them.
import { type AnyTable, type ColumnNode, listedValues, nodeOf } from "../../core/index.ts";
import { columnAt } from "../mapping/column-at.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import type { Runner } from "./outbox.ts";

const parameter = "rows";

/** Whether values of these columns can travel in lists. */
export function canList({ dialect }: Runner, mapper: Mapper, positions: readonly number[]): boolean {
  const { lists } = dialect.bulk;
  return (
    lists !== undefined && positions.every((position) => lists.takes((mapper.columns[position] as MappedColumn).type))
  );
}

/** The lists as a source with the columns `c0`, `c1` …, and `n`, which counts the rows. */
export function listSource(mapper: Mapper, positions: readonly number[]): AnyTable {
  const columns = positions.map((position, i) => ({
    name: `c${i}`,
    of: nodeOf(columnAt((mapper.columns[position] as MappedColumn).key, mapper.source)) as ColumnNode,
  }));
  return listedValues("athanor new", columns, { parameter, ordinal: "n" });
}

/** Rows as the parameters of a statement over a list source. */
export function listsOf<T>(
  rows: readonly T[],
  width: number,
  cell: (row: T, i: number) => unknown,
): Record<string, unknown> {
  const lists: unknown[][] = [];
  for (let i = 0; i < width; i++) {
    const list = new Array<unknown>(rows.length);
    for (let n = 0; n < rows.length; n++) list[n] = cell(rows[n] as T, i);
    lists.push(list);
  }
  return { [parameter]: lists };
}
