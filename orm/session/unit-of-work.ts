// What a session does when it writes: flush, commit, rollback, savepoints. It holds what was gathered, the transaction, and who is
// told; the session hands its calls on, one at a time.
import type { Queries, Transaction } from "../../core/index.ts";
import { FlushError } from "../errors.ts";
import { gather, isSeveral, prepare, type ReadyFlush, sendAll, sendsNothing } from "../flush/flush.ts";
import type { Runner } from "../flush/outbox.ts";
import { type Journal, settle } from "../flush/settle.ts";
import type { FlushPlace, Tracked } from "../flush/tracked.ts";
import { isChanged } from "../instance/snapshot.ts";
import type { EventHandlers } from "./events.ts";
import { calling } from "./frame.ts";
import { restore } from "./restore.ts";
import type { SessionTransaction } from "./session-transaction.ts";

/** What the unit of work needs of its session. */
export interface WorkPlace extends FlushPlace {
  /** What comes from now on is newer than what came before; gives the number of what came before. */
  nextEpoch(): number;
}

// Handlers may change objects, which may concern further objects, about which handlers are told …
const mostRounds = 100;

export class UnitOfWork<Provided> {
  readonly #place: WorkPlace;
  readonly #tracked: Tracked;
  readonly #transaction: SessionTransaction<Provided>;
  readonly #events: EventHandlers;

  constructor(place: WorkPlace, transaction: SessionTransaction<Provided>, events: EventHandlers) {
    this.#place = place;
    this.#tracked = place.tracked;
    this.#transaction = transaction;
    this.#events = events;
  }

