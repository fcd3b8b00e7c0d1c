// The columns of a table: builders for every type, and what can be said of a column. A builder is immutable; each modifier
// gives a new one.
import { CompileError, ParameterError } from "../errors/usage-errors.ts";
import { declaredType } from "../expression/declared.ts";
import type { ColOf, ExprOf, Feature, KEY, OnInsert } from "../expression/needs.ts";
import { nodeIn } from "../expression/operand.ts";
import type { ExpressionNode } from "../tree/node.ts";
import type { IdentityNode, ReferentialAction } from "../tree/schema-node.ts";
import type { SqlType } from "../types/sql-type.ts";

/**
 * `() => table.column`, or for a computed column `() => expression`. Typed `object` on purpose: without a contextual signature the compiler leaves the arrow's body for
 * later, so tables may refer to themselves, to each other and forward in chains of any length.
 */
export type LazyColumn = object;

/** What the database does with a row when the row it refers to is deleted or its key changes. */
export interface ReferenceOptions {
  readonly onDelete?: ReferentialAction | undefined;
  readonly onUpdate?: ReferentialAction | undefined;
  /** Checked at commit instead of after each statement, by default or on request. */
  readonly deferrable?: "immediate" | "deferred" | undefined;
  /** The columns, by their names in the database, that SET NULL and SET DEFAULT on delete change, if not all. PostgreSQL 15. */
  readonly onDeleteColumns?: readonly string[] | undefined;
  readonly name?: string | undefined;
}

/** How a column is numbered by the database. */
export interface NumberingOptions {
  readonly start?: number | bigint | undefined;
  readonly increment?: number | bigint | undefined;
  /** PostgreSQL's older way, where it has to stay. */
  readonly serial?: boolean | undefined;
}

/** A column being declared. T: its value. I: whether an insert must give it. F: the database features its type needs. */
export interface Col<T, I extends OnInsert, F = never> extends ColOf<T, I, F> {
  /** Allows NULL; NOT NULL is the default. */
  nullable(): Col<T | null, "optional", F>;
  /** What is written where an insert gives nothing: a value or an expression for the database, or a function that is called for each row. */
  default(value: NonNullable<T> | ExprOf<T, never> | (() => T)): Col<T, "optional", F>;
  /** What an update writes where it does not set the column: an expression, or a function that is called each time. */
  onUpdate(value: ExprOf<T, never> | (() => T)): Col<T, I, F>;
  /** No two rows have the same value. */
  unique(name?: string): Col<T, I, F | "unique">;
  /** The key of the table. An integer key numbers itself unless it refers to another table. Composite keys are an option of the table. */
  primaryKey(): KeyCol<T, I extends "serial" ? "optional" : Exclude<I, "serial">, F>;
  /** Numbered by the database; with `always`, an insert cannot give a value. */
  generated(options?: NumberingOptions): Col<T, "optional", F>;
  generatedAlways(options?: NumberingOptions): Col<T, "never", F>;
  /** Computed by the database from other columns of the row, `() => fn.upper(users.name)`; never written. Stored unless `virtual`. */
  generatedAs(expression: LazyColumn, options?: { readonly virtual?: boolean }): Col<T, "never", F>;
  /** A foreign key: `() => users.id`. */
  references(column: LazyColumn, options?: ReferenceOptions): Col<T, I extends "required" | "serial" ? "linked" : I, F>;
  /** A condition that every row meets: `(age) => age.gt(0)`. */
  check(condition: (column: any) => ExprOf<boolean | null, any>, name?: string): Col<T, I, F>;
  collate(collation: string): Col<T, I, F>;
  comment(text: string): Col<T, I, F>;
  /** What the column was called before, for migrations. */
  renamedFrom(name: string): Col<T, I, F>;
}

