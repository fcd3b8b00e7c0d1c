// Lifting default filters by name, in a whole statement: wherever in it the classes are read that have them.
import { liftFilters, NODE, type Statement } from "../../core/index.ts";
import { MappingError } from "../errors.ts";

const known = new Set<string>();

/** Takes note of the names of default filters. */
export function addFilterNames(names: Iterable<string>): void {
  for (const name of names) known.add(name);
}

/** @throws {MappingError} if no class has a default filter of the name */
export function checkFilterNames(names: readonly string[]): void {
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return;
  throw new MappingError(
    `no class has a default filter "${unknown}"`,
    known.size === 0 ? "There are none at all." : `There are ${[...known].sort().join(", ")}.`,
  );
}

/**
 * The statement without these default filters, wherever in it the classes are read that have them.
 *
 * @throws {MappingError} if no class has a default filter of the name
 * @example
 * class Doc extends mapped(posts, {}, { where: { published: posts.published.eq(true) } }) {}
 * await db.all(without(select({ n: fn.count() }).from(Doc), "published"));
 */
export function without<R, N>(statement: Statement<R, N>, ...names: readonly [string, ...string[]]): Statement<R, N> {
  checkFilterNames(names);
  return lifted(statement, names);
}

/** The same, of names that have been checked. */
export function lifted<S>(statement: S, names: readonly string[]): S {
  if (names.length === 0) return statement;
  const node: unknown = Reflect.get(statement as object, NODE);
  return Object.create(Object.getPrototypeOf(statement), { [NODE]: { value: liftFilters(node, names) } }) as S;
}
