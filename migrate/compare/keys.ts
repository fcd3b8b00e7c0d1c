// How constraints and indexes of a table differ, by what they say. What a touched column would be in the way of goes first and
// comes again, even if it stays the same.
import type {
  CheckNode,
  ExclusionNode,
  ForeignKeyNode,
  IndexNode,
  PrimaryKeyNode,
  TableNode,
  UniqueNode,
} from "../../core/index.ts";
import type { DatabaseKind } from "../database.ts";
import type { ColumnChanges } from "./columns.ts";
import { mentions } from "./mentions.ts";
import { contentOf, textOf } from "./same.ts";

export interface Difference<T> {
  readonly gone: readonly T[];
  readonly added: readonly T[];
}

export interface KeyChanges {
  readonly primaryKey: Difference<PrimaryKeyNode>;
  readonly uniques: Difference<UniqueNode>;
  readonly foreignKeys: Difference<ForeignKeyNode>;
  readonly checks: Difference<CheckNode>;
  readonly exclusions: Difference<ExclusionNode>;
  readonly indexes: Difference<IndexNode>;
}

export function compareKeys(
  from: TableNode,
  to: TableNode,
  { touched, recomputed }: Pick<ColumnChanges, "touched" | "recomputed">,
  kind: DatabaseKind,
): KeyChanges {
  // SQLite makes everything anew when it copies the table; an index is what is left.
  const copies = kind === "sqlite";
  const isTouched = (columns: readonly string[]) => columns.some((name) => touched.has(name));
  const speaksOf = (expression: CheckNode["expression"] | undefined) => {
    const text = textOf(expression);
    return text !== undefined && [...touched].some((name) => mentions(text, name));
  };
  // A column that is dropped, to be added as it shall be, takes them with it.
  const isAnew = (columns: readonly string[]) => recomputed.some(({ from }) => columns.includes(from.name));
  const isOverAnew = (items: readonly Pick<IndexNode["items"][number], "of">[]) =>
    isAnew(items.flatMap(({ of }) => (of.kind === "name" ? of.name : [])));
  const itemTouched = ({ of }: IndexNode["items"][number] | ExclusionNode["items"][number]) =>
    of.kind !== "name" && speaksOf(of);
  const names = namesIn(to);
  return {
    primaryKey: differ(listOf(from.primaryKey), listOf(to.primaryKey), names, ({ columns }) => isAnew(columns)),
    uniques: differ(from.uniques, to.uniques, names, ({ columns }) => isAnew(columns)),
    // Both sides of a key are of one type, so neither can change alone.
    foreignKeys: differ(from.foreignKeys, to.foreignKeys, names, (key) => !copies && isTouched(key.columns)),
    checks: differ(from.checks, to.checks, names, ({ expression }) => !copies && speaksOf(expression)),
    exclusions: differ(
      from.exclusions,
      to.exclusions,
      names,
      ({ items, where }) => items.some(itemTouched) || speaksOf(where) || isOverAnew(items),
    ),
    indexes: differ(
      from.indexes,
      to.indexes,
      names,
      ({ items, where, include = [] }) =>
        items.some(itemTouched) || speaksOf(where) || isOverAnew(items) || isAnew(include),
    ),
  };
}

function listOf<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

type Named = { readonly name: string | undefined };

/** What a table's constraints and indexes shall be called: a name that something else shall have must be free. */
type Names = ReadonlySet<string | undefined>;

function namesIn({ primaryKey, uniques, foreignKeys, checks, exclusions, indexes }: TableNode): Names {
  const all: readonly Named[] = [
    ...listOf(primaryKey),
    ...uniques,
    ...foreignKeys,
    ...checks,
    ...exclusions,
    ...indexes,
  ];
  return new Set(all.map(({ name }) => name));
}

interface Matching<T> {
  readonly pairs: readonly { readonly from: T; readonly to: T }[];
  readonly gone: readonly T[];
  readonly added: readonly T[];
}

/** Which of one side is which of the other: by content, the same name first. */
function match<T extends Named>(from: readonly T[], to: readonly T[], names: Names): Matching<T> {
  const left = [...from];
  const pairs: { readonly from: T; readonly to: T }[] = [];
  const take = (wanted: T, isSame: (part: T) => boolean): boolean => {
    const content = contentOf(wanted);
    const place = left.findIndex((part) => isSame(part) && contentOf(part) === content);
    const [found] = place === -1 ? [] : left.splice(place, 1);
    if (found !== undefined) pairs.push({ from: found, to: wanted });
    return found !== undefined;
  };
  const waiting = to.filter((wanted) => !take(wanted, (part) => part.name === wanted.name));
  const added = waiting.filter((wanted) => !take(wanted, (part) => part.name === undefined || !names.has(part.name)));
  return { pairs, gone: left, added };
}

/** What must go and what must come. */
function differ<T extends Named>(
  from: readonly T[],
  to: readonly T[],
  names: Names,
  mustGo: (part: T) => boolean,
): Difference<T> {
  const { pairs, gone, added } = match(from, to, names);
  const again = pairs.map((pair) => pair.from).filter(mustGo);
  return { gone: [...gone, ...again], added: [...added, ...again] };
}

/** The table as it shall be, with what it has already called as it is called. */
export function withKeptNames(from: TableNode, to: TableNode): TableNode {
  const names = namesIn(to);
  const keep = <T extends Named>(a: readonly T[], b: readonly T[]): readonly T[] => {
    const { pairs } = match(a, b, names);
    return b.map((part) => {
      const there = pairs.find((pair) => pair.to === part);
      return there === undefined ? part : { ...part, name: there.from.name };
    });
  };
  return {
    ...to,
    primaryKey: keep(listOf(from.primaryKey), listOf(to.primaryKey))[0],
    uniques: keep(from.uniques, to.uniques),
    foreignKeys: keep(from.foreignKeys, to.foreignKeys),
    checks: keep(from.checks, to.checks),
    exclusions: keep(from.exclusions, to.exclusions),
    indexes: keep(from.indexes, to.indexes),
  };
}
