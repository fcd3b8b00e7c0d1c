// What rows of a table hold, and what can be written into them, worked out of its columns.
import type { ColOf, ExprOf, OnInsert } from "../expression/needs.ts";
import type { ColumnsOf, ValueOf } from "../expression/selection.ts";

/** The columns of a table, by property. */
export type Cols = Record<string, ColOf<any, OnInsert>>;

/** The values of a row to insert into `typeof users`: what has a default or may be null can be left out, what the database computes cannot be given. */
export type InsertOf<S, C = ColumnsOf<S>> = {
  [K in keyof C as C[K] extends ColOf<any, "required" | "serial" | "linked"> ? K : never]: ValueOf<C[K]>;
} & { [K in keyof C as C[K] extends ColOf<any, "optional"> ? K : never]?: ValueOf<C[K]> };

/** What a mapped class is constructed from: like an insert, but no foreign key is demanded, the object may be given instead. */
export type InitOf<C> = {
  [K in keyof C as C[K] extends ColOf<any, "required" | "serial"> ? K : never]: ValueOf<C[K]>;
} & { [K in keyof C as C[K] extends ColOf<any, "optional" | "linked"> ? K : never]?: ValueOf<C[K]> };

/** The values an update of `typeof users` can set. */
export type UpdateOf<S, C = ColumnsOf<S>> = {
  [K in keyof C as C[K] extends ColOf<any, "never"> ? never : K]?: ValueOf<C[K]>;
};

/** A value of a column, or an expression of its type. */
export type Assigned<T> = T | ExprOf<T, any>;
export type SetOf<C> = { [K in keyof C as C[K] extends ColOf<any, "never"> ? never : K]?: Assigned<ValueOf<C[K]>> };
export type ValuesOf<C> = {
  [K in keyof C as C[K] extends ColOf<any, "required" | "serial" | "linked"> ? K : never]: Assigned<ValueOf<C[K]>>;
} & { [K in keyof C as C[K] extends ColOf<any, "optional"> ? K : never]?: Assigned<ValueOf<C[K]>> };

/** Names in V that C has not, or that the database alone writes. */
type Unwritable<V, C> = V extends unknown
  ? { [K in keyof V]: K extends keyof C ? (C[K] extends ColOf<any, "never"> ? K : never) : K }[keyof V]
  : never;

/**
 * V, if all of it can be written; else what is given to an unwritable name is refused with the sentence that says why. Also
 * through a variable, where the compiler itself does not look.
 */
export type Writable<V, C> = [Unwritable<V, C>] extends [never]
  ? V
  : { [K in keyof V]: K extends Unwritable<V, C> ? WhyNot<K & string, C> : V[K] };
type WhyNot<K extends string, C> = K extends keyof C ? `the database alone writes '${K}'` : `there is no column '${K}'`;
export type WritableRows<V, C> = V extends readonly (infer One)[] ? readonly Writable<One, C>[] : Writable<V, C>;
