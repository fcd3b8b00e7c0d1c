// What is left of an expression when all that servers add to it or take away from it is gone: casts, parentheses, quotes
// that need not be, IN as they spell it. Two texts of the same expression are equal then; equal texts may still differ in
// what binds more tightly, so this is for tests that compare like with like.
import { type Token, tokensOf } from "../../dialects/sqlite/tokens.ts";

export function looseSql(text: string, spelling: Readonly<Record<string, string>> = {}): string {
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
    else if (token.kind === "number") words.push(number(token.value));
    else if (token.value === "!=") words.push("<>");
    else if (!dropped.has(token.value) || token.kind === "quoted") words.push(spelling[token.value] ?? token.value);
  }
  // `a = any (array[x, y])`.
  const any = words.indexOf("any");
  if (any > 0 && words[any - 1] === "=") words.splice(any - 1, words[any + 1] === "array" ? 3 : 2, "in");
  return words.join(" ");
}

/** Only for SQLite are brackets quotes. */
function outsideSqlite(text: string): readonly Token[] {
  const tokens = tokensOf(text);
  const at = tokens.findIndex(({ kind, start }) => kind === "quoted" && text[start] === "[");
  if (at === -1) return tokens;
  const { start } = tokens[at] as Token;
  const bracket: Token = { kind: "symbol", value: "[", start, end: start + 1 };
  return [...tokens.slice(0, at), bracket, ...outsideSqlite(text.slice(start + 1))];
}

const prefixes = new Set(["e", "n", "_utf8mb4"]);
const dropped = new Set(["(", ")", "[", "]"]);

/** As one writes it shortest, if that is the same. */
function number(text: string): string {
  const short = text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
  return short.replace(/\D/g, "").length <= 15 || text.includes("e") ? String(Number(short)) : short;
}

/** A number or boolean as it is, JSON without white space, any other text between quotes; times without zeros at the end. */
function literal(text: string): string {
  if (/^\d+(\.\d+)?$/.test(text)) return number(text);
  if (/^-\d+(\.\d+)?$/.test(text)) return `- ${number(text.slice(1))}`;
  if (text === "true" || text === "false") return text;
  if (/^[\d: -]+\.\d+$/.test(text)) return `'${text.replace(/\.?0+$/, "")}'`;
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
