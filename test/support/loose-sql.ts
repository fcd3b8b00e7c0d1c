// What is left of an expression when all that servers add to it or take away from it is gone: casts, parentheses, quotes
// that need not be, IN as they spell it. Two texts of the same expression are equal then; equal texts may still differ in
// what binds more tightly, so this is for tests that compare like with like.
import { type Token, tokensOf } from "../../dialects/sqlite/tokens.ts";

export function looseSql(text: string): string {
  const tokens = outsideSqlite(text).filter(({ kind }) => kind !== "comment");
  const words: string[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const next = tokens[at + 1];
    if (token.value === ":" && next?.value === ":") {
      at = endOfType(tokens, at + 2) - 1;
    } else if (
      token.kind === "word" &&
      prefixes.has(token.value) &&
      next?.kind === "string" &&
      next.start === token.end
    ) {
      words.push(literal(token.value === "e" ? next.value.replace(/\\(.)/gs, "$1") : next.value));
      at++;
    } else if (token.kind === "string") words.push(literal(token.value));
    else if (token.value === "!=") words.push("<>");
    else if (!dropped.has(token.value) || token.kind === "quoted") words.push(token.value);
  }
  // `a = any (array[x, y])`, and `a = x` for a list of one.
  const any = words.indexOf("any");
  if (any > 0 && words[any - 1] === "=") words.splice(any - 1, words[any + 1] === "array" ? 3 : 2, "in");
  if (words.at(-2) === "in") words[words.length - 2] = "=";
  return words.join(" ");
}

/** Only for SQLite are brackets quotes. */
function outsideSqlite(text: string): readonly Token[] {
  return tokensOf(text).flatMap((token) => {
    if (token.kind !== "quoted" || text[token.start] !== "[") return token;
    const symbol = (value: string): Token => ({ kind: "symbol", value, start: token.start, end: token.start });
    return [symbol("["), ...outsideSqlite(token.value), symbol("]")];
  });
}

const prefixes = new Set(["e", "n", "_utf8mb4"]);
const dropped = new Set(["(", ")", "[", "]"]);

/** A number or boolean as it is, JSON without white space, any other text between quotes. */
function literal(text: string): string {
  if (/^-?\d+(\.\d+)?$/.test(text) || text === "true" || text === "false") return text.replace(/^-/, "- ");
  try {
    return `'${JSON.stringify(JSON.parse(text))}'`;
  } catch {
    return `'${text}'`;
  }
}

const typeWords = new Set(["varying", "precision", "with", "without", "time", "zone"]);

/** The place behind a type's name, its size and its brackets. */
function endOfType(tokens: readonly Token[], start: number): number {
  let at = start + 1;
  while (tokens[at]?.value === "." && tokens[at]?.kind === "symbol") at += 2;
  for (;;) {
    if (tokens[at]?.kind === "word" && typeWords.has(tokens[at]?.value ?? "")) at++;
    else if (tokens[at]?.value === "(" && tokens[at + 1]?.kind === "number") {
      while (tokens[at]?.value !== ")") at++;
      at++;
    } else if (tokens[at]?.value === "[" && tokens[at + 1]?.value === "]") at += 2;
    else return at;
  }
}
