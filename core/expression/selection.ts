// What a statement selects: a plain object of expressions and sources, nested as the row shall be. The types say what each
// row then holds, which sources' absence makes what null, and what the selection needs.
import { CompileError } from "../errors/usage-errors.ts";
import type { RowOfSourceNode, SelectionField, SelectionNode, SourceColumn } from "../tree/node.ts";
import type { JsonField, JsonShape } from "../types/sql-type.ts";
import type { AnyExpr, AnyTable, ColOf, ExprOf, NEEDS, NULLS, PARTS, TableMeta } from "./needs.ts";
import { nodeIn } from "./operand.ts";
import { columnNodes, factsOf, isSource } from "./source.ts";

/** A plain object of expressions and sources; nested objects nest the row. */
export interface Selection {
  readonly [key: string]: AnyExpr | AnyTable | Selection;
}

/** Names what a query selects, for what takes any query. */
export declare const OF: unique symbol;
export interface SelectOf<S, Scope, Nullable> {
  readonly [OF]: (scope: Scope, nullable: Nullable) => S;
}

export type ValueOf<C> = C extends ColOf<infer T, any> ? T : never;
/** The columns of a table or mapped class; columns are that already. */
export type ColumnsOf<S> = S extends TableMeta<any, infer C, any> ? C : S;
/** What a row of `typeof users` holds. `& {}` makes editors show the properties instead of the alias. */
export type RowOf<S, C = ColumnsOf<S>> = { [K in keyof C]: ValueOf<C[K]> } & {};

// A source that is a class (the ORM's mapped classes are) selects its instances; a table selects its rows.
type Out<E, Nullable> =
  E extends ExprOf<infer T, any, infer L>
    ? [L & Nullable] extends [never]
      ? T
      : Absent<E, T, Nullable>
    : E extends TableMeta<infer Name, any, any> & (abstract new (...a: any) => infer W)
      ? Name extends Nullable
        ? W | null
        : W
      : E extends TableMeta<infer Name, infer C, any>
        ? Name extends Nullable
          ? RowOf<C> | null
          : RowOf<C>
        : Row<E, Nullable>;
/** What an expression yields where a source it uses is absent. JSON is built of its parts, so the parts are what is null. */
type Absent<E, T, Nullable> = E extends { readonly [PARTS]: infer J }
  ? J extends JsonParts<infer S, infer Inner, infer Scope>
    ? Row<S, Inner | Exclude<Nullable, Scope>>[]
    : Row<J, Nullable>
  : T | null;
export interface JsonParts<S, Inner, Scope> {
  readonly of: S;
  readonly inner: Inner;
  readonly scope: Scope;
}
/** What a row holds. `& {}` makes editors show the properties instead of this alias. */
export type Row<S, Nullable> = { -readonly [K in keyof S]: Out<S[K], Nullable> } & {};

/** What one member of a selection needs. */
export type NeedOf<V> = V extends { readonly [NEEDS]: infer N }
  ? N
  : V extends TableMeta<infer Name, any, any>
    ? `${Name}.*`
    : V extends Selection
      ? Selection extends V
        ? any // any selection at all, which nests without end
        : NeedsOf<V>
      : never;
export type NeedsOf<S> = NeedOf<S[keyof S]>;
/** The sources whose absence makes one member, or a part of it, null. */
export type NullsOf<V> = V extends { readonly [NULLS]: infer L }
  ? L
  : V extends TableMeta<infer Name, any, any>
    ? Name
    : V extends Selection
      ? Selection extends V
        ? any
        : NullsOf<V[keyof V]>
      : never;

/** A selection as the tree has it. */
export function selectionNode(selection: object): SelectionNode {
  if (isSource(selection)) return { kind: "object", fields: columnNodes(factsOf(selection).node) };
  const fields = Object.keys(selection).map(
    (key): SelectionField => ({ key, value: selectedNode((selection as Record<string, unknown>)[key], key) }),
  );
  return { kind: "object", fields };
}

function selectedNode(value: unknown, key: string): SelectionField["value"] {
  const node = nodeIn(value);
  if (node !== undefined) return node;
  if (isSource(value)) return rowOf(value);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return selectionNode(value);
  throw new CompileError(
    `"${key}" is selected, but is neither an expression nor a source`,
    "Wrap a constant in literal(…).",
  );
}

function rowOf(source: AnyTable): RowOfSourceNode {
  const { node, entity } = factsOf(source);
  return { kind: "rowOf", source: node, entity };
}

/**
 * The columns that a query has where it stands as a source.
 *
 * @throws {CompileError} if it selects rows or nested objects, which are no columns
 */
export function sourceColumns(selection: SelectionNode): readonly SourceColumn[] {
  return selection.fields.map(({ key, value }) => {
    if (value.kind === "object" || value.kind === "rowOf") {
      throw new CompileError(`a derived table has columns only: "${key}" is a row`, "Select its columns one by one.");
    }
    return { key, name: key, type: value.type, nullable: true };
  });
}

/** How a selection reads once it has been built into JSON. */
export function jsonShape(node: SelectionField["value"]): JsonShape {
  if (node.kind === "object") {
    return {
      kind: "object",
      fields: node.fields.map((field): JsonField => ({ name: field.key, shape: jsonShape(field.value) })),
    };
  }
  if (node.kind === "rowOf") {
    const { columns } = node.source;
    const keys = node.source.kind === "table" ? node.source.key : [];
    const presence = columns.findIndex(({ name, nullable }) => (keys.length > 0 ? name === keys[0] : !nullable));
    return {
      kind: "object",
      fields: columns.map(({ key, type }): JsonField => ({ name: key, shape: { kind: "value", type } })),
      presence: presence < 0 ? undefined : presence,
    };
  }
  return { kind: "value", type: node.type, notNull: node.kind === "retype" ? (node.notNull ?? false) : false };
}
