// Full text search. The columns searched together must have a full text index of their own:
// `index(posts.title, posts.body).using("fulltext")`. Words are compared as the columns are: with case, unless they are declared
// with a collation that ignores it. https://dev.mysql.com/doc/refman/8.4/en/fulltext-search.html
import {
  booleanType,
  doubleType,
  type ExpressionNode,
  type SqlType,
  type TextBuffer,
  textType,
  type WrittenNode,
} from "../../core/dialect/index.ts";
import { type Expr, type ExprOf, expression, type Feature, type NeedsIn, nodeOf } from "../../core/index.ts";

type Search = Feature<"MATCH AGAINST">;

/**
 * How the words are read: as a person writes them (the default), with `+ - * "…"` and their kind, or as a person writes them
 * and once more with what the best rows say.
 */
export type SearchMode = "natural language" | "boolean" | "query expansion";

const modes: Readonly<Record<SearchMode, string>> = {
  "natural language": "in natural language mode",
  boolean: "in boolean mode",
  "query expansion": "with query expansion",
};

/**
 * Whether the columns match the words.
 *
 * @example
 * select({ id: posts.id }).from(posts).where(fullText.matches([posts.title, posts.body], "+furnace -steam", "boolean"));
 */
export function matches<const E extends readonly [ExprOf<string | null, any>, ...ExprOf<string | null, any>[]]>(
  columns: E,
  words: string,
  mode: SearchMode = "natural language",
): Expr<boolean, NeedsIn<E> | Search> {
  return match(columns, words, mode, booleanType);
}

/** How well the columns match the words: 0 if not at all. */
export function score<const E extends readonly [ExprOf<string | null, any>, ...ExprOf<string | null, any>[]]>(
  columns: E,
  words: string,
  mode: SearchMode = "natural language",
): Expr<number, NeedsIn<E> | Search> {
  return match(columns, words, mode, doubleType);
}

function match<T, N>(columns: readonly ExprOf<any, any>[], words: string, mode: SearchMode, type: SqlType): Expr<T, N> {
  const searched = columns.map(nodeOf);
  const value: ExpressionNode = { kind: "value", value: words, type: textType };
  const write = (_operands: unknown, out: TextBuffer): void => {
    out.add(type === booleanType ? "(match (" : "match (");
    out.expressions(searched);
    out.add(") against (");
    out.expression(value);
    // As a condition it is true above zero; selected, it is a boolean.
    out.add(` ${modes[mode]})${type === booleanType ? " > 0)" : ""}`);
  };
  return expression({
    kind: "written",
    operands: [...searched, value],
    type,
    feature: "MATCH AGAINST",
    write: write as WrittenNode["write"],
  });
}
