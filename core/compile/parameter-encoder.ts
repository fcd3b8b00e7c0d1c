// The parameters of a statement that runs again and again, encoded by a function that is generated for it: each is read by
// its name, as a property that the engine knows the place of. Whatever is wrong is left to the slow way, which says what.
import type { Slot } from "../dialect/text-buffer.ts";
import { canGenerate } from "./generated-code.ts";
import { checkParameters, encodeSlots, type Parameters } from "./parameters.ts";

export type ParameterEncoder = (given: Parameters) => readonly unknown[];

/** Encodes the values of a statement for each run. */
export function encoderOf(slots: readonly Slot[]): ParameterEncoder {
  const slow: ParameterEncoder = (given) => {
    checkParameters(slots, given);
    return encodeSlots(slots, given);
  };
  const quick = canGenerate() ? generate(slots) : undefined;
  if (quick === undefined) return slow;
  return (given) => {
    let values: readonly unknown[] | undefined;
    try {
      values = quick(given);
    } catch {
      // Thrown again below, with the name of the parameter.
    }
    return values ?? slow(given);
  };
}

/** A function that gives nothing where something is missing or unknown; undefined where there can be none. */
function generate(slots: readonly Slot[]): ((given: Parameters) => readonly unknown[] | undefined) | undefined {
  const names = new Set<string>();
  const encoders: ((value: unknown) => unknown)[] = [];
  const values: string[] = [];
  for (const slot of slots) {
    // What every object has by inheritance would be found without being given.
    if (slot.kind !== "param" || slot.name in {}) return undefined;
    names.add(slot.name);
    const value = `given[${JSON.stringify(slot.name)}]`;
    values.push(`${value} === null ? null : encode${encoders.push(slot.encode) - 1}(${value})`);
  }
  if (names.size === 0) return undefined;
  const known = [...names].map((name) => `name !== ${JSON.stringify(name)}`);
  const missing = [...names].map((name) => `given[${JSON.stringify(name)}] === undefined`);
  const source = `"use strict";
return (given) => {
  for (const name in given) if (${known.join(" && ")}) return undefined;
  if (${missing.join(" || ")}) return undefined;
  return [${values.join(", ")}];
};`;
  return new Function(...encoders.map((_, i) => `encode${i}`), source)(...encoders);
}
