// What a database tells of itself, in the nodes that declared schemas use too.
import type { SchemaObject, TableNode } from "../tree/schema-node.ts";

/** Which objects to look at. */
export interface InspectOptions {
  /** Of the default schema alone, unless given. */
  readonly schemas?: readonly string[] | undefined;
  /** Only these tables and views. */
  readonly only?: readonly string[] | undefined;
}

/** Everything that was found, sorted by kind and name. */
export interface Reflected {
  readonly tables: readonly TableNode[];
  readonly others: readonly Exclude<SchemaObject, TableNode>[];
}
