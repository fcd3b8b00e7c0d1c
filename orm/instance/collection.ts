// A to-many relationship of one object. It can be changed unread: what was put in and taken out is kept until the flush. Once
// loaded it is the list itself.
import { MappingError } from "../errors.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import { linkInverse, unlinkInverse } from "./inverse.ts";
import { load } from "./pending.ts";
import { stateOf } from "./state.ts";

const none: ReadonlySet<object> = new Set();

/** What was changed in a list, and what it held before. */
export interface ListChanges {
  readonly base: readonly object[];
  readonly added: ReadonlySet<object>;
  readonly removed: ReadonlySet<object>;
}

/** What a list knows beside its objects. In one place, since each private field of an array costs as much as all of this. */
class ListFacts {
  readonly owner: object;
  readonly relationship: Relationship;
  loaded = false;
  /** In which epoch of the session it was loaded. */
  epoch = 0;
  /** What was put in and taken out since the last flush. Most lists are never changed: they go without. */
  added: Set<object> | undefined = undefined;
  removed: Set<object> | undefined = undefined;
  /** What it held before the first of these changes. */
  base: object[] | undefined = undefined;

  constructor(owner: object, relationship: Relationship) {
    this.owner = owner;
    this.relationship = relationship;
  }
}

/** The objects of a to-many relationship, as an array that is changed by its own methods only. */
export class RelatedList extends Array<object> {
  #facts!: ListFacts;

  // map, filter and slice give plain arrays.
  static override get [Symbol.species](): ArrayConstructor {
    return Array;
  }

  static make(owner: object, relationship: Relationship): RelatedList {
    const list = new RelatedList();
    list.#facts = new ListFacts(owner, relationship);
    return list;
  }

  get isLoaded(): boolean {
    return this.#facts.loaded;
  }
  /** In which epoch of the session it was loaded. */
  get epoch(): number {
    return this.#facts.epoch;
  }
  /** Whether it was changed since the last flush, even if it was changed back. */
  get isChanged(): boolean {
    return this.#facts.base !== undefined;
  }
  knows(item: object): boolean {
    return this.isLoaded || this.added.has(item) || this.removed.has(item);
  }
  get added(): ReadonlySet<object> {
    return this.#facts.added ?? none;
  }
  get removed(): ReadonlySet<object> {
    return this.#facts.removed ?? none;
  }

