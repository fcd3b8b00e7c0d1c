// Expressions: what people write between two operands. `Expr` is the face they see, whose types carry the needs; the class
// below it makes the nodes and knows nothing of those types.
import type { BinaryOperator, ExpressionNode, OrderNode, QueryNode } from "../tree/node.ts";
import { booleanType, type SqlType } from "../types/sql-type.ts";
import {
  type ColOf,
  type ExprOf,
  type Given,
  type Inward,
  type KEY,
  type NEEDS,
  NODE,
  type OneColumn,
  type Statement,
} from "./needs.ts";
import { operandNode, textOperandNode, valuesBeside } from "./operand.ts";
import { divisionType, factorType, productType, sumType } from "./result-types.ts";

// What stands on the other side of an operator is a value of the same type, or an expression of it; never null: use isNull().
// It is spelled out at each, since an alias would be what messages show.

/** What can be calculated with. A decimal is text, so that no digit is lost. */
export type Numeric = number | bigint | `${number}`;
type TextOther<T, U, M, K, Method extends string> = [T] extends [string | null]
  ? string | ExprOf<U, M, K>
  : `${Method}() needs a text expression`;
type NumberOther<T, U, M, K, Method extends string> = [T] extends [Numeric | null]
  ? NonNullable<T> | ExprOf<U, M, K>
  : `${Method}() needs a numeric expression`;
// The sentence alone would be no ExprOf, and expressions of other types could not stand for an `Expr<any, any, any>`.
type ConditionOther<T, U, M, K, Method extends string> = [T] extends [boolean | null]
  ? ExprOf<U, M, K>
  : ExprOf<U, M, K> & `${Method}() needs a condition`;

/**
 * An expression of SQL. T: the value it yields. N: what it needs from the statement around it. L: the sources whose absence
 * makes it null.
 */
export interface Expr<out T, out N = never, out L = never> extends ExprOf<T, N, L> {
  /** `this = other`. Null where a side is null. */
  eq<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this <> other`. Null where a side is null. */
  ne<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this < other`. */
  lt<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this <= other`. */
  lte<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this > other`. */
  gt<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this >= other`. */
  gte<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this in (…)`: one of a list of values, or of the rows of a query of one column. An empty list holds nothing. */
  in<R extends Record<string, NonNullable<T> | null> = never, M = never>(
    other: readonly NonNullable<T>[] | Statement<R, M>,
  ): Expr<boolean | (T & null) | NoInfer<R[keyof R] & null>, N | Given<Inward<M> | OneColumn<R>>, L>;
  /** `this not in (…)`. A query must not give null, which would make every answer null or false. */
  notIn<R extends Record<string, NonNullable<T>> = never, M = never>(
    other: readonly NonNullable<T>[] | Statement<R, M>,
  ): Expr<boolean | (T & null), N | Given<Inward<M> | OneColumn<R>>, L>;
  /** `this between low and high`, both included. */
  between<U extends NonNullable<T> | null = never, M = never, K = never>(
    low: NonNullable<T> | ExprOf<U, M, K>,
    high: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this between symmetric low and high`: like `between`, whichever of both is the lower one. */
  betweenSymmetric<U extends NonNullable<T> | null = never, M = never, K = never>(
    one: NonNullable<T> | ExprOf<U, M, K>,
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this is distinct from other`: like `ne`, but null is a value like any other. Never null itself. */
  isDistinctFrom<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean, N | Given<M>>;
  /** The opposite of `isDistinctFrom`: two nulls are the same. */
  isNotDistinctFrom<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NonNullable<T> | ExprOf<U, M, K>,
  ): Expr<boolean, N | Given<M>>;
  /** `this is null`. */
  isNull(): Expr<boolean, N>;
  /** `this is not null`. */
  isNotNull(): Expr<boolean, N>;

