// The types of filters given as data: by columns and relationships of the mapping, not by whatever else a class has, since a
// getter of the user's has no SQL.
import type { ColOf } from "../../core/index.ts";
import type { ValueParts } from "../mapping/embedding.ts";
import type { InstanceOf, ManyDef, OneDef, OptionalDef } from "../mapping/relationships.ts";
import type { FieldsOf } from "../mapping/types.ts";

/** What a column can be compared with. All that is given must hold. */
export interface Comparing<T> {
  /** The same value. Null finds the rows that have none. */
  eq?: T;
  /** Another value. As in SQL this is unknown for a row that has none; null finds the rows that have one. */
  ne?: T;
  /** One of a list of values. */
  in?: readonly NonNullable<T>[];
  notIn?: readonly NonNullable<T>[];
  lt?: NonNullable<T>;
  lte?: NonNullable<T>;
  gt?: NonNullable<T>;
  gte?: NonNullable<T>;
  /** From the first value to the second, both included. */
  between?: readonly [NonNullable<T>, NonNullable<T>];
  isNull?: boolean;
}

/** What a column of text can be compared with, besides. */
export interface ComparingText<T> extends Comparing<T> {
  /** LIKE: `%` stands for any text, `_` for one character, `!` takes either literally. */
  like?: string;
  /** LIKE without regard to case. */
  ilike?: string;
  startsWith?: string;
  endsWith?: string;
  contains?: string;
}

/** A value, or an object of comparisons. An object that is no value of its own (JSON) can only be compared. */
type ColumnFilter<V> = [V] extends [string | null]
  ? V | (string extends V ? ComparingText<V> : Comparing<V>)
  : (V extends PlainValue ? V : never) | Comparing<V>;
type PlainValue = string | number | bigint | boolean | null | Date | Uint8Array | readonly unknown[];

type FilterRelation<D> =
  D extends ManyDef<infer E>
    ? FilterMany<InstanceOf<E>>
    : D extends OneDef<infer E>
      ? Filter<InstanceOf<E>>
      : D extends OptionalDef<infer E>
        ? Filter<InstanceOf<E>> | null
        : never;

/** What a to-many relationship is filtered by. */
export interface FilterMany<E> {
  /** Some related object meets the filter. */
  any?: Filter<E>;
  /** No related object meets the filter. */
  none?: Filter<E>;
  /** Every related object meets the filter. */
  every?: Filter<E>;
}

/** How filters are combined. */
export interface FilterLogic<E> {
  and?: readonly Filter<E>[];
  or?: readonly Filter<E>[];
  not?: Filter<E>;
}

/**
 * A condition as data: a value or an object of comparisons for a column, filters of the parts for a value object, a filter for a to-one relationship (null: there is no
 * related object), `any`, `none` and `every` for a to-many one; `and`, `or`, `not`. All that is given must hold.
 */
export type Filter<E> =
  FieldsOf<E> extends {
    columns: infer C;
    relations: infer R;
    values: { readonly all: infer All; readonly made: infer V };
  }
    ? { [K in keyof C]?: C[K] extends ColOf<infer T, any> ? ColumnFilter<T> : never } & {
        [K in keyof R | keyof V]?: K extends keyof V ? FilterValue<All, V[K]> : FilterRelation<R[K & keyof R]>;
      } & FilterLogic<E>
    : never;

/** A value object in a filter: filters of its parts; null where it is null. */
type FilterValue<C, M> =
  | (ValueParts<M> extends infer P
      ? {
          -readonly [K in keyof P]?: P[K] extends keyof C
            ? C[P[K]] extends ColOf<infer T, any>
              ? ColumnFilter<T>
              : never
            : FilterValue<C, P[K]>;
        }
      : never)
  | (M extends { readonly nullable: true } ? null : never);
