// A to-many relationship of one object. It can be changed unread: what was put in and taken out is kept until the flush. Once
// loaded it is the list itself.
import { MappingError } from "../errors.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import { linkInverse, unlinkInverse } from "./inverse.ts";
import { load } from "./pending.ts";
import { stateOf } from "./state.ts";

interface Changes {
  readonly added: Set<object>;
  readonly removed: Set<object>;
}
const none: ReadonlySet<object> = new Set();

/** The objects of a to-many relationship, as an array that is changed by its own methods only. */
export class RelatedList extends Array<object> {
  #owner!: object;
  #relationship!: Relationship;
  #loaded = false;
  /** What was put in and taken out since the last flush. Most lists are never changed: they go without. */
  #added: Set<object> | undefined;
  #removed: Set<object> | undefined;
  /** What it held before the first of these changes. */
  #base: object[] | undefined;

  // map, filter and slice give plain arrays.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  static make(owner: object, relationship: Relationship): RelatedList {
    const list = new RelatedList();
    list.#owner = owner;
    list.#relationship = relationship;
    return list;
  }

  get isLoaded(): boolean {
    return this.#loaded;
  }
  get added(): ReadonlySet<object> {
    return this.#added ?? none;
  }
  get removed(): ReadonlySet<object> {
    return this.#removed ?? none;
  }

  add(...items: object[]): void {
    this.#refuseViewOnly();
    for (const item of items) {
      this.put(item);
      linkInverse(this.#owner, this.#relationship, item);
    }
  }

  remove(...items: object[]): void {
    this.#refuseViewOnly();
    for (const item of items) {
      this.take(item);
      unlinkInverse(this.#owner, this.#relationship, item);
    }
  }

  set(items: Iterable<object>): void {
    const wanted = new Set(items);
    if (!this.#loaded) {
      throw new MappingError(
        `${this.#relationship.owner.name}.${this.#relationship.key} is replaced before it is loaded`,
        "Await it first: what it holds now must be known to be taken out.",
      );
    }
    this.remove(...this.filter((item) => !wanted.has(item)));
    this.add(...[...wanted].filter((item) => !this.includes(item)));
  }

  /** Takes an object in without telling the other side. */
  put(item: object): void {
    const { added, removed } = this.#changing();
    if (removed.delete(item)) {
      if (this.#loaded && !this.includes(item)) super.push(item);
      return;
    }
    if (this.includes(item)) return;
    added.add(item);
    super.push(item);
  }

  /** Takes an object out without telling the other side. */
  take(item: object): void {
    const { added, removed } = this.#changing();
    const at = this.indexOf(item);
    if (at >= 0) super.splice(at, 1);
    if (added.delete(item)) return;
    if (at >= 0 || !this.#loaded) removed.add(item);
  }

  /** Where what the database has is put together before it is given to `hold`: the list itself, unless it was changed here. */
  room(): object[] {
    if (this.#base !== undefined) return [];
    this.length = 0;
    return this;
  }

  /** Holds what the database has, with what was changed here since. */
  hold(items: readonly object[]): void {
    this.#loaded = true;
    if (items === this) return;
    this.length = 0;
    const { added, removed } = this;
    for (const item of items) if (!removed.has(item)) super.push(item);
    for (const item of added) if (!this.includes(item)) super.push(item);
    if (this.#base !== undefined) this.#base = [...items];
  }

  /** Nothing is known of it any more but what was changed here. */
  forget(): void {
    this.length = 0;
    this.#loaded = false;
    if (this.#base !== undefined) this.#base = [];
    for (const item of this.added) super.push(item);
  }

  /** These changes have been written; others may have been made meanwhile. Gives what puts back what it held before them. */
  written(added: ReadonlySet<object>, removed: ReadonlySet<object>): () => void {
    const base = this.#base;
    const left = this.#changes();
    // What was taken back while it was being written is a change of its own now.
    for (const item of added) if (!left.added.delete(item)) left.removed.add(item);
    for (const item of removed) if (!left.removed.delete(item)) left.added.add(item);
    if (!this.#loaded) {
      this.length = 0;
      super.push(...left.added);
    }
    if (left.added.size + left.removed.size === 0) this.#base = undefined;
    else this.#base = [...this.filter((item) => !left.added.has(item)), ...(this.#loaded ? left.removed : [])];
    return () => {
      if (base !== undefined) this.#restore(base);
    };
  }

  /** Takes back what was changed and not written. */
  revert(): void {
    if (this.#base !== undefined) this.#restore(this.#base);
  }

  /** An object has gone from the database: it is no longer in here. Gives what puts it back. */
  drop(gone: ReadonlySet<object>): (() => void) | undefined {
    const before = [...this];
    const left = before.filter((item) => !gone.has(item));
    if (left.length === before.length) return undefined;
    this.length = 0;
    super.push(...left);
    for (const item of gone) {
      this.#added?.delete(item);
      this.#removed?.delete(item);
    }
    return () => this.#restore(before);
  }

  #restore(items: readonly object[]): void {
    this.length = 0;
    for (const item of items) super.push(item);
    this.#added = undefined;
    this.#removed = undefined;
    this.#base = undefined;
  }

  /** Keeps what it holds before it is changed, and tells the session. */
  #changing(): Changes {
    this.#base ??= [...this];
    stateOf(this.#owner).owner?.touch(this.#owner);
    return this.#changes();
  }

  #changes(): Changes {
    this.#added ??= new Set();
    this.#removed ??= new Set();
    return { added: this.#added, removed: this.#removed };
  }

  override push(): never {
    throw this.#notAnArray("push", "add");
  }
  override pop(): never {
    throw this.#notAnArray("pop", "remove");
  }
  override shift(): never {
    throw this.#notAnArray("shift", "remove");
  }
  override unshift(): never {
    throw this.#notAnArray("unshift", "add");
  }
  override splice(): never {
    throw this.#notAnArray("splice", "add() and remove");
  }

  // Gives a fresh array, never itself: a thenable that resolves to itself would be awaited for ever.
  then<A, B>(
    resolve?: ((value: readonly object[]) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#read().then(resolve, reject);
  }

  async #read(): Promise<readonly object[]> {
    if (!this.#loaded) await load(this.#owner, this.#relationship.key);
    return Array.from(this);
  }

  #refuseViewOnly(): void {
    if (this.#relationship.viewOnly) {
      throw new MappingError(`${this.#relationship.owner.name}.${this.#relationship.key} is read-only`);
    }
  }

  #notAnArray(method: string, instead: string): MappingError {
    return new MappingError(
      `${this.#relationship.owner.name}.${this.#relationship.key} cannot be changed by ${method}()`,
      `Use ${instead}(): the session learns of changes through them.`,
    );
  }
}
