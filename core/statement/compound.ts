// UNION, INTERSECT and EXCEPT. Columns are matched by name: the right query is put into the order of the left.
import { CompileError } from "../errors/usage-errors.ts";
import type { Expr, Order } from "../expression/expr.ts";
import {
  type ExprOf,
  type Feature,
  type Given,
  type Inward,
  type NEEDS,
  NODE,
  type Of,
  type OneColumn,
  type ROW,
  type Statement,
} from "../expression/needs.ts";
import { eitherType } from "../expression/result-types.ts";
import { sourceColumns } from "../expression/selection.ts";
import { type Derived, sourceOf } from "../expression/source.ts";
import { isSaidNeverNull } from "../tree/never-null.ts";
import type { CompoundNode, CompoundOperator, OrderNode, QueryNode, SelectionNode } from "../tree/node.ts";
import { selectionOf } from "../tree/selection-of.ts";
import { QueryStatement } from "./query-statement.ts";
import { rowCount } from "./row-count.ts";

/** Both queries select the same names; the types are compared where the rows are. */
export type SameColumns<A, B> = [keyof A, keyof B] extends [keyof B, keyof A]
  ? [Either<A, { [K in keyof A]: null }>] extends [Either<B, { [K in keyof B]: null }>]
    ? unknown
    : [Either<B, { [K in keyof B]: null }>] extends [Either<A, { [K in keyof A]: null }>]
      ? unknown
      : "both queries of a union have the same column types"
  : "both queries of a union select the same columns";
export type Either<A, B> = { [K in keyof A]: A[K] | B[K & keyof B] } & {};

/** The result of UNION and its kind: no more WHERE or joins, ordering by its own columns. */
export interface Compound<R, Free> {
  readonly [ROW]: R;
  readonly [NEEDS]: Free;
  union<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<Either<R, R2>, Free | N>;
  unionAll<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<Either<R, R2>, Free | N>;
  intersect<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<R, Free | N>;
  intersectAll<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<R, Free | N | Feature<"INTERSECT ALL">>;
  except<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<R, Free | N>;
  exceptAll<R2, N>(other: Statement<R2, N> & SameColumns<R, R2>): Compound<R, Free | N | Feature<"INTERSECT ALL">>;
  /** Sorts by columns of the whole: `orderBy((row) => row.name.desc())`. */
  orderBy(by: (row: Derived<"", R>) => Order<Of<"">> | readonly Order<Of<"">>[]): Compound<R, Free>;
  limit<N = never>(rows: number | ExprOf<number, N>): Compound<R, Free | Given<N>>;
  offset<N = never>(rows: number | ExprOf<number, N>): Compound<R, Free | Given<N>>;
  scalar(): Expr<R[keyof R] | null, Inward<Free> | OneColumn<R>>;
  exists(): Expr<boolean, Inward<Free>>;
  /** The whole as a source. */
  as<const A extends string>(name: A): Derived<A, R, Inward<Free>>;
}

/** Joins two queries. @throws {CompileError} if they do not select the same names */
export function compound(
  operator: CompoundOperator,
  left: QueryNode,
  right: Statement<unknown, unknown>,
): CompoundStatement {
  const other = (right as unknown as { readonly [NODE]: QueryNode })[NODE];
  const own = selectedBy(left);
  const ordered = inOrderOf(own, other);
  return new CompoundStatement({
    kind: "compound",
    ctes: [],
    operator,
    left,
    right: ordered,
    selection: readAsEither(own, selectedBy(ordered)),
    orderBy: [],
    limit: undefined,
    offset: undefined,
  });
}

/**
 * The selection of the left query, each column read as what holds the values of both: a double where one is an integer, and
 * null unless `notNull()` rules it out on both sides.
 */
function readAsEither(left: SelectionNode, right: SelectionNode): SelectionNode {
  let changed = false;
  const fields = left.fields.map((field, i) => {
    const [one, other] = [field.value, right.fields[i]?.value];
    if (other === undefined || !("type" in one) || !("type" in other)) return field;
    const type = one.type.kind === other.type.kind ? one.type : eitherType([one.type, other.type]);
    const said = isSaidNeverNull(one);
    const notNull = said === true && isSaidNeverNull(other) === true;
    const holds = one.kind !== "raw" && (said ?? false) === notNull;
    if (type.kind === one.type.kind && holds) return field;
    changed = true;
    return { key: field.key, value: { kind: "retype" as const, operand: one, type, notNull } };
  });
  return changed ? { kind: "object", fields } : left;
}

/** What a query selects. @throws {CompileError} if it gives no rows */
export function selectedBy(query: QueryNode): SelectionNode {
  const selection = selectionOf(query);
  if (selection === undefined) throw new CompileError(`${query.kind} gives no rows`, "Add returning(…).");
  return selection;
}

/** The query with its columns in the order of another selection. */
function inOrderOf(selection: SelectionNode, query: QueryNode): QueryNode {
  const own = selectedBy(query);
  const sorted = selection.fields.map(({ key }) => own.fields.find((field) => field.key === key));
  if (sorted.length !== own.fields.length || sorted.includes(undefined)) {
    const names = ({ fields }: SelectionNode): string => fields.map(({ key }) => key).join(", ");
    throw new CompileError(
      "both queries of a union select the same columns",
      `The first selects ${names(selection)}, the other ${names(own)}.`,
    );
  }
  if (sorted.every((field, i) => field === own.fields[i])) return query;
  const reordered: SelectionNode = { kind: "object", fields: sorted as SelectionNode["fields"] };
  if (query.kind === "select") return { ...query, selection: reordered };
  if (query.kind === "compound") {
    return {
      ...query,
      left: inOrderOf(reordered, query.left),
      right: inOrderOf(reordered, query.right),
      selection: reordered,
    };
  }
  throw new CompileError(
    "the columns of this query cannot be put into the order of the first",
    "Write them in the same order.",
  );
}

/** The run-time side of {@link Compound}. */
export class CompoundStatement extends QueryStatement<CompoundNode> {
  protected override joined(operator: CompoundOperator, other: Statement<unknown, unknown>): unknown {
    return compound(operator, this[NODE], other);
  }

  orderBy(by: (row: unknown) => unknown): CompoundStatement {
    const own = this[NODE];
    // Its columns have no source: they are written by their labels alone.
    const columns = sourceColumns(own.selection);
    const chosen = by(
      sourceOf({ node: { kind: "derived", source: { key: "", name: "" }, query: own, columns }, columns }),
    );
    const items = Array.isArray(chosen) ? chosen : [chosen];
    const orderBy: readonly OrderNode[] = items.map((item: { readonly [NODE]: OrderNode }) => item[NODE]);
    return new CompoundStatement({ ...own, orderBy: [...own.orderBy, ...orderBy] });
  }
  limit(rows: unknown): CompoundStatement {
    return new CompoundStatement({ ...this[NODE], limit: rowCount(rows) });
  }
  offset(rows: unknown): CompoundStatement {
    return new CompoundStatement({ ...this[NODE], offset: rowCount(rows) });
  }
}
