// What a database tells of itself, in the nodes that declared schemas use too.
import type { SchemaObject, TableNode } from "../tree/schema-node.ts";
import type { Connection } from "./driver.ts";

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

/** Reads the catalogue of a database over a connection, in few statements however many tables there are. */
export type Inspector = (connection: Connection, options: InspectOptions) => Promise<Reflected>;
