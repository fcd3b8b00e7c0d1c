// ROLLUP for a database that does it half: MariaDB refuses ORDER BY beside it, and gives a group's value instead of null for
// what is selected twice, is computed from an expression that is grouped by, stands in HAVING or beside a window. So groups
// and aggregates come out of a derived table, each once, and all else is computed around it.
// https://mariadb.com/kb/en/select-with-rollup/
import { CompileError } from "../errors/usage-errors.ts";
import type { ColumnNode, ExpressionNode, OverNode, SelectionField, SelectNode, SourceName } from "../tree/node.ts";
import { replaceNodes } from "../tree/rewrite.ts";
import { sourcesOf } from "../tree/sources-of.ts";
import { wrapper } from "./compound-operand.ts";
import { contains } from "./same-expression.ts";

const source: SourceName = { key: wrapper, name: wrapper };

/** The query, with ROLLUP in a derived table of its own if there is more than groups and aggregates to it. */
export function rolledUpApart(node: SelectNode): SelectNode {
  const items = node.groupBy.flatMap((group) => (group.kind === "rollup" ? group.items : []));
  if (items.length === 0) return node;
  const { selection, having, orderBy, distinct, limit, offset, withTies, ctes } = node;
  const inside = new Inside(items, keysOf(node));
  const outside: SelectNode = {
    kind: "select",
    ctes,
    selection: inside.around(selection),
    distinct,
    distinctOn: [],
    from: undefined,
    joins: [],
    where: inside.around(having),
    groupBy: [],
    having: [],
    orderBy: inside.around(orderBy),
    limit,
    offset,
    withTies,
    locks: [],
  };
  if (isPlain(outside, inside.columns.length)) return node;
  const query: SelectNode = {
    ...node,
    ctes: [],
    selection: { kind: "object", fields: inside.columns },
    distinct: false,
    having: [],
    orderBy: [],
    limit: undefined,
    offset: undefined,
    withTies: false,
  };
  return { ...outside, from: { kind: "derived", source, columns: [], query } };
}

/** Whether nothing is left to do around the groups and aggregates. */
function isPlain({ selection, where, orderBy }: SelectNode, columns: number): boolean {
  const { fields } = selection;
  const isColumn = ({ value }: SelectionField): boolean => value.kind === "column" && value.source === source;
  return where.length === 0 && orderBy.length === 0 && fields.length === columns && fields.every(isColumn);
}

/** The columns of the derived table: what is grouped by, aggregates, and whatever else only stands where the sources are. */
class Inside {
  readonly columns: SelectionField[] = [];
  readonly #items: readonly ExpressionNode[];
  readonly #sources: ReadonlySet<string>;

  constructor(items: readonly ExpressionNode[], sources: ReadonlySet<string>) {
    this.#items = items;
    this.#sources = sources;
  }

  /** What stands outside, with columns of the derived table for what is computed inside. */
  around<T>(tree: T): T {
    return replaceNodes(tree, (node) => {
      switch (node.kind) {
        case "column":
          return this.#sources.has(node.source.key) ? this.#column(node) : node;
        case "call":
          return node.aggregate === true || contains(this.#items, node) ? this.#column(node) : undefined;
        case "over":
          return this.#over(node);
        // What it holds may be an aggregate.
        case "raw":
          return this.#column(node);
        // A query that has a source of the same name means its own.
        case "select":
          return sourcesOf(node).some(({ key }) => this.#sources.has(key)) ? node : undefined;
        default:
          if ((node.kind as string) === "rowOf") throw wholeRow();
          return contains(this.#items, node as ExpressionNode) ? this.#column(node as ExpressionNode) : undefined;
      }
    });
  }

  #over(node: OverNode): OverNode {
    const { call } = node;
    const outside = { ...call, arguments: this.around(call.arguments), filter: this.around(call.filter) };
    return { ...node, call: outside, window: this.around(node.window) };
  }

  #column(value: ExpressionNode): ColumnNode {
    const known = this.columns.findIndex((column) => contains([column.value as ExpressionNode], value));
    const at = known < 0 ? this.columns.push({ key: `c${this.columns.length}`, value }) - 1 : known;
    return { kind: "column", source, name: `c${at}`, type: value.type };
  }
}

function keysOf(node: SelectNode): ReadonlySet<string> {
  return new Set(sourcesOf(node).map(({ key }) => key));
}

function wholeRow(): CompileError {
  return new CompileError("a whole row cannot be selected beside ROLLUP", "Select the columns that are grouped by.");
}
