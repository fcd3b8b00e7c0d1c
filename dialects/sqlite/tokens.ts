// Text of SQL as SQLite cuts it into tokens (https://sqlite.org/src/file/src/tokenize.c): enough to read the CREATE
// statements that a database keeps of its own tables.

export interface Token {
  readonly kind: "word" | "quoted" | "string" | "number" | "blob" | "symbol" | "comment";
  /** A word in lower case, what stands between the quotes, or the token as it is. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** Every token of a text, comments included; white space separates and is gone. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let start = 0; start < text.length; ) {
    if (isSpace(text[start] as string)) {
      start++;
      continue;
    }
    const token = tokenAt(text, start);
    tokens.push(token);
    start = token.end;
  }
  return tokens;
}

function tokenAt(text: string, start: number): Token {
  const first = text[start] as string;
  const two = text.slice(start, start + 2);
  if (two === "--") return comment(text, start, endOf(text, "\n", start + 2, 0), 2, 0);
  if (two === "/*") return comment(text, start, endOf(text, "*/", start + 2, 2), 2, 2);
  if (first === "'") return quoted("string", text, start, "'");
  if (first === '"' || first === "`") return quoted("quoted", text, start, first);
  if (first === "[") {
    const end = endOf(text, "]", start + 1, 1);
    return { kind: "quoted", value: text.slice(start + 1, end - 1), start, end };
  }
  if ((first === "x" || first === "X") && text[start + 1] === "'") {
    const end = endOf(text, "'", start + 2, 1);
    return { kind: "blob", value: text.slice(start, end), start, end };
  }
  if (isDigit(first) || (first === "." && isDigit(text[start + 1] ?? ""))) return numberAt(text, start);
  if (isWordPart(first)) {
    let end = start + 1;
    while (end < text.length && isWordPart(text[end] as string)) end++;
    return { kind: "word", value: lowerCase(text.slice(start, end)), start, end };
  }
  const length = twoCharacterSymbols.has(two) ? 2 : 1;
  return { kind: "symbol", value: text.slice(start, start + length), start, end: start + length };
}

const twoCharacterSymbols = new Set(["||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"]);

function comment(text: string, start: number, end: number, before: number, behind: number): Token {
  return { kind: "comment", value: text.slice(start + before, Math.max(end - behind, start + before)), start, end };
}

/** A quote stands for itself where it is doubled. */
function quoted(kind: "string" | "quoted", text: string, start: number, quote: string): Token {
  let value = "";
  let at = start + 1;
  for (;;) {
    const next = text.indexOf(quote, at);
    if (next === -1) return { kind, value: value + text.slice(at), start, end: text.length };
    value += text.slice(at, next);
    if (text[next + 1] !== quote) return { kind, value, start, end: next + 1 };
    value += quote;
    at = next + 2;
  }
}

function numberAt(text: string, start: number): Token {
  let end = start;
  while (end < text.length) {
    const character = text[end] as string;
    const signed = (character === "+" || character === "-") && /^[^xX]*[eE]$/.test(text.slice(start, end));
    if (!isWordPart(character) && character !== "." && !signed) break;
    end++;
  }
  return { kind: "number", value: text.slice(start, end), start, end };
}

/** The place behind the next occurrence of `what`, or the end of the text. */
function endOf(text: string, what: string, from: number, length: number): number {
  const found = text.indexOf(what, from);
  return found === -1 ? text.length : found + length;
}

function isSpace(character: string): boolean {
  return character === " " || character === "\t" || character === "\n" || character === "\f" || character === "\r";
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

/** Letters, digits, `_`, `$` and everything beyond ASCII. */
function isWordPart(character: string): boolean {
  return (
    isDigit(character) ||
    (character >= "a" && character <= "z") ||
    (character >= "A" && character <= "Z") ||
    character === "_" ||
    character === "$" ||
    character > "\x7f"
  );
}

/** As SQLite compares names: ASCII letters alone. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
