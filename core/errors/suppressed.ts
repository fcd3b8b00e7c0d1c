// The first error is the one people see: what goes wrong afterwards, while cleaning up, is attached to it and never takes
// its place.

/** Adds `later` to `first.suppressed`, the list of what went wrong after `first`. What is no error carries no list. */
export function suppress(first: unknown, later: unknown): void {
  if (!(first instanceof Error) || first === later || !Object.isExtensible(first)) return;
  const before = (first as { suppressed?: unknown }).suppressed;
  const suppressed = Array.isArray(before) ? [...before, later] : [later];
  Object.defineProperty(first, "suppressed", {
    value: suppressed,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}
