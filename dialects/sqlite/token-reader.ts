// A place in a text of SQL that moves on as words, names and expressions are read. Comments are passed over; they can be
// asked for afterwards.
import { type Token, tokensOf } from "./tokens.ts";

export class TokenReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  readonly #comments: readonly Token[];
  #at = 0;

  constructor(text: string) {
    const tokens = tokensOf(text);
    this.#text = text;
    this.#tokens = tokens.filter(({ kind }) => kind !== "comment");
    this.#comments = tokens.filter(({ kind }) => kind === "comment");
  }

  /** The token `ahead` of the next one, without moving. */
  peek(ahead = 0): Token | undefined {
    return this.#tokens[this.#at + ahead];
  }

  next(): Token | undefined {
    return this.#tokens[this.#at++];
  }

  /** Whether the next tokens are these words or symbols. */
  sees(...values: readonly string[]): boolean {
    return values.every((value, ahead) => {
      const token = this.peek(ahead);
      return token?.value === value && (token.kind === "word" || token.kind === "symbol");
    });
  }

  /** Moves past these words or symbols, if they are what comes next. */
  takes(...values: readonly string[]): boolean {
    const seen = this.sees(...values);
    if (seen) this.#at += values.length;
    return seen;
  }

  /** A name, quoted or not, as it is spelled. SQLite takes a string for a name too. */
  name(): string {
    const token = this.next();
    if (token === undefined) return "";
    return token.kind === "word" ? this.#text.slice(token.start, token.end) : token.value;
  }

  /** `(a, b)`, or nothing. */
  names(): string[] {
    return this.#list(() => this.name());
  }

  /** The text between a pair of parentheses, the next token being the opening one. */
  parenthesized(): string {
    const open = this.next();
    const close = this.skipTo(() => false);
    if (open === undefined || close === undefined) return "";
    this.next();
    return this.#text.slice(open.end, close.start).trim();
  }

  /** The texts between the commas of a pair of parentheses. */
  items(): string[] {
    return this.#list(() => {
      const first = this.peek();
      const stop = this.skipTo(() => this.sees(","));
      return first && stop ? this.#text.slice(first.start, stop.start).trim() : "";
    });
  }

  /** The text from the next token to the end. */
  rest(): string {
    const token = this.peek();
    this.#at = this.#tokens.length;
    return token === undefined ? "" : this.#text.slice(token.start).trim();
  }

  /** Moves to a token outside of any parentheses for which `stop` holds, or that closes one it did not open. */
  skipTo(stop: () => boolean): Token | undefined {
    for (let depth = 0; ; this.#at++) {
      const token = this.peek();
      if (token === undefined || (depth === 0 && (stop() || this.sees(")")))) return token;
      if (this.sees("(")) depth++;
      if (this.sees(")")) depth--;
    }
  }

  /** The text between two tokens. */
  textBetween(first: Token, last: Token): string {
    return this.#text.slice(first.start, last.end);
  }

  /** The last token that was read. */
  get last(): Token | undefined {
    return this.#tokens[this.#at - 1];
  }

  /** The text of the comment between the last token read and the next, if it is of the kind that ends before the line. */
  get comment(): string | undefined {
    const start = this.last?.end ?? 0;
    const end = this.peek()?.start ?? this.#text.length;
    const token = this.#comments.find((comment) => comment.start >= start && comment.end <= end);
    if (token === undefined || !this.#text.startsWith("/*", token.start)) return undefined;
    return token.value.startsWith(" ") && token.value.endsWith(" ") ? token.value.slice(1, -1) : token.value;
  }

  #list<T>(read: () => T): T[] {
    const list: T[] = [];
    if (!this.takes("(")) return list;
    while (this.peek() !== undefined && !this.takes(")")) {
      list.push(read());
      this.takes(",");
    }
    return list;
  }
}
