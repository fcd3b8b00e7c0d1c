// Random trees of every kind of expression, most of them small, some as deep as the promise goes. The generator is seeded,
// so that a tree that fails can be made again.
import type { ExpressionNode, QueryNode } from "../../core/tree/node.ts";
import { booleanType, integerType, textType } from "../../core/types/sql-type.ts";

/** How deep a tree may be. */
export const deepest = 499;

const source = { key: "t", name: "t" };
const id: ExpressionNode = { kind: "column", source, name: "id", type: integerType };
const name: ExpressionNode = { kind: "column", source, name: "name", type: textType };

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export class RandomExpressions {
  readonly #next: () => number;
  readonly #collation: string;

  /** `collation` is one that the database has. */
  constructor(seed: number, collation: string) {
    this.#next = random(seed);
    this.#collation = collation;
  }

  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** A tree of exactly the given depth: one child goes all the way down, the others are small. */
  number(depth: number): ExpressionNode {
    if (depth <= 1) return this.below(2) === 0 ? id : { kind: "value", value: this.below(100), type: integerType };
    const deep = this.below(3);
    const at = (position: number): number => (position === deep ? depth - 1 : Math.min(depth - 1, 1 + this.below(2)));
    const type = integerType;
    switch (this.below(7)) {
      case 0:
        return { kind: "binary", operator: "+", left: this.number(at(0)), right: this.number(at(1)), type };
      case 1:
        return { kind: "binary", operator: "*", left: this.number(at(1)), right: this.number(at(0)), type };
      case 2:
        return { kind: "negate", operator: "-", operand: this.number(depth - 1), type };
      case 3:
        return {
          kind: "case",
          branches: [{ when: this.condition(at(0)), then: this.number(at(1)) }],
          otherwise: this.number(at(2)),
          type,
        };
      case 4:
        return { kind: "call", name: "coalesce", arguments: [this.number(at(0)), this.number(at(1))], type };
      case 5:
        return { kind: "cast", operand: this.number(depth - 1), type };
      default:
        return { kind: "call", name: "abs", arguments: [this.number(depth - 1)], type };
    }
  }

  text(depth: number): ExpressionNode {
    if (depth <= 1) return this.below(2) === 0 ? name : { kind: "value", value: "a'b", type: textType };
    const type = textType;
    switch (this.below(4)) {
      case 0:
        return { kind: "binary", operator: "||", left: this.text(depth - 1), right: this.text(1), type };
      case 1:
        return { kind: "binary", operator: "||", left: this.text(1), right: this.text(depth - 1), type };
      case 2:
        return { kind: "call", name: "lower", arguments: [this.text(depth - 1)], type };
      default:
        return { kind: "collate", operand: this.text(depth - 1), collation: this.#collation, type };
    }
  }

  condition(depth: number): ExpressionNode {
    const type = booleanType;
    if (depth <= 1) return { kind: "isNull", operand: id, negated: this.below(2) === 0, type };
    const deep = this.below(3);
    const at = (position: number): number => (position === deep ? depth - 1 : Math.min(depth - 1, 1 + this.below(2)));
    switch (this.below(10)) {
      case 0:
      case 1: {
        const operands = Array.from({ length: 1 + this.below(4) }, (_, i) => this.condition(at(i)));
        return { kind: "logic", operator: this.below(2) === 0 ? "and" : "or", operands, type };
      }
      case 2:
        return { kind: "not", operand: this.condition(depth - 1), type };
      case 3:
        return {
          kind: "between",
          operand: this.number(at(0)),
          low: this.number(at(1)),
          high: this.number(at(2)),
          negated: this.below(2) === 0,
          type,
        };
      case 4:
        return { kind: "inList", operand: this.number(depth - 1), values: [1, 2], negated: this.below(2) === 0, type };
      case 5:
        return {
          kind: "like",
          operand: this.text(depth - 1),
          pattern: this.text(1),
          insensitive: this.below(2) === 0,
          negated: this.below(2) === 0,
          type,
        };
      case 6:
        return {
          kind: "match",
          part: "contains",
          operand: this.text(at(0)),
          text: this.text(at(1)),
          insensitive: this.below(2) === 0,
          type,
        };
      case 7:
        return { kind: "isNull", operand: this.condition(depth - 1), negated: this.below(2) === 0, type };
      default:
        return {
          kind: "binary",
          operator: this.below(2) === 0 ? "<" : "is not distinct from",
          left: this.number(at(0)),
          right: this.number(at(1)),
          type,
        };
    }
  }
}

/** `select id from t where condition`, over `t (id integer primary key, name text)`. */
export function selecting(condition: ExpressionNode): QueryNode {
  return {
    kind: "select",
    ctes: [],
    selection: { kind: "object", fields: [{ key: "id", value: id }] },
    distinct: false,
    distinctOn: [],
    from: { kind: "table", source, table: "t", alias: false, key: ["id"], columns: [] },
    joins: [],
    where: [condition],
    groupBy: [],
    having: [],
    orderBy: [],
    limit: undefined,
    offset: undefined,
    withTies: false,
    locks: [],
  };
}
