// Names of a database on their way into TypeScript: `author_id` is `authorId`, whatever cannot be a name is made one, and no
// two things of one scope are called alike.

/** Hands out names, each once. */
export class Scope {
  readonly #taken: Set<string>;

  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken);
  }

  /** The identifier for a name, with a number behind it if it is taken. */
  claim(name: string, fallback: string): string {
    const wanted = identifierOf(name) || fallback;
    let claimed = wanted;
    for (let number = 2; this.#taken.has(claimed); number++) claimed = `${wanted}${number}`;
    this.#taken.add(claimed);
    return claimed;
  }
}

/** A name in camel case, with nothing in it that an identifier cannot have; empty if nothing is left. */
export function identifierOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const joined = words.map((word, place) => (place === 0 ? lowerFirst(word) : upperFirst(word))).join("");
  return /^\p{N}/u.test(joined) ? `_${joined}` : joined;
}

/** `ID` is `id`, `UserID` is `userID`. */
function lowerFirst(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.slice(0, 1).toLowerCase() + word.slice(1);
}

function upperFirst(word: string): string {
  const lower = word.length > 1 && word === word.toUpperCase() ? word.toLowerCase() : word;
  return lower.slice(0, 1).toUpperCase() + lower.slice(1);
}

/** Words that cannot name a constant of a module. */
export const reservedWords: readonly string[] = [
  ..."arguments await break case catch class const continue debugger default delete do else enum eval export extends".split(
    " ",
  ),
  ..."false finally for function if implements import in instanceof interface let new null package private protected".split(
    " ",
  ),
  ..."public return static super switch this throw true try typeof undefined var void while with yield".split(" "),
];

/** A property's name as it stands in an object. */
export function propertyKey(name: string): string {
  if (name === "__proto__") return '["__proto__"]';
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
}
