// Statements whose text depends only on how many rows they write. They are made once for each class, set of columns and number of
// rows; the values are laid out beside them each time they run, in the order of the placeholders.
import { type AnyTable, type ExpressionNode, expression, nodeOf, type SqlType } from "../../core/index.ts";
import { columnAt } from "../mapping/column-at.ts";

/** A statement, and where the values of its next run are put. */
export interface Filled {
  readonly statement: unknown;
  readonly cells: Cells;
}

/** The values of one or more runs. A statement asks for them one after the other when it is encoded. */
export class Cells {
  #runs: (readonly unknown[])[] = [];
  #run = 0;
  #at = 0;
  readonly #next = (): unknown => {
    let values = this.#runs[this.#run] as readonly unknown[];
    if (this.#at === values.length) {
      values = this.#runs[++this.#run] as readonly unknown[];
      this.#at = 0;
    }
    return values[this.#at++];
  };

  clear(): void {
    this.#runs = [];
    this.#run = 0;
    this.#at = 0;
  }

  /** The values of a further run, row by row. */
  add(values: readonly unknown[]): void {
    this.#runs.push(values);
  }

  /** A placeholder for the next value; `of` is the column that it is written into or compared with. */
  cell(source: AnyTable, key: string, type: SqlType): unknown {
    const of = nodeOf(columnAt(key, source));
    return expression({ kind: "generated", generate: this.#next, type, of } as ExpressionNode);
  }
}

// Odd numbers of rows make many texts: the ones used longest ago are forgotten.
const kept = 64;

/** Statements by what they are for. */
export class StatementMemory {
  readonly #known = new WeakMap<object, Map<string, Filled>>();

  get(of: object, name: string, make: (cells: Cells) => unknown): Filled {
    let known = this.#known.get(of);
    if (known === undefined) {
      known = new Map();
      this.#known.set(of, known);
    }
    let found = known.get(name);
    if (found === undefined) {
      const cells = new Cells();
      found = { statement: make(cells), cells };
      if (known.size >= kept) known.delete(known.keys().next().value as string);
    } else known.delete(name);
    known.set(name, found);
    return found;
  }
}
