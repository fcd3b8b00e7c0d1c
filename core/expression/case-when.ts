// CASE.
import type { CaseNode } from "../tree/node.ts";
import { type Expr, expression, nodeOf } from "./expr.ts";
import type { ExprOf } from "./needs.ts";
import { eitherType } from "./result-types.ts";

/** A CASE being built. T: what its branches yield so far; all are of the first one's type. */
export interface Case<T, N, L> {
  /** One more branch, tried if those before did not hold. */
  when<M, U extends NonNullable<T> | null, P, K>(
    condition: ExprOf<boolean | null, M>,
    then: ExprOf<U, P, K>,
  ): Case<T | U, N | M | P, L | K>;
  /** What it yields where no branch holds. */
  else<U extends NonNullable<T> | null, P, K>(value: ExprOf<U, P, K>): Expr<T | U, N | P, L | K>;
  /** Null where no branch holds. */
  end(): Expr<T | null, N, L>;
}

/**
 * The value of the first branch whose condition holds.
 *
 * @example
 * caseWhen(users.age.lt(18), literal("young")).when(users.age.lt(65), literal("grown")).else(literal("old"));
 */
export function caseWhen<M, U, P, K>(condition: ExprOf<boolean | null, M>, then: ExprOf<U, P, K>): Case<U, M | P, K> {
  const branch = { when: nodeOf(condition), then: nodeOf(then) };
  return new Branches([branch]) as unknown as Case<U, M | P, K>;
}

type Branch = CaseNode["branches"][number];

class Branches {
  readonly #branches: CaseNode["branches"];

  constructor(branches: CaseNode["branches"]) {
    this.#branches = branches;
  }
  when(condition: ExprOf<boolean | null, unknown>, then: ExprOf<unknown, unknown>): Branches {
    return new Branches([...this.#branches, { when: nodeOf(condition), then: nodeOf(then) }]);
  }
  else(value: ExprOf<unknown, unknown>): Expr<unknown> {
    return this.#done(nodeOf(value));
  }
  end(): Expr<unknown> {
    return this.#done(undefined);
  }
  #done(otherwise: CaseNode["otherwise"]): Expr<unknown> {
    const [first, ...others] = this.#branches as readonly [Branch, ...Branch[]];
    const rest = otherwise === undefined ? [] : [otherwise.type];
    const type = eitherType([first.then.type, ...others.map(({ then }) => then.type), ...rest]);
    return expression({ kind: "case", branches: this.#branches, otherwise, type });
  }
}
