// The transaction of a session, with its savepoints, and what memory must become again if one of them is rolled back. What an object
// was is kept when a flush first changes it; whoever was not written needs nothing kept, its own row says what it was.
import { type Database, type Transaction, TransactionAborted, type TransactionOptions } from "../../core/index.ts";
import type { IdentityMap } from "../instance/identity-map.ts";
import { type SnapshotRow, type State, type Status, stateOf } from "../instance/state.ts";

/** What a session begins its transactions on: a database, or a transaction whose savepoints they then are. */
export type Beginner<Provided> = Pick<Database<Provided>, "begin"> | Pick<Transaction<Provided>, "begin">;

/** What an object was when the transaction or savepoint began. */
interface Before {
  readonly status: Status;
  readonly row: SnapshotRow | undefined;
  readonly at: number;
  readonly deferred: Map<number, unknown> | undefined;
  readonly identity: unknown;
  /** The level around this one that had taken it down before. */
  readonly kept: object | undefined;
  /** Of an object that was new: the columns that a flush gave it. */
  readonly filled: readonly number[];
}

/** Objects that were new and have been inserted: all there is to know of them is which columns that gave them. */
interface Newcomers {
  readonly filled: readonly number[];
  readonly entities: object[];
}

interface Level<Provided> {
  readonly handle: Transaction<Provided>;
  /** What the session had read up to: objects of a later epoch leave it on rollback. */
  readonly epoch: number;
  readonly objects: Map<object, Before>;
  readonly newcomers: Newcomers[];
  /** What puts relationships back, the latest last. */
  readonly relations: (() => void)[];
}

const nothing: readonly never[] = [];

/** What an object has to become again. */
export interface Restored {
  readonly entity: object;
  readonly state: State;
  readonly filled: readonly number[];
}

export class SessionTransaction<Provided> {
  readonly #beginner: Beginner<Provided>;
  readonly #options: TransactionOptions;
  readonly #identities: IdentityMap;
  readonly #levels: Level<Provided>[] = [];
  /** Why the transaction has ended without the session having asked for it. */
  #lost: unknown;

  constructor(beginner: Beginner<Provided>, options: TransactionOptions, identities: IdentityMap) {
    this.#beginner = beginner;
    this.#options = options;
    this.#identities = identities;
  }