  add(...items: object[]): void {
    this.#refuseViewOnly();
    let isNew = false;
    try {
      for (const item of items) {
        isNew = this.#put(item) || isNew;
        linkInverse(this.#facts.owner, this.#facts.relationship, item);
      }
    } finally {
      if (isNew) this.number();
    }
  }

  remove(...items: object[]): void {
    this.#refuseViewOnly();
    try {
      for (const item of items) {
        this.#take(item);
        unlinkInverse(this.#facts.owner, this.#facts.relationship, item);
      }
    } finally {
      if (items.length > 0) this.number();
    }
  }

  set(items: Iterable<object>): void {
    const wanted = new Set(items);
    if (!this.#facts.loaded) {
      throw new MappingError(
        `${this.#facts.relationship.owner.name}.${this.#facts.relationship.key} is replaced before it is loaded`,
        "Await it first: what it holds now must be known to be taken out.",
      );
    }
    this.remove(...this.filter((item) => !wanted.has(item)));
    this.add(...[...wanted].filter((item) => !this.includes(item)));
    if (this.#isOrdered) this.#arrange([...wanted]);
  }

  /** Takes objects in at a place, or moves them there. */
  insert(at: number, ...items: object[]): void {
    this.#checkOrdered("insert");
    this.add(...items);
    const others = this.filter((item) => !items.includes(item));
    this.#arrange(others.toSpliced(at, 0, ...new Set(items)));
  }

  /** Moves an object to another place. */
  move(item: object, to: number): void {
    this.#checkOrdered("move");
    if (!this.includes(item)) {
      const { owner, key, target } = this.#facts.relationship;
      throw new MappingError(`${owner.name}.${key} does not hold the ${target.name} to be moved`, "Use insert().");
    }
    this.#arrange(this.filter((other) => other !== item).toSpliced(to, 0, item));
  }

  /** Takes an object in without telling the other side. */
  put(item: object): void {
    if (this.#put(item)) this.number();
  }

  /** Takes an object out without telling the other side. */
  take(item: object): void {
    this.#take(item);
    this.number();
  }

  /** Whether it was not in here before. */
  #put(item: object): boolean {
    const facts = this.#changing();
    if (facts.removed?.delete(item)) {
      if (facts.loaded && !this.includes(item)) super.push(item);
      return true;
    }
    facts.added ??= new Set();
    // What it held before is looked through, what was added is looked up.
    if (facts.added.has(item) || ((facts.base?.length ?? 0) > 0 && this.includes(item))) return false;
    facts.added.add(item);
    super.push(item);
    return true;
  }

  #take(item: object): void {
    const facts = this.#changing();
    const at = this.indexOf(item);
    if (at >= 0) super.splice(at, 1);
    if (facts.added?.delete(item)) return;
    if (at < 0 && facts.loaded) return;
    facts.removed ??= new Set();
    facts.removed.add(item);
  }

  /** Where what the database has is put together before it is given to `hold`: the list itself, unless it holds something to be kept until then. */
  room(): object[] {
    if (this.#facts.base !== undefined || this.#facts.loaded) return [];
    if (this.length > 0) this.length = 0;
    return this;
  }

  /** Holds what the database has, with what was changed here since. */
  hold(items: readonly object[]): void {
    this.#facts.loaded = true;
    this.#facts.epoch = stateOf(this.#facts.owner).owner?.epoch ?? 0;
    if (items === this) return;
    if (this.length > 0) this.length = 0;
    const { added, removed } = this;
    for (const item of items) if (!removed.has(item)) super.push(item);
    for (const item of added) if (!this.includes(item)) super.push(item);
    if (this.#facts.base !== undefined) {
      this.#facts.base = [...items];
      this.number();
    }
  }

  /** Whether it was changed before it was read, so that nobody knows the positions of what was put in. */
  get lacksPositions(): boolean {
    return this.#isOrdered && !this.#facts.loaded && this.isChanged;
  }

  /** Gives each object its position, where a column keeps the order. */
  number(): void {
    const { position, from = 0 } = this.#facts.relationship.options;
    if (position === undefined || !this.#facts.loaded) return;
    this.forEach((item, i) => {
      if (!Object.hasOwn(item, position) || Reflect.get(item, position) !== i + from)
        Reflect.set(item, position, i + from);
    });
  }

  get #isOrdered(): boolean {
    return this.#facts.relationship.options.position !== undefined;
  }

  #arrange(items: readonly object[]): void {
    this.#changing();
    this.length = 0;
    super.push(...items);
    this.number();
  }

  #checkOrdered(method: string): void {
    const { owner, key } = this.#facts.relationship;
    if (!this.#isOrdered)
      throw new MappingError(`${owner.name}.${key} keeps no order`, `Declare it as ordered(…) to use ${method}().`);
    if (!this.#facts.loaded)
      throw new MappingError(`${owner.name}.${key} is changed by ${method}() before it is loaded`, "Await it first.");
  }

  /** Nothing is known of it any more but what was changed here. */
  forget(): void {
    this.length = 0;
    this.#facts.loaded = false;
    if (this.#facts.base !== undefined) this.#facts.base = [];
    for (const item of this.added) super.push(item);
  }

  /** Hands over what was changed, to be written: what is changed from now on is a change of its own. */
  release(): ListChanges | undefined {
    const facts = this.#facts;
    const { base, added = none, removed = none } = facts;
    if (base === undefined) return undefined;
    facts.base = undefined;
    facts.added = undefined;
    facts.removed = undefined;
    return { base, added, removed };
  }

  /** It was not written after all: it is changed here still, and what has been changed since comes on top. */
  reclaim({ base, added, removed }: ListChanges): void {
    const now = this.#facts;
    now.base = base as object[];
    now.added ??= new Set();
    now.removed ??= new Set();
    for (const item of added) if (!now.removed.delete(item)) now.added.add(item);
    for (const item of removed) if (!now.added.delete(item)) now.removed.add(item);
  }

  /** It was written. A list that is not loaded knows of nothing but what has been changed since. */
  settle(): void {
    if (this.#facts.loaded) return;
    this.length = 0;
    for (const item of this.added) super.push(item);
  }

  /** Makes it what it was. */
  restore(items: readonly object[]): void {
    this.#restore(items);
  }

  /** Takes back what was changed and not written. */
  revert(): void {
    if (this.#facts.base !== undefined) this.#restore(this.#facts.base);
  }

  /** An object has gone from the database: it is no longer in here. Gives what puts it back. */
  drop(gone: ReadonlySet<object>): (() => void) | undefined {
    const before = [...this];
    const left = before.filter((item) => !gone.has(item));
    if (left.length === before.length) return undefined;
    this.length = 0;
    super.push(...left);
    for (const item of gone) {
      this.#facts.added?.delete(item);
      this.#facts.removed?.delete(item);
    }
    if (this.#facts.base !== undefined) this.#facts.base = this.#facts.base.filter((item) => !gone.has(item));
    return () => this.#restore(before);
  }

  #restore(items: readonly object[]): void {
    this.length = 0;
    for (const item of items) super.push(item);
    this.#facts.added = undefined;
    this.#facts.removed = undefined;
    this.#facts.base = undefined;
  }

  /** Keeps what it holds before it is changed, and tells the session. */
  #changing(): ListFacts {
    const facts = this.#facts;
    facts.base ??= this.length === 0 ? [] : [...this];
    stateOf(facts.owner).owner?.touch(facts.owner);
    return facts;
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
    if (!this.#facts.loaded) await load(this.#facts.owner, this.#facts.relationship.key);
    return Array.from(this);
  }

  #refuseViewOnly(): void {
    if (this.#facts.relationship.viewOnly) {
      throw new MappingError(
        `${this.#facts.relationship.owner.name}.${this.#facts.relationship.key} is read-only`,
        "Change the objects it is read from.",
      );
    }
  }

  #notAnArray(method: string, instead: string): MappingError {
    return new MappingError(
      `${this.#facts.relationship.owner.name}.${this.#facts.relationship.key} cannot be changed by ${method}()`,
      `Use ${instead}(): the session learns of changes through them.`,
    );
  }
}
