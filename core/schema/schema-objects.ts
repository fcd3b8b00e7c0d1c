// What a schema consists of: whatever of an object or a list of values was declared to be in a database. A module's
// namespace will do; what is no object of a schema is passed over.
import { factsOf, isSource } from "../expression/source.ts";
import type { SchemaObject } from "../tree/schema-node.ts";

/** Tables, views, sequences and types: as a list, or as the properties of an object, such as a module's namespace. */
export type Schema = Readonly<Record<string, unknown>> | readonly unknown[];

/** The nodes of a schema's objects, each once, in the order given. */
export function objectsOf(schema: Schema): readonly SchemaObject[] {
  return [...new Set(Object.values(schema).flatMap((value) => objectOf(value) ?? []))];
}

const kinds: ReadonlySet<unknown> = new Set<SchemaObject["kind"]>(["table", "view", "sequence", "type"]);

function objectOf(value: unknown): SchemaObject | undefined {
  // An alias of a table, or a class mapped to it, is another source that knows of the same declaration.
  if (isSource(value)) return nodeOf(factsOf(value).declared);
  if (typeof value !== "object" || value === null) return undefined;
  return nodeOf(value) ?? (isNode(value) ? value : undefined);
}

function nodeOf(declared: unknown): SchemaObject | undefined {
  const node = (declared as { readonly node?: unknown } | undefined)?.node;
  return isNode(node) ? node : undefined;
}

function isNode(value: unknown): value is SchemaObject {
  return typeof value === "object" && value !== null && kinds.has((value as { readonly kind?: unknown }).kind);
}
