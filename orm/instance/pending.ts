// A to-one relationship that is not loaded: something to await, and nothing else.
import { DetachedError } from "../errors.ts";
import { type State, stateOf } from "./state.ts";

/** Loads a relationship when it is awaited, and not before. */
export class PendingObject {
  readonly #entity: object;
  readonly #key: string;

  constructor(entity: object, key: string) {
    this.#entity = entity;
    this.#key = key;
  }

  then<A, B>(
    resolve?: ((value: unknown) => A | PromiseLike<A>) | null,
    reject?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#load().then(resolve, reject);
  }

  async #load(): Promise<unknown> {
    await load(this.#entity, this.#key);
    return Reflect.get(this.#entity, this.#key);
  }
}

/** Loads a relationship of an object through its session. @throws {DetachedError} if it has none */
export async function load(entity: object, key: string): Promise<void> {
  const state: State = stateOf(entity);
  if (state.owner === undefined || state.owner.isClosed) {
    throw new DetachedError(
      `${state.mapper.name}.${key} is not loaded, and the object belongs to no open session`,
      `Include it when the object is loaded: include(${state.mapper.name}.${key}).`,
    );
  }
  await state.owner.loadRelationship(entity, key);
}