/** A primary key: what GROUP BY may stand on for its whole row. */
export interface KeyCol<T, I extends OnInsert, F = never> extends ColOf<T, I, F> {
  readonly [KEY]: true;
  default(value: NonNullable<T> | ExprOf<T, never> | (() => T)): KeyCol<T, "optional", F>;
  generated(options?: NumberingOptions): KeyCol<T, "optional", F>;
  generatedAlways(options?: NumberingOptions): KeyCol<T, "never", F>;
  /** An integer key that is not numbered by the database: every insert gives it. */
  given(): KeyCol<T, "required", F>;
  references(column: LazyColumn, options?: ReferenceOptions): KeyCol<T, "linked", F>;
  check(condition: (column: any) => ExprOf<boolean | null, any>, name?: string): KeyCol<T, I, F>;
  collate(collation: string): KeyCol<T, I, F>;
  comment(text: string): KeyCol<T, I, F>;
  renamedFrom(name: string): KeyCol<T, I, F>;
}

/** What a builder has gathered. */
export interface ColumnFacts {
  readonly type: SqlType;
  /** The name in the database, where it differs from the property's. */
  readonly name?: string | undefined;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  readonly unique: { readonly name?: string | undefined } | undefined;
  readonly default?: { readonly node: ExpressionNode } | { readonly generate: () => unknown } | undefined;
  readonly onUpdate?: { readonly node: ExpressionNode } | { readonly generate: () => unknown } | undefined;
  readonly identity?: IdentityNode | undefined;
  /** Whether a key that would number itself does not. */
  readonly given?: boolean | undefined;
  readonly computed?: { readonly expression: object; readonly stored: boolean } | undefined;
  readonly references?: { readonly column: () => unknown; readonly options: ReferenceOptions } | undefined;
  readonly checks: readonly {
    readonly condition: (column: any) => ExprOf<boolean | null, any>;
    readonly name?: string | undefined;
  }[];
  readonly collation?: string | undefined;
  readonly comment?: string | undefined;
  readonly renamedFrom?: string | undefined;
}

/** The run-time side of {@link Col}. */
export class Column {
  readonly facts: ColumnFacts;

  constructor(facts: ColumnFacts) {
    this.facts = facts;
  }

  /** What `cast`, `param` and `sql` ask of a column builder. */
  get type(): SqlType {
    return this.facts.type;
  }

  nullable(): Column {
    if (this.facts.primaryKey) throw nullableKey();
    return this.#with({ nullable: true });
  }
  default(value: unknown): Column {
    return this.#with({ default: filledIn(value, this.facts.type) });
  }
  onUpdate(value: unknown): Column {
    return this.#with({ onUpdate: filledIn(value, this.facts.type) });
  }
  unique(name?: string): Column {
    return this.#with({ unique: { name } });
  }
  primaryKey(): Column {
    if (this.facts.nullable) throw nullableKey();
    return this.#with({ primaryKey: true });
  }
  generated(options: NumberingOptions = {}): Column {
    return this.#with({ identity: { always: false, ...options } });
  }
  generatedAlways(options: NumberingOptions = {}): Column {
    return this.#with({ identity: { always: true, ...options } });
  }
  given(): Column {
    return this.#with({ given: true });
  }
  generatedAs(value: object, options: { virtual?: boolean } = {}): Column {
    return this.#with({ computed: { expression: value, stored: options.virtual !== true } });
  }
  references(column: object, options: ReferenceOptions = {}): Column {
    return this.#with({ references: { column: column as () => unknown, options } });
  }
  check(condition: (column: any) => ExprOf<boolean | null, any>, name?: string): Column {
    return this.#with({ checks: [...this.facts.checks, { condition, name }] });
  }
  collate(collation: string): Column {
    return this.#with({ collation });
  }
  comment(comment: string): Column {
    return this.#with({ comment });
  }
  renamedFrom(renamedFrom: string): Column {
    return this.#with({ renamedFrom });
  }

  #with(facts: Partial<ColumnFacts>): Column {
    return new Column({ ...this.facts, ...facts });
  }
}

