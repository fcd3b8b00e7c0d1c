// Text of SQL that the user writes, typed: what it gives is declared, what it needs comes from what is put into it. Values are
// always bound.
import { CompileError } from "../errors/usage-errors.ts";
import type { ColumnNode, OrderNode, QueryNode, RawHole, RawNode, RawStatementNode, RetypeNode } from "../tree/node.ts";
import { type SqlType, textType } from "../types/sql-type.ts";
import { declaredType, isNullable } from "./declared.ts";
import { type Expr, expression } from "./expr.ts";
import {
  type ColOf,
  type Inward,
  type NEEDS,
  NODE,
  type ROW,
  type Statement,
  type TableMeta,
  type VALUE,
} from "./needs.ts";
import { nodeIn } from "./operand.ts";
import { typeOfValue } from "./param.ts";
import type { NullsOf } from "./selection.ts";
import { type Derived, factsOf, isSource, sourceOf } from "./source.ts";

/** Text that stands in a hole as it is: a quoted name, or trusted SQL. */
export class SqlFragment {
  declare readonly [NODE]: RawHole;
  constructor(node: RawHole) {
    this[NODE] = node;
  }
}

/** What says of which type a column is: a builder, or a column of a table. */
interface Declaring {
  readonly [VALUE]: any;
}

/** What one hole of a template needs. */
type HoleNeeds<V> = V extends { readonly [ROW]: any; readonly [NEEDS]: infer N }
  ? Inward<N>
  : V extends { readonly [NEEDS]: infer N }
    ? N
    : V extends TableMeta<infer Name, any, any>
      ? Name
      : never;

/** A whole statement of the user's text. */
export interface RawStatement<R, Free> extends Statement<R, Free> {
  /** Says that it only reads, so that it may run beside a writer and be repeated after a lost connection. */
  reading(): RawStatement<R, Free>;
  /** The statement as a source. */
  as<const A extends string>(name: A): Derived<A, R, Inward<Free>>;
}

interface Sql {
  /**
   * An expression of the declared type. Expressions, sources and queries can stand in the holes; other values are bound.
   *
   * @example
   * select({ short: sql(text())`substr(${users.name}, 1, ${3})` }).from(users);
   */
  <T>(
    type: ColOf<T, any>,
  ): <const V extends readonly unknown[]>(
    text: TemplateStringsArray,
    ...values: V
  ) => Expr<T, HoleNeeds<V[number]>, NullsOf<V[number]>>;
  /**
   * A whole statement that gives these columns, in this order: each of a type, or of a column that a table has already.
   *
   * @example
   * await db.all(sql.statement({ id: users.id, upper: text() })`select id, upper(name) from users where age > ${18}`);
   */
  statement<C extends Record<string, Declaring>>(
    columns: C,
  ): <const V extends readonly unknown[]>(
    text: TemplateStringsArray,
    ...values: V
  ) => RawStatement<{ [K in keyof C]: C[K][typeof VALUE] } & {}, Exclude<HoleNeeds<V[number]>, string>>;
  /** A name, quoted; several make a path: `sql.id("audit", "log")`. */
  id(...path: readonly string[]): SqlFragment;
  /** Text that is written as it is. Never put anything into it that a user can influence. */
  raw(text: string): SqlFragment;
}

function template(strings: TemplateStringsArray, values: readonly unknown[], type: SqlType): RawNode {
  return { kind: "raw", text: [...strings], holes: values.map(hole), type };
}

function hole(value: unknown): RawHole {
  if (typeof value === "object" && value !== null && NODE in value)
    return value[NODE] as RawHole | OrderNode | QueryNode;
  if (isSource(value)) return factsOf(value).node;
  if (value === undefined || value === null) {
    throw new CompileError(
      `a hole of sql\`…\` is ${value}`,
      "Write null as text, or give a typed value: literal(null, text()).",
    );
  }
  return { kind: "value", value, type: typeOfValue(value) };
}

function typeOf(declaring: Declaring): SqlType {
  return nodeIn(declaring)?.type ?? declaredType(declaring as ColOf<any, any>);
}

/** Whether a builder stands for values that are never null. A table's column is not asked: the database keeps its word. */
function isNeverNull(declaring: Declaring): boolean {
  return nodeIn(declaring) === undefined && !isNullable(declaring as ColOf<any, any>);
}

function notNull(operand: ColumnNode): RetypeNode {
  return { kind: "retype", operand, type: operand.type, notNull: true };
}

class RawQuery {
  declare readonly [NODE]: RawStatementNode;
  constructor(node: RawStatementNode) {
    this[NODE] = node;
  }
  reading(): RawQuery {
    return new RawQuery({ ...this[NODE], reads: true });
  }
  as(name: string): unknown {
    const { selection, raw } = this[NODE];
    const columns = selection.fields.map(({ key, value }) => ({
      key,
      name: key,
      type: (value as { type: SqlType }).type,
      nullable: true,
    }));
    return sourceOf({ node: { kind: "rawSource", source: { key: name, name }, raw, columns }, columns });
  }
}

/** Raw but typed SQL. See the members' own words. */
export const sql: Sql = Object.assign(
  (type: ColOf<any, any>) =>
    (strings: TemplateStringsArray, ...values: readonly unknown[]): never =>
      expression({ ...template(strings, values, declaredType(type)), notNull: !isNullable(type) }) as never,
  {
    statement:
      (columns: Record<string, Declaring>) =>
      (strings: TemplateStringsArray, ...values: readonly unknown[]): never => {
        const source = { key: "", name: "" };
        const fields = Object.entries(columns).map(([key, declaring]) => {
          const operand: ColumnNode = { kind: "column", source, name: key, type: typeOf(declaring) };
          return { key, value: isNeverNull(declaring) ? notNull(operand) : operand };
        });
        const raw = template(strings, values, textType);
        return new RawQuery({
          kind: "rawStatement",
          raw,
          selection: { kind: "object", fields },
          reads: false,
        }) as never;
      },
    id: (...path: readonly string[]) => new SqlFragment({ kind: "identifier", path }),
    raw: (text: string) => new SqlFragment({ kind: "trusted", text }),
  },
) as unknown as Sql;

export type { Sql };
