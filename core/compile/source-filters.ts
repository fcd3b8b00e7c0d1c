// Sources that stand for some of their table's rows: what they leave out is left out before anything is joined, whatever the join.
import { CompileError } from "../errors/usage-errors.ts";
import type {
  DeleteNode,
  ExpressionNode,
  JoinNode,
  SelectNode,
  SourceNode,
  TableSourceNode,
  UpdateNode,
} from "../tree/node.ts";
import { booleanType } from "../types/sql-type.ts";
import { joinedTo } from "./source.ts";

/** The query with the conditions of its sources written out. */
export function filteredSelect(node: SelectNode): SelectNode {
  if (node.from === undefined || !isFiltered(node.from, node.joins)) return node;
  // Behind a right or full join, WHERE and ON would also judge rows that are absent.
  if (node.joins.some(({ kind }) => kind === "right" || kind === "full")) {
    return {
      ...node,
      from: asDerived(node.from),
      joins: node.joins.map((join) => ({ ...join, source: asDerived(join.source) })),
    };
  }
  const filter = filterOf(node.from);
  return {
    ...node,
    joins: node.joins.map(filteredJoin),
    where: filter === undefined ? node.where : [...node.where, filter],
  };
}

/** The update with the conditions of its sources written out. */
export function filteredUpdate(node: UpdateNode): UpdateNode {
  if (filterOf(node.target) === undefined && !isFiltered(node.from, node.joins)) return node;
  return { ...node, joins: node.joins.map(filteredJoin), where: filteredWhere(node, node.from) };
}

/** The delete with the conditions of its sources written out. */
export function filteredDelete(node: DeleteNode): DeleteNode {
  if (filterOf(node.target) === undefined && !isFiltered(node.using, node.joins)) return node;
  return { ...node, joins: node.joins.map(filteredJoin), where: filteredWhere(node, node.using) };
}

function filteredWhere(
  { target, where }: UpdateNode | DeleteNode,
  beside: SourceNode | undefined,
): readonly ExpressionNode[] | undefined {
  // Without a where at all the statement is refused, as it would be for the table itself.
  if (where === undefined) return undefined;
  return [...where, ...[filterOf(target), beside && filterOf(beside)].filter((filter) => filter !== undefined)];
}

function isFiltered(first: SourceNode | undefined, joins: readonly JoinNode[]): boolean {
  if (first !== undefined && filterOf(first) !== undefined) return true;
  for (let i = 0; i < joins.length; i++) if (filterOf((joins[i] as JoinNode).source) !== undefined) return true;
  return false;
}

function filterOf(source: SourceNode): ExpressionNode | undefined {
  if (source.kind !== "table" || source.filters === undefined) return undefined;
  const [first, ...others] = source.filters.map(({ condition }) => condition);
  if (first === undefined || others.length === 0) return first;
  return { kind: "logic", operator: "and", operands: [first, ...others], type: booleanType };
}

function filteredJoin(join: JoinNode): JoinNode {
  const filter = filterOf(join.source);
  return filter === undefined ? join : filteredBy(join, filter);
}

function filteredBy(join: JoinNode, filter: ExpressionNode): JoinNode {
  const kind = join.kind === "cross" ? "inner" : join.kind;
  if (join.on === undefined) return { ...join, kind, on: filter };
  return { ...join, kind, on: { kind: "logic", operator: "and", operands: [join.on, filter], type: booleanType } };
}

function asDerived(source: SourceNode): SourceNode {
  const filter = filterOf(source);
  if (filter === undefined) return source;
  const table = source as TableSourceNode;
  return joinedTo(table) === undefined ? derived(table, filter) : filteredInside(table, filter);
}

/** A source of several tables keeps its name and theirs: the condition goes to the last table that all its rows have. */
function filteredInside(table: TableSourceNode, filter: ExpressionNode): SourceNode {
  const joined = [...(table.joined ?? [])];
  const last = joined.findLastIndex(({ kind }) => kind === "inner");
  if (last < 0) {
    throw new CompileError(
      `"${table.source.name}" stands for some rows of several tables, which a right or full join cannot tell from absent ones`,
      "Let it be the right side of a left join, or join its table instead.",
    );
  }
  joined[last] = filteredBy(joined[last] as JoinNode, filter);
  return { ...table, joined, filters: undefined };
}

function derived(table: TableSourceNode, filter: ExpressionNode): SourceNode {
  const { source, columns } = table;
  const fields = columns.map(({ name, type }) => ({
    key: name,
    value: { kind: "column", source, name, type, present: undefined } as const,
  }));
  return {
    kind: "derived",
    source,
    columns,
    query: {
      kind: "select",
      ctes: [],
      selection: { kind: "object", fields },
      distinct: false,
      distinctOn: [],
      from: { ...table, filters: undefined },
      joins: [],
      where: [filter],
      groupBy: [],
      having: [],
      orderBy: [],
      limit: undefined,
      offset: undefined,
      withTies: false,
      locks: [],
    },
  };
}
