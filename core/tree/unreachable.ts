/** A case the types rule out was met: a bug of Athanor's own, never the user's. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}. Please report this as a bug of Athanor.`);
}
