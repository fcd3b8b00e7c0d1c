// What a column can be filtered by, by its type.
import type { SqlType } from "../../core/index.ts";

const comparisons = ["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "between", "isNull"] as const;
const textual = ["like", "ilike", "startsWith", "endsWith", "contains"] as const;

/** An operator of a filter. */
export type FilterOperator = (typeof comparisons)[number] | (typeof textual)[number];

const all: readonly FilterOperator[] = [...comparisons, ...textual];
const equality: readonly FilterOperator[] = ["eq", "ne", "in", "notIn", "isNull"];
const names: ReadonlySet<string> = new Set(all);

export function isOperator(name: string): name is FilterOperator {
  return names.has(name);
}

/** The operators that a type has. Documents are not compared: databases do not agree on when two are the same. */
export function operatorsOf(type: SqlType): readonly FilterOperator[] {
  switch (type.kind) {
    case "text":
    case "varchar":
    case "char":
      return all;
    case "boolean":
      return equality;
    case "json":
    case "json-row":
      return ["isNull"];
    case "custom":
      return operatorsOf(type.base);
    default:
      return comparisons;
  }
}
