// Orderings given as data, by paths of the mapping, as Core's expressions. A column of a related object is read by a subquery, so
// that no row is multiplied and cursors find their place by it too.
import { type AnyTable, alias, type Expr, factsOf, ParameterError } from "../../core/index.ts";
import { columnAt } from "../mapping/column-at.ts";
import { isComputedName } from "../mapping/computed.ts";
import { columnBy } from "../mapping/embedded.ts";
import { relationshipsOf } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { relatedRows } from "../mapping/related-rows.ts";
import { rowsOf } from "../mapping/row-filter.ts";

/** @throws {ParameterError} if the path is none of the mapping's */
export function sortedBy(mapper: Mapper, path: string): Expr<any, any, any> {
  if (isComputedName(mapper, path)) return mapper.declared(path) as Expr<any, any, any>;
  const names = path.split(".");
  return valueAt(mapper, mapper.source, names, path, new Set([nameOf(mapper.source)]));
}

function valueAt(
  mapper: Mapper,
  source: AnyTable,
  names: readonly string[],
  path: string,
  taken: ReadonlySet<string>,
): Expr<any, any, any> {
  const [name, ...rest] = names as [string, ...string[]];
  const column = columnBy(mapper, names);
  if (column !== undefined) return columnAt(column.key, source);
  const relationship = relationshipsOf(mapper).get(name);
  if (relationship === undefined || relationship.kind === "many" || rest.length === 0) {
    throw new ParameterError(
      `${mapper.name} cannot be ordered by "${path}"`,
      "Name a column, through to-one relationships if need be: author.name.",
    );
  }
  const own = rowsOf(relationship.target);
  // A row that is in scope under the name already would be taken for the related one.
  const label = taken.has(nameOf(own)) ? `${name} ${taken.size}` : undefined;
  const target = label === undefined ? own : (alias(own as never, label as never) as AnyTable);
  const value = valueAt(relationship.target, target, rest, path, new Set([...taken, nameOf(target)]));
  return relatedRows(relationship, source, target).select({ value }).scalar();
}

function nameOf(source: AnyTable): string {
  return factsOf(source).node.source.name;
}
