// Names on their way into the text: checked once, quoted once, then remembered by the dialect they were quoted for.
import { NameError } from "../errors/usage-errors.ts";
import type { Dialect } from "./dialect.ts";

const remembered = new WeakMap<Dialect, Map<string, string>>();
const mostRemembered = 20_000;

/** The quoted names of a dialect, as far as they have been used. */
export function quotedNames(dialect: Dialect): Map<string, string> {
  let names = remembered.get(dialect);
  if (names === undefined) {
    names = new Map();
    remembered.set(dialect, names);
  }
  return names;
}

/**
 * Checks a name, quotes it and adds it to what is remembered.
 *
 * @throws {NameError} if the database could not keep the name as it is
 */
export function quoteName(name: string, dialect: Dialect, names: Map<string, string>): string {
  checkName(name, dialect);
  const quoted = dialect.quote(name);
  // Names that a program makes up as it runs must not fill the memory.
  if (names.size >= mostRemembered) names.clear();
  names.set(name, quoted);
  return quoted;
}

/** @throws {NameError} if the database could not keep the name as it is */
export function checkName(name: string, dialect: Dialect): void {
  if (name.length === 0) throw new NameError("a name is empty");
  if (name.includes("\0")) throw new NameError(`the name ${JSON.stringify(name)} has a NUL character in it`);
  if (!name.isWellFormed()) {
    throw new NameError(`the name ${JSON.stringify(name)} has half of a surrogate pair in it, which is no character`);
  }
  const { length, unit } = dialect.maxName;
  // A character has at most three bytes per UTF-16 unit, so most names need no counting.
  if (name.length * 3 <= length) return;
  const found = unit === "bytes" ? new TextEncoder().encode(name).length : [...name].length;
  if (found > length) {
    throw new NameError(
      `the name ${JSON.stringify(name)} has ${found} ${unit}, where ${dialect.name} allows ${length}`,
      "Choose a shorter name; a longer one would be cut off and could meet another.",
    );
  }
}
