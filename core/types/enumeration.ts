// One of a list of strings.
import { malformed, refuse, refuseAs } from "./found.ts";
import type { EnumerationType } from "./sql-type.ts";

export function acceptEnumeration({ values }: EnumerationType): (value: unknown) => string {
  const members = new Set<unknown>(values);
  return (value) => {
    if (members.has(value)) return value as string;
    const expected = `one of ${listOf(values)}`;
    return typeof value === "string" ? refuseAs(expected, "another string") : refuse(expected, value);
  };
}

/** Refuses what is not in the list: the row's type is the union of its members. */
export function readEnumeration({ values }: EnumerationType): (value: unknown) => string {
  const members = new Set<unknown>(values);
  return (value) => (members.has(value) ? (value as string) : malformed(`one of ${listOf(values)}`, value));
}

function listOf(values: readonly string[]): string {
  const shown = values.slice(0, 10).map((value) => `'${value}'`);
  return values.length > shown.length
    ? `${shown.join(", ")} and ${values.length - shown.length} more`
    : shown.join(", ");
}
