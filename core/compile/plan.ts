// What to make of a row: which columns go where in the object that is built from it. The plan is data, so that whoever
// builds something else than plain objects can follow it too.
import { CompileError } from "../errors/usage-errors.ts";
import type { ExpressionNode, SelectionNode, StatementNode } from "../tree/node.ts";
import { selectionOf } from "../tree/selection-of.ts";
import type { SqlType } from "../types/sql-type.ts";
import { isNeverNull } from "./never-null.ts";
import { ownName } from "./selection.ts";
import { presenceOf, type Surroundings, surroundingsOf } from "./whole-row.ts";

/** One result column. */
export interface ColumnPlan {
  readonly label: string;
  readonly type: SqlType;
  /** Whether null was ruled out for it. */
  readonly notNull: boolean;
  /** For messages: the column of the database that it shows, if it is one. */
  readonly of: string | undefined;
}

export type FieldPlan = ValuePlan | ObjectPlan | RowPlan;

/** The value of one result column. */
export interface ValuePlan {
  readonly kind: "value";
  readonly key: string;
  /** Its position in the row, from 0. */
  readonly at: number;
}

/** An object that is always there. */
export interface ObjectPlan {
  readonly kind: "object";
  readonly key: string;
  readonly fields: readonly FieldPlan[];
}

/** A source selected whole: its columns stand beside each other from `at` on. */
export interface RowPlan {
  readonly kind: "row";
  readonly key: string;
  readonly at: number;
  readonly fields: readonly ValuePlan[];
  /** The position of the result column that is null exactly if the row is absent; `undefined` if it never is. */
  readonly presence: number | undefined;
  /** Who builds the object, if not the decoder. */
  readonly entity: unknown;
}

/** What to make of the rows of a statement. */
export interface Plan {
  readonly columns: readonly ColumnPlan[];
  readonly fields: readonly FieldPlan[];
}

/** What a statement gives rows of, if it does. */
export function rowsOf(node: StatementNode): SelectionNode | undefined {
  const selection = selectionOf(node);
  // A statement of raw text without columns selects nothing.
  return selection?.fields.length === 0 && "selection" in node ? undefined : selection;
}

export function planOf(node: StatementNode): Plan {
  const selection = rowsOf(node);
  if (selection === undefined) throw new CompileError("the statement gives no rows", "Add returning(…).");
  const columns: ColumnPlan[] = [];
  return { fields: fieldsOf(selection, surroundingsOf(node), columns), columns };
}

function fieldsOf(selection: SelectionNode, around: Surroundings, columns: ColumnPlan[]): readonly FieldPlan[] {
  return selection.fields.map(({ key, value }): FieldPlan => {
    if (value.kind === "object") return { kind: "object", key, fields: fieldsOf(value, around, columns) };
    if (value.kind !== "rowOf") return { kind: "value", key, at: columns.push(columnOf(key, value, around)) - 1 };
    const presence = presenceOf(value, around);
    if (presence === "added") columns.push({ label: key, type: present, notNull: false, of: undefined });
    const at = columns.length;
    const { source } = value;
    const fields = source.columns.map((column): ValuePlan => {
      const of = `"${column.name}" of "${(column.source ?? source.source).name}"`;
      columns.push({ label: column.key, type: column.type, notNull: false, of });
      return { kind: "value", key: column.key, at: columns.length - 1 };
    });
    return {
      kind: "row",
      key,
      at,
      fields,
      presence: presence === "always" ? undefined : presence === "added" ? at - 1 : at + presence,
      entity: value.entity,
    };
  });
}

const present: SqlType = { kind: "integer", size: 4 };

function columnOf(label: string, value: ExpressionNode, around: Surroundings): ColumnPlan {
  let inner = value;
  while (inner.kind === "retype") inner = inner.operand;
  // The columns of a statement of raw text are of no source.
  const of =
    inner.kind === "column" && inner.source.name !== "" ? `"${ownName(inner)}" of "${inner.source.name}"` : undefined;
  return { label, type: value.type, notNull: isNeverNull(value, around), of };
}
