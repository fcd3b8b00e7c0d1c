// The statements that one connection has prepared on the server, by their text. Their number is bounded: the one that has
// not been used for longest is closed along with the next statement that is sent, which costs no round trip.
export interface Prepared {
  readonly name: string;
  readonly text: string;
  /** Whether the server has it, or will once what was sent before is done. */
  parsed: boolean;
  used: number;
}

export class PreparedStatements {
  readonly #limit: number;
  readonly #byText = new Map<string, Prepared>();
  #counter = 0;
  #clock = 0;
  /** Names to be closed with the next statement. */
  closing: string[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#byText.size;
  }

  take(text: string): Prepared {
    let found = this.#byText.get(text);
    if (!found) {
      if (this.#byText.size >= this.#limit) this.#evict();
      found = { name: `athanor_${++this.#counter}`, text, parsed: false, used: 0 };
      this.#byText.set(text, found);
    }
    found.used = ++this.#clock;
    return found;
  }

  /** Forgets one, after an error that leaves in doubt whether the server has it. Closing what does not exist is no error. */
  drop(statement: Prepared): void {
    if (this.#byText.get(statement.text) !== statement) return;
    this.#byText.delete(statement.text);
    this.closing.push(statement.name);
  }

  /** Forgets all, after the server was told to. Names are not used again. */
  clear(): void {
    this.#byText.clear();
    this.closing = [];
  }

  #evict(): void {
    let oldest: Prepared | undefined;
    for (const statement of this.#byText.values()) {
      if (!oldest || statement.used < oldest.used) oldest = statement;
    }
    if (oldest) this.drop(oldest);
  }
}
