// What is worked out once for an object, and then is the same for as long as there is the object.

/** The function, asked once for each object. */
export function remembered<K extends WeakKey, V extends object>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return (of) => {
    let found = known.get(of);
    if (found === undefined) {
      found = make(of);
      known.set(of, found);
    }
    return found;
  };
}
