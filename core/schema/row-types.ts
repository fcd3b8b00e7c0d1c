// What rows of a table hold, and what can be written into them, worked out of its columns.
import type { ColOf, ExprOf, OnInsert } from "../expression/needs.ts";
import type { ValueOf } from "../expression/selection.ts";

/** The columns of a table, by property. */
export type Cols = Record<string, ColOf<any, OnInsert>>;

/** The values of a row to insert: what has a default or may be null can be left out, what the database computes cannot be given. */
export type InsertOf<C> = {
  [K in keyof C as C[K] extends ColOf<any, "required" | "serial" | "linked"> ? K : never]: ValueOf<C[K]>;
} & { [K in keyof C as C[K] extends ColOf<any, "optional"> ? K : never]?: ValueOf<C[K]> };

/** What a mapped class is constructed from: like an insert, but no foreign key is demanded, the object may be given instead. */
export type InitOf<C> = {
  [K in keyof C as C[K] extends ColOf<any, "required" | "serial"> ? K : never]: ValueOf<C[K]>;
} & { [K in keyof C as C[K] extends ColOf<any, "optional" | "linked"> ? K : never]?: ValueOf<C[K]> };

/** The values an update can set. */
export type UpdateOf<C> = { [K in keyof C as C[K] extends ColOf<any, "never"> ? never : K]?: ValueOf<C[K]> };

/** A value of a column, or an expression of its type. */
export type Assigned<T> = T | ExprOf<T, any>;
export type SetOf<C> = { [K in keyof C as C[K] extends ColOf<any, "never"> ? never : K]?: Assigned<ValueOf<C[K]>> };
export type ValuesOf<C> = {
  [K in keyof C as C[K] extends ColOf<any, "required" | "serial" | "linked"> ? K : never]: Assigned<ValueOf<C[K]>>;
} & { [K in keyof C as C[K] extends ColOf<any, "optional"> ? K : never]?: Assigned<ValueOf<C[K]>> };

/**
 * Names in V that C has not, or that the database alone writes: whatever they are given is refused, with the sentence that
 * says why. Also through a variable, where the compiler itself does not look.
 */
export type Unknown<V, C> = {
  [K in keyof V as K extends keyof C ? (C[K] extends ColOf<any, "never"> ? K : never) : K]: K extends keyof C
    ? `the database alone writes '${K & string}'`
    : `there is no column '${K & string}'`;
};
export type UnknownIn<V, C> = V extends readonly (infer One)[] ? readonly Unknown<One, C>[] : Unknown<V, C>;