function nullableKey(): CompileError {
  return new CompileError("a primary key cannot be nullable", "Leave out nullable(), or use unique() instead.");
}

/** Makes the builder of a column of the given type. Dialects use it for types of their own. */
export function column<T, I extends OnInsert = "required", F = never>(type: SqlType, name?: string): Col<T, I, F> {
  return new Column({
    type,
    name,
    nullable: false,
    primaryKey: false,
    unique: undefined,
    checks: [],
  }) as unknown as Col<T, I, F>;
}

function filledIn(value: unknown, type: SqlType): NonNullable<ColumnFacts["default"]> {
  if (typeof value === "function") return { generate: value as () => unknown };
  if (value === undefined)
    throw new ParameterError("a column's default is undefined", "Leave default() out, or give null.");
  return { node: nodeIn(value) ?? { kind: "value", value, type } };
}

// --- One function a type ---

/** A whole number of 32 bits: `number`. */
export function integer(name?: string): Col<number, "serial"> {
  return column({ kind: "integer", size: 4 }, name);
}
/** A whole number of 16 bits: `number`. */
export function smallint(name?: string): Col<number, "serial"> {
  return column({ kind: "integer", size: 2 }, name);
}
/** A whole number of 64 bits: `bigint`, exact; with `{ as: "number" }` a `number` that is checked to be safe. */
export function bigint(name?: string, options?: { readonly as?: "bigint" }): Col<bigint, "serial">;
export function bigint(name: string | undefined, options: { readonly as: "number" }): Col<number, "serial">;
export function bigint(options: { readonly as: "number" }): Col<number, "serial">;
export function bigint(
  nameOrOptions?: string | { readonly as: "number" },
  options?: { readonly as?: "bigint" | "number" },
): Col<any, "serial"> {
  const [name, { as = "bigint" }] =
    typeof nameOrOptions === "object" ? [undefined, nameOrOptions] : [nameOrOptions, options ?? {}];
  return column({ kind: "bigint", as }, name);
}
/** A binary floating point number of 4 bytes: `number`, rounded to about 7 digits. */
export function real(name?: string): Col<number, "required"> {
  return column({ kind: "float", size: 4 }, name);
}
/** A binary floating point number of 8 bytes, what JavaScript's `number` is. */
export function double(name?: string): Col<number, "required"> {
  return column({ kind: "float", size: 8 }, name);
}

export interface DecimalOptions {
  /** Digits in all. */
  readonly precision?: number | undefined;
  /** Digits behind the point. */
  readonly scale?: number | undefined;
}
/**
 * An exact decimal. Its value is text that is a number, so that no digit is lost; `{ as: "number" }` gives a `number`, which
 * has about 15 digits.
 */
