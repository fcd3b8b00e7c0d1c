// Walks a tree: what a node is made of, one level down, and everything below it. Needs no stack of the language's own, so
// that a tree may be as deep as it likes.
import type {
  AssignmentNode,
  ConflictNode,
  CteNode,
  ExpressionNode,
  GroupNode,
  JoinNode,
  OrderNode,
  QueryNode,
  RawHole,
  RowOfSourceNode,
  SelectionNode,
  SourceNode,
  WindowNode,
} from "./node.ts";
import { unreachable } from "./unreachable.ts";

/** Whatever can stand below another node. */
export type AnyNode =
  | ExpressionNode
  | OrderNode
  | WindowNode
  | SourceNode
  | QueryNode
  | SelectionNode
  | RowOfSourceNode
  | Exclude<GroupNode, ExpressionNode>
  | Extract<RawHole, { kind: "identifier" | "trusted" }>;

/** Calls `visit` for a node and everything below it, parents first. Below a node for which it gives `false` it does not go. */
export function walk(root: AnyNode, visit: (node: AnyNode) => unknown): void {
  const waiting: AnyNode[] = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visit(node) !== false) waiting.push(...childrenOf(node).toReversed());
  }
}

/** The nodes right below one, in the order of their text. */
export function childrenOf(node: AnyNode): readonly AnyNode[] {
  switch (node.kind) {
    case "column":
    case "excluded":
    case "value":
    case "generated":
    case "constant":
    case "param":
    case "identifier":
    case "trusted":
      return [];
    case "binary":
    case "operator":
      return [node.left, node.right];
    case "not":
    case "negate":
    case "isNull":
    case "inList":
    case "cast":
    case "collate":
    case "retype":
    case "jsonPath":
    case "order":
      return [node.operand];
    case "logic":
    case "written":
      return node.operands;
    case "inQuery":
      return [node.operand, node.query];
    case "between":
      return [node.operand, node.low, node.high];
    case "like":
      return [node.operand, node.pattern];
    case "match":
      return [node.operand, node.text];
    case "quantified":
      return [node.of];
    case "call":
      return [
        ...node.arguments,
        ...(node.orderBy ?? []),
        ...(node.withinGroup ?? []),
        ...(node.filter ? [node.filter] : []),
      ];
    case "over":
      return [node.call, node.window];
    case "window":
      return [...node.partitionBy, ...node.orderBy, ...offsetsOf(node)];
    case "case":
      return [
        ...(node.operand ? [node.operand] : []),
        ...node.branches.flatMap(({ when, then }) => [when, then]),
        ...(node.otherwise ? [node.otherwise] : []),
      ];
    case "scalar":
    case "exists":
    case "jsonQuery":
    case "derived":
      return [node.query];
    case "row":
    case "array":
    case "jsonArray":
    case "rollup":
    case "cube":
      return node.items;
    case "groupingSets":
      return node.sets.flat();
    case "jsonObject":
      return [...node.fields.map(({ value }) => value), ...(node.presence ? [node.presence] : [])];
    case "raw":
      return node.holes;
    case "rawSource":
      return [node.raw];
    case "object":
      return node.fields.map(({ value }) => value);
    case "rowOf":
      return [node.source];
    case "table":
      return node.sample ? [node.sample.percent, ...(node.sample.seed ? [node.sample.seed] : [])] : [];
    case "cte":
      return partsOfCte(node.cte);
    case "values":
      return node.rows.flat();
    case "lists":
      return [...node.of];
    case "function":
      return [node.call];
    case "select":
      return [
        ...node.ctes.flatMap(partsOfCte),
        ...node.distinctOn,
        node.selection,
        ...(node.from ? [node.from] : []),
        ...node.joins.flatMap(partsOfJoin),
        ...node.where,
        ...node.groupBy,
        ...node.having,
        ...node.orderBy,
        ...defined(node.limit, node.offset),
      ];
    case "compound":
      return [
        ...node.ctes.flatMap(partsOfCte),
        node.left,
        node.right,
        ...node.orderBy,
        ...defined(node.limit, node.offset),
      ];
    case "valuesQuery":
      return node.rows.flat();
    case "rawStatement":
      return [node.raw];
    case "insert":
      return [
        ...node.ctes.flatMap(partsOfCte),
        node.target,
        ...(node.rows === "defaults" ? [] : "kind" in node.rows ? [node.rows] : defined(...node.rows.flat())),
        ...(node.conflict ? partsOfConflict(node.conflict) : []),
        ...defined(node.returning),
      ];
    case "update":
      return [
        ...node.ctes.flatMap(partsOfCte),
        node.target,
        ...node.set.map(assigned),
        ...defined(node.from),
        ...node.joins.flatMap(partsOfJoin),
        ...(node.where ?? []),
        ...node.orderBy,
        ...defined<AnyNode>(node.limit, node.returning),
      ];
    case "delete":
      return [
        ...node.ctes.flatMap(partsOfCte),
        node.target,
        ...defined(node.using),
        ...node.joins.flatMap(partsOfJoin),
        ...(node.where ?? []),
        ...node.orderBy,
        ...defined<AnyNode>(node.limit, node.returning),
      ];
    case "merge":
      return [
        ...node.ctes.flatMap(partsOfCte),
        node.target,
        node.using,
        node.on,
        ...node.branches.flatMap(({ and, action }) => [
          ...defined(and),
          ...("set" in action ? action.set.map(assigned) : []),
        ]),
        ...defined(node.returning),
      ];
    default:
      return unreachable(node);
  }
}

function offsetsOf(window: WindowNode): ExpressionNode[] {
  if (window.frame === undefined) return [];
  return [window.frame.start, window.frame.end].flatMap((bound) => ("offset" in bound ? [bound.offset] : []));
}

function partsOfCte(cte: CteNode): QueryNode[] {
  return cte.recursive ? [cte.query, cte.recursive.step] : [cte.query];
}

function partsOfJoin(join: JoinNode): AnyNode[] {
  return join.on ? [join.source, join.on] : [join.source];
}

function partsOfConflict({ target, set, where }: ConflictNode): AnyNode[] {
  return [
    ...(target.kind === "columns" ? [...target.items, ...target.where] : []),
    ...(set === "nothing" ? [] : set.map(assigned)),
    ...where,
  ];
}

function assigned(assignment: AssignmentNode): ExpressionNode {
  return assignment.value;
}

function defined<T = AnyNode>(...values: readonly (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}