  /**
   * The transaction or savepoint that statements go through; none before the first write.
   *
   * @throws {TransactionAborted} if a commit of it has failed for good
   */
  get handle(): Transaction<Provided> | undefined {
    if (this.#lost !== undefined) throw aborted(this.#lost);
    return this.#levels.at(-1)?.handle;
  }

  /** How many there are: 1 for a transaction, more inside savepoints. */
  get depth(): number {
    return this.#levels.length;
  }

  /** Begins the transaction, or a savepoint inside it. */
  async begin(epoch: number): Promise<Transaction<Provided>> {
    const inner = this.handle;
    const handle = await (inner === undefined ? this.#begin() : inner.begin());
    this.#levels.push({ handle, epoch, objects: new Map(), newcomers: [], relations: [] });
    return handle;
  }

  #begin(): Promise<Transaction<Provided>> {
    return (this.#beginner.begin as (options?: TransactionOptions) => Promise<Transaction<Provided>>).call(
      this.#beginner,
      this.#options,
    );
  }

  /** Commits the innermost; what it kept is kept by the one around it. */
  async commit(): Promise<void> {
    if (this.#lost !== undefined) throw aborted(this.#lost);
    const level = this.#levels.at(-1) as Level<Provided>;
    try {
      await level.handle.commit();
    } catch (error) {
      if (!level.handle.isOpen) this.#lost = error;
      throw error;
    }
    this.#levels.pop();
    const outer = this.#levels.at(-1);
    if (outer !== undefined) handOver(level, outer);
    else {
      for (const entity of level.objects.keys()) letGo(entity);
      for (const { entities } of level.newcomers) for (const entity of entities) letGo(entity);
    }
  }

  /** Rolls the innermost back, in the database and in what objects stand for. */
  async rollback(): Promise<{ readonly restored: readonly Restored[]; readonly epoch: number }> {
    const level = this.#levels.pop() as Level<Provided>;
    this.#lost = undefined;
    try {
      await level.handle.rollback();
    } catch (error) {
      // One that has ended already, by a lost connection or a commit that failed, has nothing to undo.
      if (level.handle.isOpen) throw error;
    }
    for (const put of level.relations.reverse()) put();
    const restored: Restored[] = [];
    for (const entity of level.objects.keys()) this.#forget(entity);
    for (const { entities } of level.newcomers) for (const entity of entities) this.#forget(entity);
    for (const [entity, before] of level.objects) {
      const state = stateOf(entity);
      const { row, at, deferred, status, identity, kept, filled } = before;
      Object.assign(state, { row, at, deferred, status, kept });
      if (status === "persistent") this.#identities.of(state.mapper).set(identity, entity);
      restored.push({ entity, state, filled });
    }
    for (const { filled, entities } of level.newcomers) {
      for (const entity of entities) {
        const state = stateOf(entity);
        Object.assign(state, { row: undefined, at: 0, deferred: undefined, status: "transient", kept: undefined });
        restored.push({ entity, state, filled });
      }
    }
    return { restored, epoch: level.epoch };
  }

  /** What an object came to be called by in what is rolled back. */
  #forget(entity: object): void {
    const { mapper, row, at, status } = stateOf(entity);
    if (row === undefined || status !== "persistent") return;
    const identity = mapper.identity(row, at);
    if (this.#identities.get(mapper, identity) === entity) this.#identities.delete(mapper, identity);
  }

  /** Takes down what an object is before a flush changes it. */
  keep(entity: object, state: State): void {
    const level = this.#levels.at(-1);
    if (level === undefined || state.kept === level) return;
    const { status, row, at, deferred, mapper, kept } = state;
    state.kept = level;
    level.objects.set(entity, {
      status,
      row,
      at,
      deferred: deferred === undefined ? undefined : new Map(deferred),
      identity: row === undefined ? undefined : mapper.identity(row, at),
      kept,
      filled: nothing,
    });
  }

  keepNew(entity: object, state: State, filled: readonly number[]): void {
    const level = this.#levels.at(-1);
    if (level === undefined || state.kept === level) return;
    const { kept } = state;
    state.kept = level;
    if (kept !== undefined) {
      level.objects.set(entity, { ...unknownBefore, kept, filled });
      return;
    }
    let newcomers = level.newcomers.at(-1);
    if (newcomers?.filled !== filled) {
      newcomers = { filled, entities: [] };
      level.newcomers.push(newcomers);
    }
    newcomers.entities.push(entity);
  }

  /** Takes down what puts a relationship back. */
  keepRelation(put: () => void): void {
    this.#levels.at(-1)?.relations.push(put);
  }
}

function aborted(cause: unknown): TransactionAborted {
  const why = cause instanceof Error ? ` (${cause.name})` : "";
  return new TransactionAborted({
    message: `the session's transaction ended with a commit that failed${why}`,
    hint: "await session.rollback() makes the objects what they were before it; then look at what the database has.",
    cause,
    transaction: "gone",
  });
}

const unknownBefore = {
  status: "transient",
  row: undefined,
  at: 0,
  deferred: undefined,
  identity: undefined,
} as const satisfies Partial<Before>;

/** A savepoint has become part of what is around it: that keeps what it had kept, unless it knows of something earlier. */
function handOver(level: Level<any>, outer: Level<any>): void {
  for (const [entity, before] of level.objects) {
    if (before.kept !== outer) outer.objects.set(entity, before);
    stateOf(entity).kept = outer;
  }
  for (const newcomers of level.newcomers) {
    for (const entity of newcomers.entities) stateOf(entity).kept = outer;
    outer.newcomers.push(newcomers);
  }
  for (const put of level.relations) outer.relations.push(put);
}

/** What a commit leaves of an object. */
function letGo(entity: object): void {
  const state = stateOf(entity);
  state.kept = undefined;
  if (state.status !== "deleted") return;
  state.status = "detached";
  state.owner = undefined;
}
