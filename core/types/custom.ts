// Types that the library does not know: the user's functions stand outermost, the base type's inside.
import type { CustomType } from "./sql-type.ts";

/** Turns the user's value into the base type's, then as the base type does. */
export function acceptCustom(type: CustomType, base: (value: unknown) => unknown): (value: unknown) => unknown {
  const encode = type.encode as ((value: unknown) => unknown) | undefined;
  return encode === undefined ? base : (value) => base(encode(value));
}

/** Reads as the base type does, then turns its value into the user's. */
export function readCustom(type: CustomType, base: (value: unknown) => unknown): (value: unknown) => unknown {
  const decode = type.decode as ((value: unknown) => unknown) | undefined;
  return decode === undefined ? base : (value) => decode(base(value));
}
