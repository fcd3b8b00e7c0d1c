// What a flush is going to write: one record for each row. It holds the values that are sent, apart from the object, so that nothing
// shows on objects before everything has been written, and what user code changes meanwhile stays a change.
import type { State } from "../instance/state.ts";
import type { Link } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";

/** Stands for a value that is not there yet: it comes from a parent's key, or from the database. */
export const unset: unique symbol = Symbol("athanor.unset");

/** A column that is filled with the key of another row once that has one. */
export interface ParentKey {
  readonly position: number;
  readonly parent: RowWrite;
  readonly parentPosition: number;
}

/** A row of a class that is inserted, updated or deleted. */
export interface RowWrite {
  readonly kind: "insert" | "update" | "delete";
  readonly entity: object;
  readonly state: State;
  readonly mapper: Mapper;
  /** For inserts all columns by position, for updates those that are written; else `unset`. */
  readonly values: unknown[];
  readonly parents: ParentKey[];
  /** Where a circle was broken: what is written in a second step. */
  readonly later: ParentKey[];
  /** What the row held in the columns that an update or delete finds it by: the key, and the version. */
  readonly old: readonly unknown[];
  /** A new object in the place of one that is deleted: its row is updated instead. */
  readonly replaces: RowWrite | undefined;
}

/** A row of a table that links two objects: it is added or taken away. */
export interface LinkWrite {
  readonly kind: "link" | "unlink";
  readonly link: Link;
  readonly owner: LinkEnd;
  readonly target: LinkEnd;
}

/** One end of a link: where its key comes from. */
export interface LinkEnd {
  readonly mapper: Mapper;
  /** The columns that the link refers to. */
  readonly positions: readonly number[];
  /** What they hold, where the row is not one that is about to be written. */
  readonly key: readonly unknown[];
  /** The row that is about to be written, whose key may not be there yet. */
  readonly write: RowWrite | undefined;
  readonly entity: object;
}

/** All rows of a link table that refer to an object that is deleted. */
export interface UnlinkAll {
  readonly kind: "unlink all";
  readonly link: Link;
  readonly of: RowWrite;
  readonly positions: readonly number[];
}

export type Write = RowWrite | LinkWrite | UnlinkAll;
