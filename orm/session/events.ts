// What a session tells of: handlers run in the order they were added, each awaited, and what one throws fails what called it.
import { stateOf } from "../instance/state.ts";
import { mapperOf } from "../mapping/mapper-of.ts";

export const sessionEvents = [
  "beforeFlush",
  "afterFlush",
  "beforeCommit",
  "afterCommit",
  "beforeRollback",
  "afterRollback",
] as const;
/** What a session does as a whole. After a commit is the time to send messages: nothing can undo it any more. */
export type SessionEvent = (typeof sessionEvents)[number];

export const objectEvents = [
  "load",
  "beforeInsert",
  "afterInsert",
  "beforeUpdate",
  "afterUpdate",
  "beforeDelete",
  "afterDelete",
] as const;
/** What a session does with one object. */
export type ObjectEvent = (typeof objectEvents)[number];

export type Handler<T> = (of: T) => void | Promise<void>;

interface ObjectHandler {
  readonly entity: abstract new (...args: any[]) => object;
  readonly handler: Handler<any>;
}

export class EventHandlers {
  readonly #ofSession = new Map<SessionEvent, Set<{ readonly handler: Handler<void> }>>();
  readonly #ofObjects = new Map<ObjectEvent, Set<ObjectHandler>>();

  onSession(event: SessionEvent, handler: Handler<void>): () => void {
    return added(this.#ofSession, event, { handler });
  }

  onObject(event: ObjectEvent, entity: unknown, handler: Handler<any>): () => void {
    return added(this.#ofObjects, event, { entity: mapperOf(entity).entity, handler });
  }

  has(event: SessionEvent | ObjectEvent): boolean {
    return (
      (this.#ofSession.get(event as SessionEvent)?.size ?? 0) + (this.#ofObjects.get(event as ObjectEvent)?.size ?? 0) >
      0
    );
  }

  async tell(event: SessionEvent): Promise<void> {
    for (const { handler } of [...(this.#ofSession.get(event) ?? [])]) await handler();
  }

  async tellOf(event: ObjectEvent, objects: Iterable<object>): Promise<void> {
    const handlers = [...(this.#ofObjects.get(event) ?? [])];
    if (handlers.length === 0) return;
    for (const object of objects) {
      for (const { entity, handler } of handlers) {
        const own = stateOf(object).mapper.entity;
        if (own === entity || own.prototype instanceof entity) await handler(object);
      }
    }
  }
}

function added<K, H>(handlers: Map<K, Set<H>>, event: K, handler: H): () => void {
  let known = handlers.get(event);
  if (known === undefined) {
    known = new Set();
    handlers.set(event, known);
  }
  known.add(handler);
  return () => void known.delete(handler);
}