  /** LIKE, case-sensitive on every database: `%` stands for any text, `_` for one character, `!` takes either literally. */
  like<U extends string | null = never, M = never, K = never>(
    pattern: TextOther<T, U, M, K, "like">,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** The opposite of `like`. */
  notLike<U extends string | null = never, M = never, K = never>(
    pattern: TextOther<T, U, M, K, "notLike">,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** LIKE without regard to case; on SQLite, only of the letters A to Z. */
  ilike<U extends string | null = never, M = never, K = never>(
    pattern: TextOther<T, U, M, K, "ilike">,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** Whether this text starts with another, taken literally. */
  startsWith<U extends string | null = never, M = never, K = never>(
    text: TextOther<T, U, M, K, "startsWith">,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** Whether this text ends with another, taken literally. */
  endsWith<U extends string | null = never, M = never, K = never>(
    text: TextOther<T, U, M, K, "endsWith">,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** Whether this text contains another, taken literally. */
  contains<U extends string | null = never, M = never, K = never>(
    text: TextOther<T, U, M, K, "contains">,
  ): Expr<boolean | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** This text followed by another. Null where a side is, on every database. */
  concat<U extends string | null = never, M = never, K = never>(
    text: TextOther<T, U, M, K, "concat">,
  ): Expr<string | (T & null) | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;

  /** `this + other`. */
  add<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NumberOther<T, U, M, K, "add">,
  ): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this - other`. */
  sub<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NumberOther<T, U, M, K, "sub">,
  ): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /** `this * other`. */
  mul<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NumberOther<T, U, M, K, "mul">,
  ): Expr<T | NoInfer<U & null>, N | Given<M>, L | NoInfer<K>>;
  /**
   * `this / other`. Two integers divide without remainder, towards zero, on every database. Dividing by zero is null on
   * SQLite and MySQL and an error on PostgreSQL; the type therefore allows null.
   */
  div<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NumberOther<T, U, M, K, "div">,
  ): Expr<T | null, N | Given<M>, L | NoInfer<K>>;
  /** What is left of `this / other`, with the sign of `this`. Null where `other` is zero, as for `div`. */
  mod<U extends NonNullable<T> | null = never, M = never, K = never>(
    other: NumberOther<T, U, M, K, "mod">,
  ): Expr<T | null, N | Given<M>, L | NoInfer<K>>;
  /** `-this`. */
  neg(): Expr<T, N, L>;

  /** Both hold. */
  and<U extends boolean | null = never, M = never, K = never>(
    other: ConditionOther<T, U, M, K, "and">,
  ): Expr<T | NoInfer<U>, N | Given<M>, L | NoInfer<K>>;
  /** One of both holds. */
  or<U extends boolean | null = never, M = never, K = never>(
    other: ConditionOther<T, U, M, K, "or">,
  ): Expr<T | NoInfer<U>, N | Given<M>, L | NoInfer<K>>;
  /** The opposite; null stays null. */
  not(): Expr<boolean | (T & null), N, L>;

  /** The value as another SQL type, converted by the database. */
  cast<U>(type: ColOf<U, any>): Expr<NonNullable<U> | (T & null), N, L>;
  /** The same SQL, read back as another type without conversion. The decoder checks what arrives. */
  as<U>(type: ColOf<U, any>): Expr<NonNullable<U> | (T & null), N, L>;
  /** Drops null from the type where you know more than the compiler. @throws {DecodeError} if it was null after all */
  notNull(): Expr<NonNullable<T>, N>;
  /** Compares and sorts by the named collation. */
  collate(collation: string): Expr<T, N, L>;
  /** Any operator of your database: `users.tags.op("&&", other, boolean())`. Its text is trusted. */
  op<U, M = never, K = never, V extends NonNullable<T> | null = never>(
    operator: string,
    other: NonNullable<T> | ExprOf<V, M, K>,
    type: ColOf<U, any>,
  ): Expr<U | (T & null) | NoInfer<V & null>, N | Given<M>, L | NoInfer<K>>;

  /** Smallest first. Where nulls stand differs between databases: `nullsFirst()` and `nullsLast()` decide it. */
  asc(): Order<N>;
  /** Largest first. */
  desc(): Order<N>;
}

/** The primary key of its source: every other column of that source depends on it. */
export interface KeyExpr<T, N, L> extends Expr<T, N, L> {
  readonly [KEY]: L;
}

/** What rows are sorted by. */
export interface Order<N> {
  readonly order: true;
  readonly [NEEDS]: N;
  /** Nulls before all values. */
  nullsFirst(): Order<N>;
  /** Nulls after all values. */
  nullsLast(): Order<N>;
}

/** Makes the expression that users see of a node. Its types are the caller's word. */
export function expression<T, N, L = never>(node: ExpressionNode): Expr<T, N, L> {
  return new Expression(node) as unknown as Expr<T, N, L>;
}

/** The node of an expression. */
export function nodeOf(expression: ExprOf<unknown, unknown>): ExpressionNode {
  return (expression as unknown as Expression)[NODE];
}

/** The run-time side of {@link Expr}: each method makes a new node of this one's. */
export class Expression {
  // Declared only: a field of a computed name would be defined, and then set by the constructor, at thrice the cost.
  declare readonly [NODE]: ExpressionNode;

  constructor(node: ExpressionNode) {
    this[NODE] = node;
  }

  eq(other: unknown): Expression {
    return this.#compare("=", other);
  }
  ne(other: unknown): Expression {
    return this.#compare("<>", other);
  }
  lt(other: unknown): Expression {
    return this.#compare("<", other);
  }
  lte(other: unknown): Expression {
    return this.#compare("<=", other);
  }
  gt(other: unknown): Expression {
    return this.#compare(">", other);
  }
  gte(other: unknown): Expression {
    return this.#compare(">=", other);
  }
  isDistinctFrom(other: unknown): Expression {
    return this.#compare("is distinct from", other);
  }
  isNotDistinctFrom(other: unknown): Expression {
    return this.#compare("is not distinct from", other);
  }
  in(other: unknown): Expression {
    return this.#in(other, false);
  }
  notIn(other: unknown): Expression {
    return this.#in(other, true);
  }
  between(low: unknown, high: unknown): Expression {
    const operand = this[NODE];
    return new Expression({
      kind: "between",
      operand,
      low: operandNode(low, operand),
      high: operandNode(high, operand),
      negated: false,
      type: booleanType,
    });
  }
  betweenSymmetric(one: unknown, other: unknown): Expression {
    return this.between(one, other).or(this.between(other, one));
  }
  isNull(): Expression {
    return new Expression({ kind: "isNull", operand: this[NODE], negated: false, type: booleanType });
  }
  isNotNull(): Expression {
    return new Expression({ kind: "isNull", operand: this[NODE], negated: true, type: booleanType });
  }

  like(pattern: unknown): Expression {
    return this.#like(pattern, false, false);
  }
  notLike(pattern: unknown): Expression {
    return this.#like(pattern, false, true);
  }
  ilike(pattern: unknown): Expression {
    return this.#like(pattern, true, false);
  }
  startsWith(text: unknown): Expression {
    return this.#match("starts", text);
  }
  endsWith(text: unknown): Expression {
    return this.#match("ends", text);
  }
  contains(text: unknown): Expression {
    return this.#match("contains", text);
  }
  concat(text: unknown): Expression {
    const left = this[NODE];
    const right = textOperandNode(text, left);
    return new Expression({ kind: "binary", operator: "||", left, right, type: { kind: "text" } });
  }

  add(other: unknown): Expression {
    return this.#calculate("+", other);
  }
  sub(other: unknown): Expression {
    return this.#calculate("-", other);
  }
  mul(other: unknown): Expression {
    const left = this[NODE];
    const right = operandNode(other, left, factorType(left.type));
    return new Expression({ kind: "binary", operator: "*", left, right, type: productType(left.type, right.type) });
  }
  div(other: unknown): Expression {
    const left = this[NODE];
    const right = operandNode(other, left, factorType(left.type));
    return new Expression({ kind: "binary", operator: "/", left, right, type: divisionType(left.type, right.type) });
  }
  mod(other: unknown): Expression {
    return this.#calculate("%", other);
  }
  neg(): Expression {
    return new Expression({ kind: "negate", operator: "-", operand: this[NODE], type: this[NODE].type });
  }

  and(other: Expression): Expression {
    return this.#join("and", other);
  }
  or(other: Expression): Expression {
    return this.#join("or", other);
  }
  not(): Expression {
    return new Expression({ kind: "not", operand: this[NODE], type: booleanType });
  }

  cast(type: { readonly type: SqlType }): Expression {
    return new Expression({ kind: "cast", operand: this[NODE], type: type.type });
  }
  as(type: { readonly type: SqlType }): Expression {
    return new Expression({ kind: "retype", operand: this[NODE], type: type.type });
  }
  notNull(): Expression {
    return new Expression({ kind: "retype", operand: this[NODE], type: this[NODE].type, notNull: true });
  }
  collate(collation: string): Expression {
    return new Expression({ kind: "collate", operand: this[NODE], collation, type: this[NODE].type });
  }
  op(operator: string, other: unknown, type: { readonly type: SqlType }): Expression {
    const left = this[NODE];
    return new Expression({ kind: "operator", operator, left, right: operandNode(other, left), type: type.type });
  }

  asc(): Ordering {
    return new Ordering({ kind: "order", operand: this[NODE], direction: "asc" });
  }
  desc(): Ordering {
    return new Ordering({ kind: "order", operand: this[NODE], direction: "desc" });
  }

  #compare(operator: BinaryOperator, other: unknown): Expression {
    const left = this[NODE];
    return new Expression({ kind: "binary", operator, left, right: operandNode(other, left), type: booleanType });
  }

  #calculate(operator: "+" | "-" | "%", other: unknown): Expression {
    const left = this[NODE];
    const right = operandNode(other, left);
    return new Expression({ kind: "binary", operator, left, right, type: sumType(left.type, right.type) });
  }

  #in(other: unknown, negated: boolean): Expression {
    const operand = this[NODE];
    if (Array.isArray(other)) {
      return new Expression({
        kind: "inList",
        operand,
        values: valuesBeside(other, operand),
        negated,
        type: booleanType,
      });
    }
    const query = (other as { [NODE]: QueryNode })[NODE];
    return new Expression({ kind: "inQuery", operand, query, negated, type: booleanType });
  }

  #like(pattern: unknown, insensitive: boolean, negated: boolean): Expression {
    const operand = this[NODE];
    return new Expression({
      kind: "like",
      operand,
      pattern: textOperandNode(typeof pattern === "string" ? closed(pattern) : pattern, operand),
      insensitive,
      negated,
      type: booleanType,
    });
  }

  #match(part: "starts" | "ends" | "contains", text: unknown): Expression {
    const operand = this[NODE];
    return new Expression({
      kind: "match",
      part,
      operand,
      text: textOperandNode(text, operand),
      insensitive: false,
      type: booleanType,
    });
  }

  #join(operator: "and" | "or", other: Expression): Expression {
    const own = this[NODE];
    // A chain `a.and(b).and(c)` is one flat node, so that its depth does not grow with its length.
    const operands =
      own.kind === "logic" && own.operator === operator ? [...own.operands, other[NODE]] : [own, other[NODE]];
    return new Expression({ kind: "logic", operator, operands, type: booleanType });
  }
}

/** A `!` that nothing follows stands for itself: databases would each make something else of it. */
function closed(pattern: string): string {
  return /(?<!!)(?:!!)*!$/.test(pattern) ? `${pattern}!` : pattern;
}

/** The run-time side of {@link Order}. */
export class Ordering {
  declare readonly [NODE]: OrderNode;

  constructor(node: OrderNode) {
    this[NODE] = node;
  }
  nullsFirst(): Ordering {
    return new Ordering({ ...this[NODE], nulls: "first" });
  }
  nullsLast(): Ordering {
    return new Ordering({ ...this[NODE], nulls: "last" });
  }
}
