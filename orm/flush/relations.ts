// What was changed in relationships is taken out of the objects when it is about to be written, so that what user code changes meanwhile
// is a change of its own. It is given back if the flush fails.
import { type ListChanges, RelatedList } from "../instance/collection.ts";
import type { State } from "../instance/state.ts";
import type { Journal } from "./settle.ts";
import { writtenRelations } from "./write-facts.ts";

/** The changes of the relationships of many objects. */
export class TakenRelations {
  readonly #lists: { readonly list: RelatedList; readonly changes: ListChanges; readonly isNew: boolean }[] = [];
  readonly #states: State[] = [];
  readonly #changed: Record<string, unknown>[] = [];
  readonly #isNew: boolean[] = [];

  /** Whether there were none. */
  get isEmpty(): boolean {
    return this.#lists.length + this.#states.length === 0;
  }

  /** Takes the changes out of an object. */
  take(state: State): void {
    const { relations, changed } = state;
    if (changed !== undefined) {
      this.#states.push(state);
      this.#changed.push(changed);
      this.#isNew.push(state.row === undefined);
      state.changed = undefined;
    }
    if (relations === undefined) return;
    for (const { key } of writtenRelations(state.mapper)) {
      const list = relations[key];
      if (!(list instanceof RelatedList)) continue;
      const changes = list.release();
      if (changes !== undefined) this.#lists.push({ list, changes, isNew: state.row === undefined });
    }
  }

  /** They were not written after all. */
  giveBack(): void {
    for (const { list, changes } of this.#lists) list.reclaim(changes);
    this.#states.forEach((state, i) => {
      // What was changed since had a value that was not written either: the one before it counts.
      state.changed = { ...state.changed, ...this.#changed[i] };
    });
  }

  /** They were written. A rollback puts back what was before, but on new objects, which keep what the user set. */
  settle(journal: Journal): void {
    for (const { list, changes, isNew } of this.#lists) {
      list.settle();
      if (!isNew) journal.keepRelation(() => list.restore(changes.base));
    }
    for (let i = 0; i < this.#states.length; i++) {
      if (this.#isNew[i]) continue;
      const state = this.#states[i] as State;
      const before = this.#changed[i] as Record<string, unknown>;
      journal.keepRelation(() => putBack(state, before));
    }
  }
}

function putBack(state: State, before: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(before)) {
    if (state.changed !== undefined) delete state.changed[key];
    if (value === undefined) delete state.relations?.[key];
    else {
      state.relations ??= {};
      state.relations[key] = value;
    }
  }
  if (state.changed !== undefined && Object.keys(state.changed).length === 0) state.changed = undefined;
}
