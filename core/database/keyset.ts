// Keyset pagination: which rows come after the one with given values in an ordering, whatever the ordering. The ordering is made
// total (the primary key decides ties) and explicit (where nulls stand differs between databases); a row's values are read with
// all the digits that the database compares.
import { ParameterError } from "../errors/usage-errors.ts";
import { type Expr, expression, nodeOf, type Order } from "../expression/expr.ts";
import { or } from "../expression/logic.ts";
import type { ExpressionNode } from "../tree/node.ts";
import type { SqlType } from "../types/sql-type.ts";

type Condition = Expr<boolean | null, any, any>;

/** One of the expressions that rows are ordered by. */
interface Key {
  readonly operand: Expr<any, any, any>;
  /** What its values are read and bound as. */
  readonly type: SqlType;
  readonly descending: boolean;
  /** Where nulls stand; undefined if there are none. */
  readonly nulls: "first" | "last" | undefined;
}

/** A total order of a query's rows. */
export class Keyset {
  readonly #keys: readonly Key[];

  /**
   * @param orderBy what the query is ordered by
   * @param unique columns that are together unlike in any two rows
   * @param isNotNull whether a column is known to be never null
   */
  constructor(
    orderBy: readonly unknown[],
    unique: readonly ExpressionNode[],
    isNotNull: (node: ExpressionNode) => boolean,
  ) {
    const keys = orderBy.map((by) => keyOf(by, isNotNull));
    // Ties are broken in the direction of the last key, so that one index can serve.
    const descending = keys.at(-1)?.descending ?? false;
    const given = orderBy.map((by) => orderNodeOf(by).operand);
    const rest = unique.filter((column) => !given.some((node) => isSameColumn(node, column)));
    this.#keys = [...keys, ...rest.map((column) => keyOf(ordered(expression(column), descending), isNotNull))];
  }

  get types(): readonly SqlType[] {
    return this.#keys.map(({ type }) => type);
  }

  /** What the query is to be ordered by; `reversed` is the opposite order. */
  order(reversed: boolean): readonly Order<any>[] {
    return this.#keys.map(({ operand, descending, nulls }) => {
      const order = descending === reversed ? operand.asc() : operand.desc();
      if (nulls === undefined) return order;
      return (nulls === "first") === reversed ? order.nullsLast() : order.nullsFirst();
    });
  }

  /** What is to be selected for a row to be found again. */
  selected(): readonly Expr<any, any, any>[] {
    return this.#keys.map(({ operand, type }) => expression({ kind: "retype", operand: nodeOf(operand), type }));
  }

  /** The rows that come after the one with these values; `reversed`, those before it. */
  beyond(values: readonly unknown[], reversed: boolean): Condition {
    const keys = this.#keys;
    let condition: Condition | undefined;
    // From the last key to the first: beyond in this one, or the same in it and beyond in those behind it.
    for (let i = keys.length - 1; i >= 0; i--) {
      const key = keys[i] as Key;
      const further = beyondOne(key, values[i], reversed);
      if (condition === undefined) condition = further ?? never;
      else {
        const same = sameAs(key, values[i]).and(condition) as Condition;
        condition = further === undefined ? same : (or(further, same) as Condition);
      }
    }
    const start = keys.length > 1 ? startOf(keys[0] as Key, values[0], reversed) : undefined;
    return start === undefined ? (condition as Condition) : (start.and(condition as Condition) as Condition);
  }
}

const never: Condition = or() as Condition;

function ordered(column: Expr<any, any, any>, descending: boolean): Order<any> {
  return descending ? column.desc() : column.asc();
}

function keyOf(by: unknown, isNotNull: (node: ExpressionNode) => boolean): Key {
  const { operand, direction, nulls } = orderNodeOf(by);
  const descending = direction === "desc";
  return {
    ...comparable(operand),
    descending,
    // As PostgreSQL has it where nothing is said: null is greater than any value.
    nulls: isNotNull(operand) ? undefined : (nulls ?? (descending ? "first" : "last")),
  };
}

