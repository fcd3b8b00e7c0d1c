// Makes objects that users construct. As for loaded ones a class is generated whose fields are the columns, one for each set of columns
// that was given: columns without a value must stay behind the prototype's accessors, which say so.
import { canGenerate } from "../../core/index.ts";
import { escaped } from "./loader.ts";
import { type State, Stateful } from "./state.ts";

/** What new objects of one class that are given the same properties have in common. */
export interface NewShape {
  /** The properties, in the order given. */
  readonly keys: readonly string[];
  /** Those of them that are columns, and those that are not. */
  readonly columns: readonly string[];
  readonly others: readonly string[];
  /** Makes an object with its columns. */
  make(state: State, init: object): object;
}

export function newShape(
  entity: abstract new (...args: any[]) => object,
  keys: readonly string[],
  columns: readonly string[],
  others: readonly string[],
  refuse: (key: string) => never,
): NewShape {
  // Whoever constructs for `target` gets objects with the prototype of the user's class.
  function target(): void {}
  target.prototype = entity.prototype;
  const make = canGenerate() ? generated(columns, target, refuse) : composed(columns, target, refuse);
  return { keys, columns, others, make };
}

function generated(columns: readonly string[], target: () => void, refuse: (key: string) => never): NewShape["make"] {
  const fields = columns.map((key) => {
    const name = `"${escaped(key)}"`;
    return `[${name}] = (v = I[${name}]) === undefined ? refuse(${name}) : v;`;
  });
  // A getter among what is given may itself construct an object.
  const source = `"use strict";
let S, I, v;
class New extends Stateful { constructor() { super(S); } ${fields.join(" ")} }
const none = [];
return (state, init) => {
  const outer = I;
  S = state;
  I = init;
  try { return Reflect.construct(New, none, target); } finally { I = outer; }
};`;
  return new Function("Stateful", "target", "refuse", source)(Stateful, target, refuse) as NewShape["make"];
}

function composed(columns: readonly string[], target: () => void, refuse: (key: string) => never): NewShape["make"] {
  return (state, init) => {
    const object = Reflect.construct(Stateful, [state], target) as object;
    for (const key of columns) {
      const value = Reflect.get(init, key) as unknown;
      if (value === undefined) refuse(key);
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    }
    return object;
  };
}
