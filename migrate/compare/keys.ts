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
  touched: ReadonlySet<string>,
  kind: DatabaseKind,
): KeyChanges {
  // SQLite makes everything anew when it copies the table; an index is what is left.
  const copies = kind === "sqlite";
  const isTouched = (columns: readonly string[]) => columns.some((name) => touched.has(name));
  const speaksOf = (expression: CheckNode["expression"] | undefined) => {
    const text = textOf(expression);
    return text !== undefined && [...touched].some((name) => mentions(text, name));
  };
  const itemTouched = ({ of }: IndexNode["items"][number] | ExclusionNode["items"][number]) =>
    of.kind !== "name" && speaksOf(of);
  return {
    primaryKey: differ(listOf(from.primaryKey), listOf(to.primaryKey), () => false),
    uniques: differ(from.uniques, to.uniques, () => false),
    // Both sides of a key are of one type, so neither can change alone.
    foreignKeys: differ(from.foreignKeys, to.foreignKeys, (key) => !copies && isTouched(key.columns)),
    checks: differ(from.checks, to.checks, ({ expression }) => !copies && speaksOf(expression)),
    exclusions: differ(
      from.exclusions,
      to.exclusions,
      ({ items, where }) => items.some(itemTouched) || speaksOf(where),
    ),
    indexes: differ(from.indexes, to.indexes, ({ items, where }) => items.some(itemTouched) || speaksOf(where)),
  };
}

function listOf<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

/** What must go and what must come: by content, each of one side for one of the other, the same name first. */
export function differ<T extends { readonly name: string | undefined }>(
  from: readonly T[],
  to: readonly T[],
  mustGo: (part: T) => boolean,
): Difference<T> {
  const left = [...from];
  const added: T[] = [];
  const take = (wanted: T, isSame: (part: T) => boolean): boolean => {
    const content = contentOf(wanted);
    const place = left.findIndex((part) => isSame(part) && contentOf(part) === content);
    if (place === -1) return false;
    left.splice(place, 1);
    return true;
  };
  const waiting = to.filter((wanted) => !take(wanted, (part) => part.name === wanted.name));
  // A name that something else shall have must be free.
  const names = new Set(to.map(({ name }) => name));
  for (const wanted of waiting) {
    if (!take(wanted, (part) => part.name === undefined || !names.has(part.name))) added.push(wanted);
  }
  const kept = from.filter((part) => !left.includes(part));
  const again = kept.filter(mustGo);
  return { gone: [...left, ...again], added: [...added, ...again] };
}
