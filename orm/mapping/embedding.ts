// What a mapping says of its value objects, and what that makes of the types. As everywhere, names come from the literals of the
// mapping's third argument alone.
import type { ColOf, Table } from "../../core/index.ts";

/** How a value object is made of columns. */
export type Embedding<C> = OfColumns<C> | OfPrefixed;
interface AnyEmbedding {
  /** What the value is an instance of: its constructor is given an object of the parts. Without one the value is that object. */
  readonly class?: new (
    parts: any,
  ) => object;
  /** The value is null where all its columns are. They are nullable then, and the parts of a value are not, but for the `optional` ones. */
  readonly nullable?: boolean;
  /** The parts that may be null in a value of its own, where the value is `nullable`. */
  readonly optional?: readonly string[];
}
/** The columns of its parts: a list where the parts are called as the columns are, else by part; a part can be a value object itself. */
export interface OfColumns<C> extends AnyEmbedding {
  readonly columns: readonly (keyof C & string)[] | { readonly [part: string]: (keyof C & string) | Embedding<C> };
  readonly prefix?: never;
}
/** Parts whose columns are called as they are, behind a prefix: `billing` and `city` make `billingCity`, `billing_` makes `billing_city`. */
export interface OfPrefixed extends AnyEmbedding {
  readonly columns: readonly string[];
  readonly prefix: string;
}
/** The value objects of a class, by property. */
export type Embeddings<C> = { readonly [name: string]: Embedding<C> };

type Prefixed<P, K> = P extends `${string}_`
  ? `${P}${K & string}`
  : P extends string
    ? `${P}${Capitalize<K & string>}`
    : K;
/** The column, or the value object, of each part. */
type PartsOf<M> = M extends { readonly columns: infer L }
  ? L extends readonly (infer K extends string)[]
    ? { readonly [P in K]: M extends { readonly prefix: infer Prefix } ? Prefixed<Prefix, P> : P }
    : L
  : never;
type ColumnsIn<P> = P extends string ? P : ColumnsOf<P>;
/** The columns that are in a value object. */
type ColumnsOf<M> = PartsOf<M> extends infer P ? ColumnsIn<P[keyof P]> : never;
type Columns<V> = { [K in keyof V]: ColumnsOf<V[K]> }[keyof V];

/** The columns that stay properties of their own. A mapped type with its names as they are, so that editors show the columns. */
export type Bare<C, V> = { [K in keyof C as K extends Columns<V> ? never : K]: C[K] };

type ColumnValue<C, P> = P extends keyof C ? (C[P] extends ColOf<infer T, any> ? T : never) : never;
type IsNullable<M> = M extends { readonly nullable: true } ? true : false;
type IsOptional<M, P> = M extends { readonly optional: readonly (infer O)[] } ? (P extends O ? true : false) : false;
/** The parts of a value. Inside: whether it stands in one that is nullable. */
type Parts<C, M, Inside> =
  PartsOf<M> extends infer P
    ? {
        -readonly [K in keyof P]: P[K] extends string
          ? Inside | IsNullable<M> extends infer N
            ? true extends N
              ? IsOptional<M, K> extends true
                ? ColumnValue<C, P[K]>
                : NonNullable<ColumnValue<C, P[K]>>
              : ColumnValue<C, P[K]>
            : never
          : ValueOf<C, P[K], Inside | IsNullable<M>>;
      }
    : never;
/** A value object. */
export type ValueOf<C, M, Inside = false> =
  | (M extends { readonly class: new (...parts: any) => infer I } ? I : Parts<C, M, Inside>)
  | (M extends { readonly nullable: true } ? null : never);
/** The value objects of an instance. */
export type Values<C, V> = { -readonly [K in keyof V]: ValueOf<C, V[K]> };
/** What a constructor is given of them: those that can be null may be left out. */
export type InitValues<C, V> = {
  [K in keyof V as IsNullable<V[K]> extends true ? never : K]: ValueOf<C, V[K]>;
} & { [K in keyof V as IsNullable<V[K]> extends true ? K : never]?: ValueOf<C, V[K]> };

/** What a class has of a value object: its columns, by part. */
export type ValueColumns<Name extends string, C, M> =
  PartsOf<M> extends infer P
    ? {
        readonly [K in keyof P]: P[K] extends keyof C ? Table<Name, C>[P[K]] : ValueColumns<Name, C, P[K]>;
      }
    : never;

/** The same declarations, if their classes and columns fit; else what is wrong. */
export type Fitting<C, V> = {
  readonly [K in keyof V]: K extends keyof C ? "a column has this name" : FittingOne<C, V[K]>;
};
type FittingOne<C, M, Inside = false> = (M extends { readonly class: any }
  ? { readonly class: new (parts: Parts<C, M, Inside>) => Parts<C, M, Inside> }
  : unknown) &
  (M extends { readonly prefix: infer P; readonly columns: readonly (infer K)[] }
    ? Prefixed<P, K> extends keyof C
      ? unknown
      : { readonly columns: `the table has no column ${Exclude<Prefixed<P, K>, keyof C> & string}` }
    : M extends { readonly columns: infer L }
      ? L extends readonly string[]
        ? unknown
        : {
            readonly columns: {
              readonly [P in keyof L]: L[P] extends string ? unknown : FittingOne<C, L[P], Inside | IsNullable<M>>;
            };
          }
      : unknown);

/** What filters and orderings given as data know of value objects. */
export interface ValueFields<C, V> {
  readonly all: C;
  readonly made: V;
}
/** The column, or the value object, of each part of one. */
export type ValueParts<M> = PartsOf<M>;
