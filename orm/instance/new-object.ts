// Makes objects that users construct. As for loaded ones a class is generated whose fields are the columns, one for each set of columns
// that was given: columns without a value must stay behind the prototype's accessors, which say so.
import { canGenerate } from "../../core/index.ts";
import { emptyObjectCode, escaped } from "./loader.ts";
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
  const { prototype } = entity;
  const make = canGenerate()
    ? generated(entity.name, columns, prototype, refuse)
    : composed(columns, prototype, refuse);
  return { keys, columns, others, make };
}

function generated(
  name: string,
  columns: readonly string[],
  prototype: object,
  refuse: (key: string) => never,
): NewShape["make"] {
  const fields = columns.map((key) => {
    const quoted = `"${escaped(key)}"`;
    return `[${quoted}] = (v = I[${quoted}]) === undefined ? refuse(${quoted}) : v;`;
  });
  // A getter among what is given may itself construct an object.
  const source = `"use strict";
let S, I, v;
${emptyObjectCode(name, columns.length)}
class New extends Stateful { constructor() { super(new Empty(false), S); } ${fields.join(" ")} }
return (state, init) => {
  const outer = I;
  S = state;
  I = init;
  try { return new New(); } finally { I = outer; }
};`;
  return new Function("Stateful", "prototype", "refuse", source)(Stateful, prototype, refuse) as NewShape["make"];
}

function composed(columns: readonly string[], prototype: object, refuse: (key: string) => never): NewShape["make"] {
  return (state, init) => {
    const object = new Stateful(Object.create(prototype), state);
    for (const key of columns) {
      const value = Reflect.get(init, key) as unknown;
      if (value === undefined) refuse(key);
      Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
    }
    return object;
  };
}
