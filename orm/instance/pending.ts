// A to-one relationship that is not loaded: something to await, and nothing else.
import { DetachedError, NotLoadedError } from "../errors.ts";
import type { Relationship } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { type State, stateOf } from "./state.ts";

/** What stands for the object of a relationship as long as it is not loaded. */
export function pendingObject(entity: object, { key, target }: Relationship): PendingObject {
  return new (pendingClass(target))(entity, key);
}

/** Loads a relationship when it is awaited, and not before. */
class PendingObject {
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

  /** Why a property of the object that is to be loaded cannot be read. */
  refusal(property: string): NotLoadedError {
    const what = `${stateOf(this.#entity).mapper.name}.${this.#key}`;
    return new NotLoadedError(
      `"${property}" is read of ${what}, which is not loaded`,
      `Await it, or include it in the query: include(${what}).`,
    );
  }
}

const classes = new WeakMap<Mapper, typeof PendingObject>();

/** Where types are not looked at, what the object will have is refused rather than undefined. */
function pendingClass(target: Mapper): typeof PendingObject {
  const known = classes.get(target);
  if (known !== undefined) return known;
  class Pending extends PendingObject {}
  for (const property of [...target.columns.map(({ key }) => key), ...target.relationNames]) {
    Object.defineProperty(Pending.prototype, property, {
      get(this: PendingObject): never {
        throw this.refusal(property);
      },
    });
  }
  classes.set(target, Pending);
  return Pending;
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
