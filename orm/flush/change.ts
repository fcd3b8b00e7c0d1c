// What a flush is going to write: one record for each row. It holds the values that are sent, apart from the object, so that nothing
// shows on objects before everything has been written, and what user code changes meanwhile stays a change.
import type { State } from "../instance/state.ts";
import type { Link } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { InsertShape } from "./insert-shape.ts";

/** Stands for a value that is not there yet: it comes from a parent's key, or from the database. */
export const unset: unique symbol = Symbol("athanor.unset");

/** A column that is filled with the key of another row once that has one. */
export interface ParentKey {
  readonly position: number;
  readonly parent: RowWrite;
  readonly parentPosition: number;
}

const none: readonly never[] = [];

// There are as many as there are rows: what most do not need is shared.
/** A row of a class that is inserted, updated or deleted. */
export class RowWrite {
  readonly kind: "insert" | "update" | "delete";
  readonly entity: object;
  readonly state: State;
  readonly mapper: Mapper;
  /** For inserts all columns by position, for updates those that are written; else `unset`. */
  readonly values: unknown[];
  /** What the row held, by position. */
  readonly old: readonly unknown[];
  /** Of an insert: which columns the object gave. */
  readonly shape: InsertShape | undefined;
  parents: readonly ParentKey[] = none;
  /** Where a circle was broken: what is written in a second step. */
  later: readonly ParentKey[] = none;
  /** Columns that the object gave and that are null all the same, since what they referred to goes. */
  released: readonly number[] = none;
  /** Its place among the writes of the flush. */
  number = 0;

  constructor(
    kind: RowWrite["kind"],
    entity: object,
    state: State,
    values: unknown[],
    old: readonly unknown[],
    shape?: InsertShape,
  ) {
    this.kind = kind;
    this.entity = entity;
    this.state = state;
    this.mapper = state.mapper;
    this.values = values;
    this.old = old;
    this.shape = shape;
  }

  addParent(key: ParentKey): void {
    if (this.parents === none) this.parents = [key];
    else (this.parents as ParentKey[]).push(key);
  }

  /** Whether a column is going to be filled with the key of another row. */
  isToCome(position: number): boolean {
    for (let i = 0; i < this.parents.length; i++) if (this.parents[i]?.position === position) return true;
    return false;
  }

  /** Whether a column is given a value, now or once that is known. */
  isWritten(position: number): boolean {
    return this.values[position] !== unset || this.isToCome(position);
  }

  /** Null now, the keys in a second step. */
  putOff(keys: readonly ParentKey[]): void {
    this.parents = this.parents.filter((one) => !keys.includes(one));
    this.later = [...this.later, ...keys];
    for (const { position } of keys) this.values[position] = null;
  }
}

/** A row of a table that links two objects: it is added or taken away. */
export interface LinkWrite {
  readonly kind: "link" | "unlink";
  number: number;
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
  number: number;
  readonly link: Link;
  readonly of: RowWrite;
  readonly positions: readonly number[];
}

export type Write = RowWrite | LinkWrite | UnlinkAll;
