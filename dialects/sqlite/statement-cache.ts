import type { NativeStatement } from "./native.ts";

/**
 * Prepared statements by their text, no more than twice `size` of them. Two generations stand for an order of last use:
 * what is found in the old one moves to the young one, and when that is full, what is still old is let go.
 */
export class StatementCache {
  readonly #size: number;
  readonly #prepare: (text: string) => NativeStatement;
  #young = new Map<string, NativeStatement>();
  #old = new Map<string, NativeStatement>();

  constructor(size: number, prepare: (text: string) => NativeStatement) {
    this.#size = size;
    this.#prepare = prepare;
  }

  get(text: string): NativeStatement {
    return this.#young.get(text) ?? this.#add(text, this.#old.get(text) ?? this.#prepare(text));
  }

  clear(): void {
    this.#young.clear();
    this.#old.clear();
  }

  #add(text: string, statement: NativeStatement): NativeStatement {
    if (this.#young.size >= this.#size) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(text, statement);
    return statement;
  }
}