export function decimal(
  precision: number,
  scale: number,
  options: { readonly as: "number"; readonly name?: string },
): Col<number, "required">;
export function decimal(
  precision?: number,
  scale?: number,
  options?: { readonly as?: "string"; readonly name?: string },
): Col<`${number}`, "required">;
export function decimal(options: { readonly as: "number" } & DecimalOptions): Col<number, "required">;
export function decimal(
  precision?: number | ({ readonly as: "number" } & DecimalOptions),
  scale?: number,
  options: { readonly as?: "string" | "number"; readonly name?: string } = {},
): Col<any, "required"> {
  if (typeof precision === "object") return column({ kind: "decimal", ...precision });
  return column({ kind: "decimal", precision, scale, as: options.as ?? "string" }, options.name);
}
/** True or false. */
export function boolean(name?: string): Col<boolean, "required"> {
  return column({ kind: "boolean" }, name);
}
/** Text of any length. */
export function text(name?: string): Col<string, "required"> {
  return column({ kind: "text" }, name);
}
/** Text of at most `length` characters. */
export function varchar(length: number, name?: string): Col<string, "required"> {
  return column({ kind: "varchar", length }, name);
}
/** Text of exactly `length` characters, padded with spaces by the database. */
export function char(length: number, name?: string): Col<string, "required"> {
  return column({ kind: "char", length }, name);
}
/** A UUID, as lower-case text. */
export function uuid(name?: string): Col<string, "required"> {
  return column({ kind: "uuid" }, name);
}
/** A JSON document of the given type. `{ storage: "text" }` keeps the text as it was written where the database has both. */
export function json<T>(name?: string, options: { readonly storage?: "text" | "binary" } = {}): Col<T, "required"> {
  return column({ kind: "json", storage: options.storage ?? "binary" }, name);
}
/** A day, `YYYY-MM-DD`. */
export function date(name?: string): Col<string, "required"> {
  return column({ kind: "date" }, name);
}
/** A time of day, `HH:MM:SS[.ffffff]`. */
export function time(name?: string, options: { readonly precision?: number } = {}): Col<string, "required"> {
  return column({ kind: "time", ...options }, name);
}
export interface TimestampOptions<As extends "date" | "string"> {
  /** `string` keeps microseconds, which a `Date` has not. */
  readonly as?: As | undefined;
  /** Digits behind the second, 0 to 6. */
  readonly precision?: number | undefined;
}
/** A point in time without a zone, kept and read as UTC: a `Date`. */
export function timestamp<As extends "date" | "string" = "date">(
  name?: string,
  options: TimestampOptions<As> = {},
): Col<As extends "string" ? string : Date, "required"> {
  return column({ kind: "timestamp", precision: options.precision, as: options.as ?? "date" }, name);
}
/** A point in time: a `Date`. */
export function timestamptz<As extends "date" | "string" = "date">(
  name?: string,
  options: TimestampOptions<As> = {},
): Col<As extends "string" ? string : Date, "required"> {
  return column({ kind: "timestamptz", precision: options.precision, as: options.as ?? "date" }, name);
}
/** A span of time, as an ISO 8601 duration (`P1DT2H`). */
export function interval(name?: string): Col<string, "required", Feature<"INTERVALS">> {
  return column({ kind: "interval" }, name);
}
/** Bytes: `Uint8Array`. `length` is the fixed or largest number of bytes where the database has such. */
export function bytes(name?: string, options: { readonly length?: number } = {}): Col<Uint8Array, "required"> {
  return column({ kind: "bytes", ...options }, name);
}
/** One of the given strings. With a `type` name it is a type of its own where the database has such, else a check. */
export function enumeration<const V extends readonly string[]>(
  values: V,
  options: { readonly name?: string; readonly type?: string; readonly schema?: string } = {},
): Col<V[number], "required"> {
  return column({ kind: "enumeration", values, name: options.type, schema: options.schema }, options.name);
}
/** A list of values of one column type: `array(text())`, or with nulls among them `array(text().nullable())`. */
export function array<T, F>(of: ColOf<T, any, F>, name?: string): Col<T[], "required", F | Feature<"ARRAYS">> {
  const { nullable } = (of as unknown as Column).facts;
  return column({ kind: "array", of: declaredType(of), ...(nullable ? { nulls: true } : {}) }, name);
}
/**
 * A type the library does not know: `sql` is its name in DDL. It travels as `base` does (text unless given); `encode` and
 * `decode` translate between your value and the value of `base`.
 */
export function customType<T, B = string, const F extends string = never>(options: {
  readonly sql: string;
  readonly base?: ColOf<B, any>;
  readonly encode: (value: T) => B;
  readonly decode: (value: B) => T;
  /** What a database needs to have for it. */
  readonly feature?: F;
}): (name?: string) => Col<T, "required", [F] extends [never] ? never : Feature<F>> {
  const base = options.base ? declaredType(options.base) : ({ kind: "text" } as const);
  return (name) =>
    column(
      {
        kind: "custom",
        sql: options.sql,
        base,
        encode: options.encode as (value: never) => unknown,
        decode: options.decode as (value: never) => unknown,
        feature: options.feature,
      },
      name,
    );
}
