// Names on their way into the text: checked once, quoted once, then remembered for the dialect.
import { NameError } from "../errors/usage-errors.ts";
import type { Answers } from "./answers.ts";

/** Whose names they are. Which buffer its answers are written into does not matter here. */
type Dialect = Pick<Answers<never>, "name" | "maxName" | "quote" | "placeholder">;

/** The names of a dialect that have been used, quoted. */
export interface QuotedNames {
  readonly alone: Map<string, string>;
  /** Names of columns with their source before them, by source and by column. */
  readonly qualified: Map<string, Map<string, string>>;
  /** Whether placeholders are numbered, so that one can stand in several places. */
  readonly numbered: boolean;
}

const remembered = new WeakMap<Dialect, QuotedNames>();
const mostRemembered = 20_000;

/** The quoted names of a dialect, as far as they have been used. */
export function quotedNames(dialect: Dialect): QuotedNames {
  let names = remembered.get(dialect);
  if (names === undefined) {
    const numbered = dialect.placeholder(1) !== dialect.placeholder(2);
    names = { alone: new Map(), qualified: new Map(), numbered };
    remembered.set(dialect, names);
  }
  return names;
}

/**
 * Checks a name, quotes it and adds it to what is remembered.
 *
 * @throws {NameError} if the database could not keep the name as it is
 */
export function quoteName(name: string, dialect: Dialect, { alone }: QuotedNames): string {
  checkName(name, dialect);
  const quoted = dialect.quote(name);
  // Names that a program makes up as it runs must not fill the memory.
  if (alone.size >= mostRemembered) alone.clear();
  alone.set(name, quoted);
  return quoted;
}

/** The same for a column with its source before it. */
export function quoteQualified(source: string, name: string, dialect: Dialect, names: QuotedNames): string {
  const before = names.alone.get(source) ?? quoteName(source, dialect, names);
  const quoted = `${before}.${names.alone.get(name) ?? quoteName(name, dialect, names)}`;
  let columns = names.qualified.get(source);
  if (columns === undefined) {
    if (names.qualified.size >= mostRemembered / 100) names.qualified.clear();
    columns = new Map();
    names.qualified.set(source, columns);
  }
  if (columns.size >= mostRemembered / 100) columns.clear();
  columns.set(name, quoted);
  return quoted;
}

/** @throws {NameError} if the database could not keep the name as it is */
export function checkName(name: string, dialect: Dialect): void {
  if (name.length === 0) throw new NameError("a name is empty", "Give the table, column or alias one.");
  if (name.includes("\0"))
    throw new NameError(`the name ${JSON.stringify(name)} has a NUL character in it`, "Leave it out.");
  if (!name.isWellFormed()) {
    throw new NameError(
      `the name ${JSON.stringify(name)} has half of a surrogate pair in it, which is no character`,
      "Leave it out.",
    );
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
