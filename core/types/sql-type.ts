// What a column, parameter or expression is declared to hold. A type is plain data and the same for every database: how
// it is spelled in DDL and how its values travel is the dialect's answer (see core/dialect/dialect.ts), which JavaScript
// values stand for it is the file's beside this one that bears its name.

/** A type of SQL, as declared. `kind` tells the members apart. */
export type SqlType =
  | IntegerType
  | BigintType
  | FloatType
  | DecimalType
  | BooleanType
  | StringType
  | UuidType
  | EnumerationType
  | DateType
  | TimeType
  | TimestampType
  | IntervalType
  | JsonType
  | JsonRowType
  | BytesType
  | ArrayType
  | CustomType;

/** A whole number that JavaScript's `number` holds exactly. */
export interface IntegerType {
  readonly kind: "integer";
  /** Bytes that the database keeps it in; 3 is MySQL's `mediumint`. */
  readonly size: 1 | 2 | 3 | 4 | 8;
  readonly unsigned?: boolean;
}

/** A whole number of 64 bits: a `bigint`, or a `number` that is checked to be safe. */
export interface BigintType {
  readonly kind: "bigint";
  readonly as: "bigint" | "number";
  readonly unsigned?: boolean;
}

/** A binary floating point number of 4 or 8 bytes. */
export interface FloatType {
  readonly kind: "float";
  readonly size: 4 | 8;
}

/** An exact decimal: its digits as a `string`, or a `number` on request. */
export interface DecimalType {
  readonly kind: "decimal";
  readonly precision?: number | undefined;
  readonly scale?: number | undefined;
  readonly as: "string" | "number";
  readonly unsigned?: boolean;
}

export interface BooleanType {
  readonly kind: "boolean";
}

/** `length` in characters; `text` has none. */
export interface StringType {
  readonly kind: "text" | "varchar" | "char";
  readonly length?: number | undefined;
}

export interface UuidType {
  readonly kind: "uuid";
}

/** One of a list of strings. With a `name` it is a type of its own where the database has such. */
export interface EnumerationType {
  readonly kind: "enumeration";
  readonly values: readonly string[];
  readonly name?: string | undefined;
  readonly schema?: string | undefined;
}

/** A day, as `YYYY-MM-DD`. */
export interface DateType {
  readonly kind: "date";
}

/** A time of day, as `HH:MM:SS[.ffffff]`. */
export interface TimeType {
  readonly kind: "time";
  readonly precision?: number | undefined;
}

/** A point in time, stored in UTC: a `Date`, or an ISO 8601 string that keeps microseconds. */
export interface TimestampType {
  readonly kind: "timestamp" | "timestamptz";
  readonly precision?: number | undefined;
  readonly as: "date" | "string";
}

/** A span of time, as an ISO 8601 duration. */
export interface IntervalType {
  readonly kind: "interval";
}

/** A document. `storage` is what it is kept as where the database has both. */
export interface JsonType {
  readonly kind: "json";
  readonly storage: "text" | "binary";
}

/** JSON that a statement builds out of typed parts: each part is decoded as its own type. */
export interface JsonRowType {
  readonly kind: "json-row";
  readonly many: boolean;
  readonly shape: JsonShape;
}

/** What stands where in built JSON. */
export type JsonShape =
  | { readonly kind: "value"; readonly type: SqlType; readonly notNull?: boolean }
  | {
      readonly kind: "object";
      readonly fields: readonly JsonField[];
      /** The index of the field that is null exactly if the row this object stands for is absent. */
      readonly presence?: number | undefined;
    };
export interface JsonField {
  readonly name: string;
  readonly shape: JsonShape;
}

export interface BytesType {
  readonly kind: "bytes";
  readonly length?: number | undefined;
}

/** A list of values of one type, where the database has such columns. */
export interface ArrayType {
  readonly kind: "array";
  readonly of: SqlType;
  /** Whether an element may be null. */
  readonly nulls?: boolean | undefined;
}

/**
 * A type that the library does not know. It travels as `base` does, `encode` and `decode` translate between the user's
 * value and the value of `base`.
 */
export interface CustomType {
  readonly kind: "custom";
  /** Its name in DDL. */
  readonly sql: string;
  readonly base: SqlType;
  /** The database feature it needs, if only some have it. */
  readonly feature?: string | undefined;
  readonly encode?: ((value: never) => unknown) | undefined;
  readonly decode?: ((value: never) => unknown) | undefined;
}

export const integerType: IntegerType = { kind: "integer", size: 4 };
export const bigintType: BigintType = { kind: "bigint", as: "bigint" };
/** What `count` gives: a 64-bit number that must be safe. */
export const countType: IntegerType = { kind: "integer", size: 8 };
/** How many rows to give or leave out. SQLite would take a negative number for no limit. */
export const rowsType: IntegerType = { kind: "integer", size: 8, unsigned: true };
export const doubleType: FloatType = { kind: "float", size: 8 };
export const decimalType: DecimalType = { kind: "decimal", as: "string" };
export const booleanType: BooleanType = { kind: "boolean" };
export const textType: StringType = { kind: "text" };
export const bytesType: BytesType = { kind: "bytes" };
export const jsonType: JsonType = { kind: "json", storage: "binary" };
export const timestampType: TimestampType = { kind: "timestamp", as: "date" };
export const dateType: DateType = { kind: "date" };
export const timeType: TimeType = { kind: "time" };
