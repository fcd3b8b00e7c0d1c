// What stands in a snapshot for a value: the value, or what tells a change where it can be changed in place.
import type { MappedColumn } from "../mapping/mapper.ts";

/** What shows a change of a value, also one made in place. */
export function snapshotOf(value: unknown, compare: MappedColumn["compare"]): unknown {
  if (typeof value !== "object" || value === null) return value;
  switch (compare) {
    case "value":
      return value;
    case "date":
      return (value as Date).getTime();
    case "document":
      return documentText(value);
    case "bytes":
      return (value as Uint8Array).slice();
  }
}

// With a replacer it takes five times as long, and few documents hold what JSON has no word for.
function documentText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}n` : part));
  }
}