interface OrderLike {
  readonly operand: ExpressionNode;
  readonly direction: "asc" | "desc";
  readonly nulls?: "first" | "last" | undefined;
}

function orderNodeOf(by: unknown): OrderLike {
  const node = nodeOf(by as never) as ExpressionNode | ({ readonly kind: "order" } & OrderLike);
  return node.kind === "order" ? node : { operand: node, direction: "asc" };
}

/** An expression whose values can be read, and bound again to compare equal. */
function comparable(node: ExpressionNode): Pick<Key, "operand" | "type"> {
  const { type } = node;
  switch (type.kind) {
    case "json":
    case "json-row":
      throw new ParameterError("a query ordered by JSON has no pages", "Order by a part of the document.");
    case "float":
      // Four bytes as eight, in which a number is what it is: 0.1 in four bytes equals no number that is bound.
      if (type.size === 8) return { operand: expression(node), type };
      return {
        operand: expression({ kind: "cast", operand: node, type: doubleType }),
        type: doubleType,
      };
    case "enumeration":
      return { operand: expression(positionOf(node, type.values)), type: integerType };
    default:
      return { operand: expression(node), type: exact(type) };
  }
}

/** Which of its members an enumeration is: MySQL sorts by that and compares by text, others do both by the one or the other. */
function positionOf(operand: ExpressionNode, members: readonly string[]): ExpressionNode {
  const branches = members.map((value, i): { when: ExpressionNode; then: ExpressionNode } => ({
    when: { kind: "value", value, type: operand.type, of: operand },
    then: { kind: "constant", value: i, type: integerType },
  }));
  return { kind: "case", operand, branches, type: integerType };
}

const integerType: SqlType = { kind: "integer", size: 4 };

const doubleType: SqlType = { kind: "float", size: 8 };

/** A type's values with all that the database compares: microseconds, all digits, no translation of the user's. */
function exact(type: SqlType): SqlType {
  switch (type.kind) {
    case "timestamp":
    case "timestamptz":
      return type.as === "string" ? type : { ...type, as: "string" };
    case "decimal":
      return type.as === "string" ? type : { ...type, as: "string" };
    case "bigint":
      return type.as === "bigint" ? type : { ...type, as: "bigint" };
    case "array":
      return { ...type, of: exact(type.of) };
    case "custom":
      return { ...type, base: exact(type.base), encode: undefined, decode: undefined };
    default:
      return type;
  }
}

function beyondOne(key: Key, value: unknown, reversed: boolean): Condition | undefined {
  const { operand } = key;
  if (value === null) return areNullsAhead(key, reversed) ? undefined : operand.isNotNull();
  const limit = bound(key, value);
  const further = key.descending === reversed ? operand.gt(limit) : operand.lt(limit);
  return areNullsAhead(key, reversed) ? (or(further, operand.isNull()) as Condition) : further;
}

function areNullsAhead({ nulls }: Key, reversed: boolean): boolean {
  return nulls !== undefined && (nulls === "last") !== reversed;
}

function sameAs(key: Key, value: unknown): Condition {
  return value === null ? key.operand.isNull() : key.operand.eq(bound(key, value));
}

/** What the whole condition implies of the first key, said by itself: databases find the start of a range by it. */
function startOf(key: Key, value: unknown, reversed: boolean): Condition | undefined {
  if (value === null || areNullsAhead(key, reversed)) return undefined;
  const limit = bound(key, value);
  return key.descending === reversed ? key.operand.gte(limit) : key.operand.lte(limit);
}

function bound({ operand, type }: Key, value: unknown): any {
  return expression({ kind: "value", value, type, of: nodeOf(operand) });
}

function isSameColumn(a: ExpressionNode, b: ExpressionNode): boolean {
  return a.kind === "column" && b.kind === "column" && a.source.key === b.source.key && a.name === b.name;
}