  /** Writes what was changed; gives whether there was something. */
  async flush(): Promise<boolean> {
    if (this.#isEmpty()) return false;
    if (this.#events.has("beforeFlush") && this.#hasChanges()) await this.#tell("beforeFlush", flushing);
    const undo = gather(this.#place);
    let ready: ReadyFlush | undefined;
    try {
      ready = await this.#ready();
      if (ready === undefined) return false;
      await this.#write(ready);
    } catch (error) {
      ready?.taken.giveBack();
      undo();
      throw error;
    }
    await this.#tellAfter(ready);
    await this.#tell("afterFlush", flushing);
    return true;
  }

  async commit(): Promise<void> {
    await this.#tell("beforeCommit", ["commit", "rollback", "nested"]);
    await this.#flushAll();
    if (this.#transaction.depth > 0) await this.#transaction.commit();
    this.#place.nextEpoch();
    await this.#tell("afterCommit", []);
  }

  async rollback(): Promise<void> {
    await this.#tell("beforeRollback", ["flush", "commit", "rollback", "nested"]);
    await this.#undo();
    await this.#tell("afterRollback", []);
  }

  /** The transaction, begun if none is open. */
  async begin(): Promise<Transaction<Provided>> {
    return this.#transaction.handle ?? (await this.#transaction.begin(this.#place.nextEpoch()));
  }

  /** Runs the callback inside a savepoint. */
  async nested<T>(work: () => T | Promise<T>): Promise<T> {
    await this.flush();
    const isFirst = this.#transaction.depth === 0;
    if (isFirst) await this.begin();
    await this.#transaction.begin(this.#place.nextEpoch());
    try {
      const value = await calling(this.#place, ["commit", "rollback"], true, work);
      await this.#flushAll();
      await this.#transaction.commit();
      return value;
    } catch (error) {
      await this.#undo();
      // Nothing else was written in the transaction that was begun for it.
      if (isFirst && this.#transaction.depth > 0) await this.#transaction.rollback();
      throw error;
    }
  }

  /** Does what writes without objects, in the transaction: after what was changed so far, and all of it or nothing. */
  async bulk<T>(work: (runner: Runner, journal: Journal) => Promise<T>): Promise<T> {
    await this.flush();
    const outer = await this.begin();
    const savepoint = await outer.begin();
    try {
      const value = await work(savepoint as unknown as Runner, this.#transaction);
      await savepoint.commit();
      return value;
    } catch (error) {
      await savepoint.rollback().catch(() => {});
      throw error;
    }
  }

  /** Lets go of the transaction, if one is open. */
  async close(): Promise<void> {
    while (this.#transaction.depth > 0) await this.#transaction.rollback();
  }

  /** Tells of objects that were loaded. */
  async tellLoaded(objects: readonly object[]): Promise<void> {
    await calling(this.#place, writing, false, () => this.#events.tellOf("load", objects));
  }

  async #undo(): Promise<void> {
    if (this.#transaction.depth === 0) {
      restore(this.#tracked, [], Number.POSITIVE_INFINITY);
      return;
    }
    const { restored, epoch } = await this.#transaction.rollback();
    restore(this.#tracked, restored, epoch);
    this.#place.nextEpoch();
  }

  /** Whether there is nothing to look through, as before the first query of a session. */
  #isEmpty(): boolean {
    const { pending, doomed, touched, identities } = this.#tracked;
    return pending.size + doomed.size + touched.size + identities.size === 0;
  }

  /** Writes what was changed, and what handlers change or add once it is written: nothing of it may miss the commit. */
  async #flushAll(): Promise<void> {
    for (let round = 0; await this.flush(); round++) {
      if (!afterFlushing.some((event) => this.#events.has(event))) return;
      if (round === mostRounds)
        throw new FlushError(
          "handlers change something after every flush",
          "Change it before, or only where it differs.",
        );
    }
  }

  #hasChanges(): boolean {
    const { pending, doomed, touched, identities } = this.#tracked;
    if (pending.size + doomed.size + touched.size > 0) return true;
    for (const [, objects] of identities.entries())
      for (const entity of objects.values()) if (isChanged(entity)) return true;
    return false;
  }

  /** What is to be written, once the handlers have had their say about every object. */
  async #ready(): Promise<ReadyFlush | undefined> {
    let ready = await prepare(this.#place);
    const hears = beforeEvents.filter(([event]) => this.#events.has(event));
    if (hears.length === 0) return ready;
    const told = new Set<object>();
    for (let round = 0; ready !== undefined && round < mostRounds; round++) {
      let isNews = false;
      for (const [event, part] of hears) {
        const fresh = ready.plan[part].map(({ entity }) => entity).filter((entity) => !told.has(entity));
        for (const entity of fresh) told.add(entity);
        isNews ||= fresh.length > 0;
        try {
          await calling(this.#place, writing, false, () => this.#events.tellOf(event, fresh));
        } catch (error) {
          ready.taken.giveBack();
          throw error;
        }
      }
      if (!isNews) break;
      ready.taken.giveBack();
      gather(this.#place);
      ready = await prepare(this.#place);
    }
    return ready;
  }

  /** Sends everything, so that a failure leaves nothing behind, and then lets it show. */
  async #write(ready: ReadyFlush): Promise<void> {
    const outer = this.#transaction.handle;
    if (sendsNothing(ready)) {
      settle(ready.plan, ready.snapshots, ready.taken, this.#place, this.#transaction);
      return;
    }
    if (outer === undefined) {
      const handle = await this.#transaction.begin(this.#place.nextEpoch());
      try {
        await sendAll(ready, handle as unknown as Queries<any>);
      } catch (error) {
        await this.#transaction.rollback();
        throw error;
      }
    } else await this.#writeInside(ready, outer);
    settle(ready.plan, ready.snapshots, ready.taken, this.#place, this.#transaction);
  }

  /** In a transaction that is open already, it must stay usable. */
  async #writeInside(ready: ReadyFlush, outer: Transaction<Provided>): Promise<void> {
    const runner = outer as unknown as Queries<any>;
    if (!outer.dialect.bulk.errorsEndTransaction && !isSeveral(ready, runner)) return sendAll(ready, runner);
    const savepoint = await outer.begin();
    try {
      await sendAll(ready, savepoint as unknown as Queries<any>);
      await savepoint.commit();
    } catch (error) {
      // It may have ended with a transaction that is lost; the first error is the one to tell.
      await savepoint.rollback().catch(() => {});
      throw error;
    }
  }

  async #tellAfter({ plan }: ReadyFlush): Promise<void> {
    for (const [event, part] of afterEvents) {
      if (!this.#events.has(event)) continue;
      const objects = plan[part].map(({ entity }) => entity);
      await calling(this.#place, writing, false, () => this.#events.tellOf(event, objects));
    }
  }

  async #tell(event: Parameters<EventHandlers["tell"]>[0], refuses: readonly string[]): Promise<void> {
    if (!this.#events.has(event)) return;
    await calling(this.#place, refuses, refuses !== flushing, () => this.#events.tell(event));
  }
}

const writing = ["flush", "commit", "rollback", "nested"];
const flushing = writing;
const beforeEvents = [
  ["beforeInsert", "inserts"],
  ["beforeUpdate", "updates"],
  ["beforeDelete", "deletes"],
] as const;
const afterEvents = [
  ["afterInsert", "inserts"],
  ["afterUpdate", "updates"],
  ["afterDelete", "deletes"],
] as const;
const afterFlushing = [...afterEvents.map(([event]) => event), "afterFlush"] as const;
