// ON of a join that is given none: the foreign keys between the source and those before it decide, if exactly one fits.
import { CompileError } from "../errors/usage-errors.ts";
import { DeclaredTable, noColumn } from "../schema/table.ts";
import type { ColumnNode, ExpressionNode, SourceNode, TableSourceNode } from "../tree/node.ts";
import type { ForeignKeyNode } from "../tree/schema-node.ts";
import { booleanType } from "../types/sql-type.ts";

/** @throws {CompileError} if no foreign key fits, or several do */
export function foreignKeyJoin(source: SourceNode, before: readonly SourceNode[]): ExpressionNode {
  const found = before.flatMap((other) => [...between(source, other), ...between(other, source)]);
  const [only] = found;
  const { name } = source.source;
  if (only === undefined) {
    throw new CompileError(
      `no foreign key leads from "${name}" to a source before it, or from one of them to "${name}"`,
      "Give the condition of the join.",
    );
  }
  if (found.length > 1) {
    const keys = found.map(({ holder, key }) => `"${key.columns.join(", ")}" of "${holder.source.name}"`);
    throw new CompileError(`"${name}" could be joined by ${keys.join(" or by ")}`, "Give the condition of the join.");
  }
  return condition(only);
}

interface Fitting {
  readonly holder: TableSourceNode;
  readonly target: TableSourceNode;
  readonly key: ForeignKeyNode;
}

/** The foreign keys of one source to another. */
function between(holder: SourceNode, target: SourceNode): readonly Fitting[] {
  if (holder.kind !== "table" || target.kind !== "table" || !(holder.declared instanceof DeclaredTable)) return [];
  return holder.declared.node.foreignKeys
    .filter((key) => key.target.table === target.table && key.target.schema === target.schema)
    .map((key) => ({ holder, target, key }));
}

function condition({ holder, target, key }: Fitting): ExpressionNode {
  const operands = key.columns.map(
    (name, i): ExpressionNode => ({
      kind: "binary",
      operator: "=",
      left: columnOf(holder, name),
      right: columnOf(target, key.target.columns[i] as string),
      type: booleanType,
    }),
  );
  return operands.length === 1
    ? (operands[0] as ExpressionNode)
    : { kind: "logic", operator: "and", operands, type: booleanType };
}

function columnOf({ source, columns }: TableSourceNode, name: string): ColumnNode {
  const column = columns.find((one) => one.name === name);
  if (column !== undefined) return { kind: "column", source, name, type: column.type };
  const names = columns.map((one) => one.name);
  throw noColumn(source.name, name, names);
}
