// What a session knows of an object. It sits in a private slot, so that it shows nowhere: not in spread, JSON, inspection or
// a debugger's list of properties.
import { MappingError } from "../errors.ts";
import type { Mapper } from "../mapping/mapper.ts";

/**
 * transient: made by `new`, known to no session. pending: added, not written yet. persistent: stands for a row. deleted: its
 * row was deleted in the transaction that is open. detached: its session let go of it.
 */
export type Status = "transient" | "pending" | "persistent" | "deleted" | "detached";

/** The values of a row, in the order of the mapper's columns from `at` on. Documents and dates stand as what tells a change. */
export type SnapshotRow = unknown[];

/** Whoever an object belongs to; the session, as far as objects ask. */
export interface Owner {
  /** Loads a relationship of an object, and of its siblings. */
  loadRelationship(entity: object, key: string): Promise<void>;
  /** The object with a key, if the session has it. */
  find(mapper: Mapper, key: unknown): object | undefined;
  readonly isClosed: boolean;
  /** Grows with each reading and each transaction. */
  readonly epoch: number;
  /** Told of an object that is about to hold another row: a rollback puts the one it holds back. */
  keep(entity: object, state: State): void;
  /** Told of an object whose relationships were changed: its columns alone would not show it. */
  touch(entity: object): void;
}

export class State {
  status: Status = "transient";
  owner: Owner | undefined = undefined;
  readonly mapper: Mapper;
  /** The row it came from; undefined for an object that has no row yet. */
  row: SnapshotRow | undefined = undefined;
  at = 0;
  /** What was read of deferred columns, by position. */
  deferred: Map<number, unknown> | undefined = undefined;
  /** In which of the session's transactions the row was read. */
  epoch = 0;
  /** In which of them the object came to the session. */
  born = 0;
  /** What is loaded or assigned of its relationships: an object, null, or a collection. */
  relations: Record<string, unknown> | undefined = undefined;
  /** What to-one relationships held before they were assigned, as long as that is not written. */
  changed: Record<string, unknown> | undefined = undefined;
  /** What a flush is planning to do with its row; only while it plans. */
  write: object | undefined = undefined;
  /** The transaction or savepoint that has taken down what the object was before it. */
  kept: object | undefined = undefined;
  /** The objects that the same result brought in. */
  batch: readonly object[] | undefined = undefined;

  constructor(mapper: Mapper) {
    this.mapper = mapper;
  }
}

/** A constructor that gives what it is given: whatever extends it puts its fields into an object that is there already. */
export class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: that is what it is for
    return object;
  }
}

/** Puts the state into an object. */
export class Stateful extends Given {
  readonly #state: State;

  constructor(object: object, state: State) {
    super(object);
    this.#state = state;
  }

  static of(object: object): State | undefined {
    return #state in object ? object.#state : undefined;
  }
}

/** The state of a mapped object. @throws {MappingError} if it is none */
export function stateOf(entity: object): State {
  const state = Stateful.of(entity);
  if (state === undefined)
    throw new MappingError("this is no instance of a mapped class", "Make one with new, or load it.");
  return state;
}
