// A table as a database can tell it: types by the name they have there, expressions as text, nothing that is only
// JavaScript's. Two tables are the same to the database if these are equal.
import { writers } from "../../core/compile/statement.ts";
import { writeSql } from "../../core/dialect/define-table.ts";
import type { Dialect } from "../../core/dialect/dialect.ts";
import { LiteralBuffer } from "../../core/dialect/literal-buffer.ts";
import type { TextBuffer } from "../../core/dialect/text-buffer.ts";
import type { ExpressionNode } from "../../core/tree/node.ts";
import type { SqlText, TableNode } from "../../core/tree/schema-node.ts";

export interface Normality {
  readonly dialect: Dialect;
  /** What is the same in all texts of one expression. */
  text(text: string): string;
}

export function normalTable(declared: TableNode, normality: Normality): unknown {
  const { dialect } = normality;
  const table = dialect.kept?.(declared) ?? declared;
  const sql = (node: ExpressionNode | SqlText | undefined, write = writeSql): string | undefined => {
    if (node === undefined) return undefined;
    const out = new LiteralBuffer(dialect, writers);
    write(node, out);
    return normality.text(out.text);
  };
  const sorted = <T>(list: readonly T[]) => [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return withoutUndefined({
    name: table.name,
    schema: table.schema,
    columns: table.columns.map((column) => {
      return {
        name: column.name,
        type: dialect.typeName(column.type),
        nullable: column.nullable,
        default: sql(column.default, writeAssigned),
        identity: column.identity,
        computed: column.computed && { text: sql(column.computed.expression), stored: column.computed.stored },
        onUpdate: sql(column.onUpdate),
        collation: column.collation,
        comment: column.comment,
      };
    }),
    primaryKey: table.primaryKey,
    foreignKeys: sorted(table.foreignKeys),
    uniques: sorted(table.uniques),
    checks: sorted(table.checks.map(({ name, expression }) => ({ name, text: sql(expression) }))),
    indexes: sorted(
      table.indexes.map((index) => ({
        ...index,
        items: index.items.map((item) => ({ ...item, of: item.of.kind === "name" ? item.of.name : sql(item.of) })),
        where: sql(index.where),
      })),
    ),
    exclusions: sorted(table.exclusions),
    comment: table.comment,
    options: table.options,
  });
}

/** A value that becomes a column's needs no type of its own. */
function writeAssigned(value: ExpressionNode | SqlText, out: TextBuffer): void {
  if (value.kind === "value") out.assigned(value);
  else writeSql(value, out);
}

function withoutUndefined(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (_key, value) => (typeof value === "bigint" ? `${value}n` : value)));
}
