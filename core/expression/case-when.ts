// CASE: searched, where each branch has a condition, and simple, where one expression is compared with the value of each.
import type { CaseNode, ExpressionNode } from "../tree/node.ts";
import { doubleType, type SqlType } from "../types/sql-type.ts";
import { type Expr, expression, nodeOf } from "./expr.ts";
import type { ExprOf, NEEDS, NULLS } from "./needs.ts";
import { nodeIn, operandNode, valueNode } from "./operand.ts";
import { typeOfValue, type Widened } from "./param.ts";
import { eitherType } from "./result-types.ts";

/** What a branch may yield beside others that yield T: a value of the same type, an expression of it, or null. */
type Then<T> = NonNullable<T> | null | ExprOf<NonNullable<T> | null, any, any>;
/** What V adds to the values: null, or what an expression yields. A plain value is one that the first branch has. */
type Yields<V> = V extends ExprOf<infer T, any, any> ? T : V & null;
type NeedsOfThen<V> = V extends { readonly [NEEDS]: infer N } ? N : never;
type NullsOfThen<V> = V extends { readonly [NULLS]: infer L } ? L : never;

/** What the first branch may yield: an expression, or a value whose SQL type is plain. */
type First = string | number | bigint | boolean | Uint8Array | ExprOf<any, any, any>;
type FirstValue<V> = V extends ExprOf<infer T, any, any> ? T : Widened<V>;

/** A CASE being built. T: what its branches yield so far; all are of the first one's type. */
export interface Case<T, N, L> {
  /** One more branch, tried if those before did not hold. */
  when<M, const V extends Then<T>>(
    condition: ExprOf<boolean | null, M>,
    then: V,
  ): Case<T | Yields<V>, N | M | NeedsOfThen<V>, L | NullsOfThen<V>>;
  /** What it yields where no branch holds. */
  else<const V extends Then<T>>(value: V): Expr<T | Yields<V>, N | NeedsOfThen<V>, L | NullsOfThen<V>>;
  /** Null where no branch holds. */
  end(): Expr<T | null, N, L>;
}

/** A simple CASE being built. O: what it compares. */
export interface SimpleCase<O, T, N, L> {
  /** One more branch, tried if those before did not hold. */
  when<const V extends Then<T>, U extends NonNullable<O> | null = never, M = never>(
    value: NonNullable<O> | ExprOf<U, M>,
    then: V,
  ): SimpleCase<O, T | Yields<V>, N | M | NeedsOfThen<V>, L | NullsOfThen<V>>;
  /** What it yields where the expression equals none of the values. */
  else<const V extends Then<T>>(value: V): Expr<T | Yields<V>, N | NeedsOfThen<V>, L | NullsOfThen<V>>;
  /** Null where the expression equals none of the values. */
  end(): Expr<T | null, N, L>;
}

/** A simple CASE that has no branch yet. */
export interface CaseOf<O, N> {
  when<const V extends First, U extends NonNullable<O> | null = never, M = never>(
    value: NonNullable<O> | ExprOf<U, M>,
    then: V,
  ): SimpleCase<O, FirstValue<V>, N | M | NeedsOfThen<V>, NullsOfThen<V>>;
}

/**
 * The value of the first branch whose condition holds.
 *
 * @example
 * caseWhen(users.age.lt(18), "young").when(users.age.lt(65), "grown").else("old");
 */
export function caseWhen<M, const V extends First>(
  condition: ExprOf<boolean | null, M>,
  then: V,
): Case<FirstValue<V>, M | NeedsOfThen<V>, NullsOfThen<V>> {
  return new Branches([{ when: nodeOf(condition), then: firstNode(then) }]) as never;
}

/**
 * The value of the first branch whose value the expression equals.
 *
 * @example
 * caseOf(users.role).when("admin", 1).when("member", 2).else(3);
 */
export function caseOf<O, N>(of: ExprOf<O, N>): CaseOf<O, N> {
  const operand = nodeOf(of);
  return {
    when: (value: unknown, then: unknown) =>
      new Branches([{ when: operandNode(value, operand), then: firstNode(then) }], operand),
  } as never;
}

type Branch = CaseNode["branches"][number];

class Branches {
  readonly #branches: readonly [Branch, ...Branch[]];
  readonly #operand: ExpressionNode | undefined;

  constructor(branches: readonly [Branch, ...Branch[]], operand?: ExpressionNode) {
    this.#branches = branches;
    this.#operand = operand;
  }
  when(value: unknown, then: unknown): Branches {
    const when =
      this.#operand === undefined ? nodeOf(value as ExprOf<unknown, unknown>) : operandNode(value, this.#operand);
    return new Branches([...this.#branches, { when, then: this.#then(then) }], this.#operand);
  }
  else(value: unknown): Expr<unknown> {
    return this.#done(this.#then(value));
  }
  end(): Expr<unknown> {
    return this.#done(undefined);
  }
  #then(value: unknown): ExpressionNode {
    return valueNode(value, typeBeside(value, this.#branches[0].then.type));
  }
  #done(otherwise: CaseNode["otherwise"]): Expr<unknown> {
    const [first, ...others] = this.#branches;
    const rest = otherwise === undefined ? [] : [otherwise.type];
    const type = eitherType([first.then.type, ...others.map(({ then }) => then.type), ...rest]);
    return expression({ kind: "case", operand: this.#operand, branches: this.#branches, otherwise, type });
  }
}

function firstNode(value: unknown): ExpressionNode {
  return nodeIn(value) ?? valueNode(value, typeOfValue(value));
}

/** The type of a value beside one of the type: a fraction beside whole numbers is no whole number. */
function typeBeside(value: unknown, type: SqlType): SqlType {
  return type.kind === "integer" && typeof value === "number" && !Number.isInteger(value) ? doubleType : type;
}
