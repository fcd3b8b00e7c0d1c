// The one idea behind the types: what an expression, source or statement still *needs* from its surroundings. A need is a
// column whose source must be in FROM ("users.name"), a source ("users"; "users.*" for its whole row), a database feature,
// a bound parameter, an aggregate, or a rule of SQL. A statement drops the needs it meets and can run once nothing is left
// but what the database and the call supply. Types only; nothing here exists at run time but META and NODE.

/** Names the value an expression yields. */
export declare const VALUE: unique symbol;
/** Names the needs of an expression, source or statement. */
export declare const NEEDS: unique symbol;
/** Names the sources whose absence (the null side of an outer join) makes an expression null. */
export declare const NULLS: unique symbol;
/** Names the row a statement gives. */
export declare const ROW: unique symbol;
/** Marks the primary key of a source. */
export declare const KEY: unique symbol;
/** Names the parts of built JSON. */
export declare const PARTS: unique symbol;
/** Names the database features that a column's type needs. */
export declare const FEATURES: unique symbol;

// --- What carries needs ---

/** An expression, as far as others ask: the value it yields, its needs, and what makes it null. */
export interface ExprOf<out T, out N, out L = any> {
  readonly [VALUE]: T;
  readonly [NEEDS]: N;
  readonly [NULLS]: L;
}
// `any` at the top of a constraint: every expression fits, whatever its value and needs.
export type AnyExpr = ExprOf<any, any>;
/** A condition: `boolean`, or null where it cannot be decided. */
export type Cond = ExprOf<boolean | null, any>;
/** Anything that has needs. */
export interface Needing {
  readonly [NEEDS]: any;
}

/** A statement: the row it gives, and the needs it has not met yet. */
export interface Statement<R, Free> {
  readonly [ROW]: R;
  readonly [NEEDS]: Free;
}

/** Under which a source keeps its facts; on its prototype, so that no column name is reserved. */
export const META: unique symbol = Symbol("athanor.source");
/** Under which an expression, ordering or statement keeps its node. */
export const NODE: unique symbol = Symbol("athanor.node");

/**
 * A source: its name, its columns, and what it still needs itself.
 *
 * A class with a getter, not an interface: spreading a table (`{ ...users, n }`) then drops META in the types too, and
 * gives a plain selection.
 */
export declare abstract class TableMeta<Name extends string, C, N = never> {
  get [META](): { name: Name; cols: C; needs: N };
}
// `any`: every source fits.
export type AnyTable = TableMeta<any, any, any>;

/** What everything but the builders asks of a column. */
export interface ColOf<out T, out I, out F = any> {
  readonly [VALUE]: T;
  readonly [FEATURES]: F;
  readonly onInsert: I;
}
/**
 * Whether an insert must give a column. "serial": required, unless it becomes a primary key, which then numbers itself.
 * "linked": required, but a foreign key: a mapped class may be given the object instead. "never": only the database writes it.
 */
export type OnInsert = "required" | "serial" | "linked" | "optional" | "never";

// --- Kinds of needs ---

export interface Feature<F extends string> {
  readonly feature: F;
}
export interface Param<Name extends string, T> {
  readonly param: Name;
  readonly type: T;
}
/** A rule of SQL that is broken unless something meets it; the need is the sentence itself. */
export interface Rule<Sentence extends string> {
  readonly rule: Sentence;
}
/** A need of a join's ON, or of a derived table: sources joined later cannot meet it, only the statement around this one. */
export interface Outside<N> {
  readonly outside: N;
}
/** Carried by aggregates: beside them, and under GROUP BY, no column may be selected bare. Met by being selected, ordered by, or in HAVING. */
export interface Aggregated {
  readonly aggregated: true;
}
/** Carried by window functions: met by being selected or ordered by. */
export interface Windowed {
  readonly windowed: true;
}

// --- How needs move ---

/** What is left of N after the sources in scope, as something only an enclosing statement can meet. */
export type Outward<N> = N extends string ? Outside<N> : N;
/** The needs of a statement, seen from the statement it is embedded in. */
export type Inward<N> = N extends Outside<infer M> ? M : N;
/** What a source in FROM meets: itself and its columns. */
export type Of<Name extends string> = Name | `${Name}.${string}`;
/** An aggregate turns the columns inside it into their sources: that is what lets GROUP BY be checked. */
export type SourceOf<N> = N extends `${infer Source}.${string}`
  ? Source
  : N extends Aggregated | Windowed
    ? Rule<"an aggregate cannot hold an aggregate or a window function">
    : N;
/** Grouping by a primary key groups by all columns of its source. */
export type DependsOn<E> = E extends { readonly [KEY]: infer Source extends string } ? `${Source}.${string}` : never;
/** The rule broken by columns of N (of this statement's own sources) that are bare beside aggregates, or beside GROUP BY without being in it. */
export type Ungrouped<N, Scope extends string, Group> = [Group] extends [never]
  ? Aggregated extends N
    ? Bare<Extract<N, `${Scope}.${string}`>>
    : never
  : Bare<Exclude<Extract<N, `${Scope}.${string}`>, Group>>;
type Bare<C> = C extends string ? Rule<`'${C}' must be in GROUP BY or inside an aggregate`> : never;
/** The rule broken by a source whose name is taken. A need, not a parameter type, so that helpers generic over sources type. */
export type Taken<Name extends string, Scope> = Name extends Scope
  ? Rule<`'${Name}' is in FROM twice: alias() one of them`>
  : never;
/** What it takes to give back columns of the sources beside the table that is written. */
export type Beside<N, Name extends string, Scope extends string> =
  Extract<N, Of<Exclude<Scope, Name>>> extends never ? never : Feature<"RETURNING SOURCES">;
/** Nothing if R has one column, else the rule that it must. */
export type OneColumn<R> = { [K in keyof R]: Exclude<keyof R, K> }[keyof R] extends never
  ? never
  : Rule<"a subquery used as a value selects exactly one column">;
/**
 * N, where it shall not be inferred. Unlike `NoInfer` it dissolves: Exclude does not look into a `NoInfer` of several needs,
 * and they would never be met.
 */
export type Given<N> = [N][N extends unknown ? 0 : never];
/** The needs of a list of expressions. */
export type NeedsIn<E extends readonly Needing[]> = E[number][typeof NEEDS];

// --- What is missing, in words ---

/** The sentence for a need that nothing met. */
export type Lacks<N> =
  N extends Feature<infer F>
    ? `this database has no ${F}`
    : N extends Rule<infer Sentence>
      ? Sentence
      : N extends Outside<infer M extends string>
        ? `'${M}' is not in FROM yet: join its source first`
        : N extends Aggregated
          ? "an aggregate cannot stand here: only selected, in HAVING or in ORDER BY"
          : N extends Windowed
            ? "a window function cannot stand here: only selected or in ORDER BY"
            : N extends "where()"
              ? "needs .where() or .everyRow()"
              : N extends string
                ? `'${N}' is not in FROM`
                : never;
/** The statement, if nothing is missing; else what is, in words. */
export type Ready<Missing, S> = [Missing] extends [never] ? S : Lacks<Missing>;

/** The parameters a statement takes, by name. One name with two types takes what is both. */
export type ParamsOf<N> = {
  [K in N extends Param<infer K, any> ? K : never]: (N extends Param<K, infer T> ? (of: T) => void : never) extends (
    of: infer T,
  ) => void
    ? T
    : never;
};
