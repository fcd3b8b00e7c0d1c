// Full text search. https://www.postgresql.org/docs/current/textsearch.html
import { booleanType, doubleType, type ExpressionNode, type SqlType, textType } from "../../core/dialect/index.ts";
import { type Col, customType, type Expr, type ExprOf, type Feature, nodeOf, text } from "../../core/index.ts";
import { type Both, call, operand, operator, type Strict } from "./operators.ts";

type FullText = Feature<"FULL TEXT">;

declare const LEXEMES: unique symbol;
declare const SEARCH: unique symbol;
/** A text prepared for searching, as PostgreSQL writes it: `'fat':2 'rat':3`. */
export type TsVector = string & { readonly [LEXEMES]: true };
/** A search, as PostgreSQL writes it: `'fat' & 'rat'`. */
export type TsQuery = string & { readonly [SEARCH]: true };

const vector: SqlType = { kind: "custom", sql: "tsvector", base: textType, feature: "FULL TEXT" };
const search: SqlType = { kind: "custom", sql: "tsquery", base: textType, feature: "FULL TEXT" };
const configuration: SqlType = { kind: "custom", sql: "regconfig", base: textType };
const textArray: SqlType = { kind: "array", of: textType };

/** A column of prepared text, usually `generatedAs` of other columns, with a GIN index. */
export const tsvector: (name?: string) => Col<TsVector, "required", FullText> = customType<
  TsVector,
  string,
  "FULL TEXT"
>({
  sql: "tsvector",
  base: text(),
  feature: "FULL TEXT",
  encode: (value) => value,
  decode: (value) => value as TsVector,
});

/** A column of searches. */
export const tsquery: (name?: string) => Col<TsQuery, "required", FullText> = customType<TsQuery, string, "FULL TEXT">({
  sql: "tsquery",
  base: text(),
  feature: "FULL TEXT",
  encode: (value) => value,
  decode: (value) => value as TsQuery,
});

/** In which language. Without one the database's own setting holds, which a generated column or an index cannot use. */
export interface InLanguage {
  /** A text search configuration: `english`, `german`, `simple` … */
  readonly language?: string | undefined;
}

/** The text, prepared for searching: its words by their stems. */
export function toTsVector<T extends string | null, N, L>(
  of: ExprOf<T, N, L>,
  options: InLanguage = {},
): Expr<Strict<TsVector, T>, N | FullText, L> {
  return call("to_tsvector", [...language(options), nodeOf(of)], vector, "FULL TEXT");
}

/** A search in the words of a person: quotes, `or` and `-` mean what they do in search engines. Never a syntax error. */
export function webSearch(words: string, options: InLanguage = {}): Expr<TsQuery, FullText> {
  return call("websearch_to_tsquery", [...language(options), operand(words, textType)], search, "FULL TEXT");
}

/** A search for all of the words, in any order. */
export function plainSearch(words: string, options: InLanguage = {}): Expr<TsQuery, FullText> {
  return call("plainto_tsquery", [...language(options), operand(words, textType)], search, "FULL TEXT");
}

/** A search for the words after each other. */
export function phraseSearch(words: string, options: InLanguage = {}): Expr<TsQuery, FullText> {
  return call("phraseto_tsquery", [...language(options), operand(words, textType)], search, "FULL TEXT");
}

/** A search in PostgreSQL's own language: `fat & (rat | cat:*)`. A text that is none is an error. */
export function toTsQuery(query: string, options: InLanguage = {}): Expr<TsQuery, FullText> {
  return call("to_tsquery", [...language(options), operand(query, textType)], search, "FULL TEXT");
}

/** Whether the prepared text matches the search: `vector @@ query`. */
export function matches<T extends TsVector | null, N, L, U extends TsQuery | null, M, K>(
  of: ExprOf<T, N, L>,
  query: ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, FullText>, L | NoInfer<K>> {
  return operator(nodeOf(of), "@@", nodeOf(query), booleanType, "FULL TEXT");
}

/** How well the prepared text matches, by how often the words occur. */
export function rank<T extends TsVector | null, N, L, U extends TsQuery | null, M, K>(
  of: ExprOf<T, N, L>,
  query: ExprOf<U, M, K>,
): Expr<Strict<number, T, U>, Both<N, M, FullText>, L | NoInfer<K>> {
  return call("ts_rank", [nodeOf(of), nodeOf(query)], doubleType, "FULL TEXT");
}

/** How well the prepared text matches, by how near the words are to each other. */
export function rankByCover<T extends TsVector | null, N, L, U extends TsQuery | null, M, K>(
  of: ExprOf<T, N, L>,
  query: ExprOf<U, M, K>,
): Expr<Strict<number, T, U>, Both<N, M, FullText>, L | NoInfer<K>> {
  return call("ts_rank_cd", [nodeOf(of), nodeOf(query)], doubleType, "FULL TEXT");
}

export interface HeadlineOptions extends InLanguage {
  /** What stands before and after each word found; `<b>` and `</b>` unless given. The text around is not escaped. */
  readonly start?: string | undefined;
  readonly stop?: string | undefined;
  /** About how many words are shown. */
  readonly maxWords?: number | undefined;
  readonly minWords?: number | undefined;
  readonly maxFragments?: number | undefined;
}

/** The part of a text that a search matches, with the words found marked. */
export function headline<T extends string | null, N, L, U extends TsQuery | null, M, K>(
  of: ExprOf<T, N, L>,
  query: ExprOf<U, M, K>,
  options: HeadlineOptions = {},
): Expr<Strict<string, T, U>, Both<N, M, FullText>, L | NoInfer<K>> {
  const args = [...language(options), nodeOf(of), nodeOf(query), operand(headlineText(options), textType)];
  return call("ts_headline", args, textType, "FULL TEXT");
}

/** The prepared text with its words weighted, for `rank`: A counts most. */
export function weighted<T extends TsVector | null, N, L>(
  of: ExprOf<T, N, L>,
  weight: "A" | "B" | "C" | "D",
): Expr<T, N | FullText, L> {
  return call("setweight", [nodeOf(of), { kind: "constant", value: weight, type: textType }], vector, "FULL TEXT");
}

/** Two prepared texts after each other. */
export function concat<T extends TsVector | null, N, L, U extends TsVector | null, M, K>(
  of: ExprOf<T, N, L>,
  other: ExprOf<U, M, K>,
): Expr<T | NoInfer<U & null>, Both<N, M, FullText>, L | NoInfer<K>> {
  return operator(nodeOf(of), "||", nodeOf(other), vector, "FULL TEXT");
}

/** The words of a prepared text, by their stems. */
export function lexemes<T extends TsVector | null, N, L>(
  of: ExprOf<T, N, L>,
): Expr<Strict<string[], T>, N | FullText, L> {
  return call("tsvector_to_array", [nodeOf(of)], textArray, "FULL TEXT");
}

function language({ language }: InLanguage): readonly ExpressionNode[] {
  return language === undefined ? [] : [operand(language, configuration)];
}

function headlineText({ start = "<b>", stop = "</b>", maxWords, minWords, maxFragments }: HeadlineOptions): string {
  const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  const parts = [`StartSel=${quoted(start)}`, `StopSel=${quoted(stop)}`];
  if (maxWords !== undefined) parts.push(`MaxWords=${maxWords}`);
  if (minWords !== undefined) parts.push(`MinWords=${minWords}`);
  if (maxFragments !== undefined) parts.push(`MaxFragments=${maxFragments}`);
  return parts.join(", ");
}
