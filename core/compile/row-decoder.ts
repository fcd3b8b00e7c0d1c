// Rows of a driver → objects. The decoder is one function that is generated for the columns at hand: an object literal
// with each column's test inline, so that a value that needs nothing costs a `typeof`. Where a program may not generate
// code, closures do the same.
import type { Dialect } from "../dialect/dialect.ts";
import type { Row } from "../dialect/driver.ts";
import { DecodeError } from "../errors/usage-errors.ts";
import type { StatementNode } from "../tree/node.ts";
import { type ColumnDecoder, columnDecoder, isPlain, needsBigints, plainTests } from "./column-decoder.ts";
import { canGenerate } from "./generated-code.ts";
import { type ColumnPlan, type FieldPlan, type Plan, planOf, type RowPlan, rowsOf } from "./plan.ts";
import { signatureOf } from "./row-signature.ts";
import { surroundingsOf } from "./whole-row.ts";

/** Builds the object of a source out of a row whose columns, from `at` on, are decoded already. */
export type BuildObject = (row: unknown[], at: number) => unknown;
/** Who builds the objects of an entity; asked once for each call of `decode`. */
export type BuildRow = (entity: unknown) => BuildObject | undefined;

/** Given as `build`, rows stay arrays, their values decoded in place: for whoever builds something of them by position. */
export const asArrays: BuildRow = () => undefined;

type Objects = Record<string, unknown>[];

/** How the rows of statements of one shape are read. Where a value cannot be, both throw {@link Undecodable}. */
export interface RowDecoder {
  /** Whether integers must come as `bigint`, since a column is wider than a `number`. */
  readonly bigints: boolean;
  /**
   * Puts an object in the place of each row: so the collector need not keep all rows until the last is read. The rows
   * themselves belong to whoever builds objects of entities from them.
   */
  readonly objects: (rows: readonly Row[], build: BuildRow | undefined) => Objects;
  /** Decodes the values of rows where they stand. */
  readonly inPlace: (rows: readonly Row[]) => void;
}

/** What went wrong while rows were read, and in which column. */
class Undecodable {
  readonly error: unknown;
  readonly column: number;

  constructor(error: unknown, column: number) {
    this.error = error;
    this.column = column;
  }
}

const remembered = new WeakMap<Dialect, Map<string, RowDecoder>>();
const mostRemembered = 2_000;

/** The decoder for the rows of a statement, shared with others that select the same. */
export function decoderOf(node: StatementNode, dialect: Dialect): RowDecoder {
  const selection = rowsOf(node);
  const signature = selection === undefined ? "" : signatureOf(selection, surroundingsOf(node));
  let decoders = remembered.get(dialect);
  if (decoders === undefined) {
    decoders = new Map();
    remembered.set(dialect, decoders);
  }
  let decoder = decoders.get(signature);
  if (decoder === undefined) {
    decoder = makeDecoder(planOf(node), dialect);
    if (decoders.size >= mostRemembered) decoders.clear();
    decoders.set(signature, decoder);
  }
  return decoder;
}

export function makeDecoder(plan: Plan, dialect: Dialect): RowDecoder {
  const columns = plan.columns.map((column) => columnDecoder(column.type, column.notNull, dialect));
  const bigints = plan.columns.some((column) => needsBigints(column.type, dialect));
  return canGenerate() ? { bigints, ...generate(plan.fields, columns) } : { bigints, ...compose(plan.fields, columns) };
}

/** What a decoder threw, as it is for people: a value that was none of its type, said with the column it stood in. */
export function explained(thrown: unknown, { columns }: Plan): unknown {
  if (!(thrown instanceof Undecodable)) return thrown;
  const { error, column } = thrown;
  const at = columns[column];
  // What somebody throws who builds an object of the row is about no column of ours.
  if (at === undefined || !(error instanceof DecodeError)) return error;
  return new DecodeError(`${naming(at)}: ${error.message.split("\n  ")[0]}`, error.hint);
}

function naming({ label, of }: ColumnPlan): string {
  const shown = JSON.stringify(label);
  if (of === undefined) return `result column ${shown}`;
  return of.startsWith(shown) ? `column ${of}` : `result column ${shown}, which is column ${of}`;
}

function refuseNull(): never {
  throw new DecodeError(
    "found null, which was ruled out",
    "Leave notNull() out there, or declare what sql`…` gives as nullable().",
  );
}

// --- generated ---

type Functions = Pick<RowDecoder, "objects" | "inPlace">;

function generate(fields: readonly FieldPlan[], columns: readonly ColumnDecoder[]): Functions {
  const entities: unknown[] = [];
  const literal = objectCode(fields, columns, entities);
  const builders = entities.map((_, i) => `const b${i} = build === undefined ? undefined : build(entities[${i}]);`);
  const decoders = columns.map((_, i) => `const d${i} = decoders[${i}];`);
  const source = `"use strict";
${decoders.join(" ")}
return {
  objects(rows, build) {
    ${builders.join(" ")}
    let v, c;
    try {
      for (let i = 0; i < rows.length; i++) {
        const r = rows[i];
        rows[i] = ${literal};
      }
    } catch (error) {
      throw new Undecodable(error, c);
    }
    return rows;
  },
  inPlace(rows) {
    let v, c;
    try {
      for (let i = 0; i < rows.length; i++) {
        const r = rows[i];
        ${columns.map((column, i) => `${replaced(i, column)};`).join("\n        ")}
      }
    } catch (error) {
      throw new Undecodable(error, c);
    }
  },
};`;
  const make = new Function("decoders", "entities", "refuseNull", "Undecodable", source);
  return make(
    columns.map((column) => column.decode),
    entities,
    refuseNull,
    Undecodable,
  ) as Functions;
}

function objectCode(fields: readonly FieldPlan[], columns: readonly ColumnDecoder[], entities: unknown[]): string {
  return `{ ${fields.map((field) => `${keyCode(field.key)}: ${valueCode(field, columns, entities)}`).join(", ")} }`;
}

/** A key as JavaScript. Written plainly, `__proto__` would set the prototype; JSON is JavaScript in all else. */
function keyCode(key: string): string {
  return key === "__proto__" ? '["__proto__"]' : JSON.stringify(key);
}

function valueCode(field: FieldPlan, columns: readonly ColumnDecoder[], entities: unknown[]): string {
  switch (field.kind) {
    case "value":
      return decoded(field.at, columns[field.at] as ColumnDecoder);
    case "object":
      return objectCode(field.fields, columns, entities);
    case "row": {
      const whole = rowCode(field, columns, entities);
      return field.presence === undefined ? whole : `r[${field.presence}] === null ? null : ${whole}`;
    }
  }
}

function rowCode(field: RowPlan, columns: readonly ColumnDecoder[], entities: unknown[]): string {
  const literal = objectCode(field.fields, columns, entities);
  if (field.entity === undefined) return literal;
  const b = `b${entities.push(field.entity) - 1}`;
  const steps = field.fields.map(({ at }) => replaced(at, columns[at] as ColumnDecoder));
  return `(${b} === undefined ? ${literal} : (${[...steps, "c = -1", `${b}(r, ${field.at})`].join(", ")}))`;
}

/** The decoded value of a column, as an expression. */
function decoded(at: number, { plain, notNull }: ColumnDecoder): string {
  const otherwise = plain === undefined ? decodeCode(at) : `${plainTests[plain]} ? v : ${decodeCode(at)}`;
  if (plain === undefined || notNull)
    return `(v = r[${at}]) === null ? ${notNull ? refuseCode(at) : "null"} : ${otherwise}`;
  return `(v = r[${at}], v === null || ${plainTests[plain]}) ? v : ${decodeCode(at)}`;
}

/** Puts the decoded value in its place, as an expression. */
function replaced(at: number, { plain, notNull }: ColumnDecoder): string {
  const isOther = plain === undefined ? "v !== null" : `v !== null && !(${plainTests[plain]})`;
  const replace = `(v = r[${at}], ${isOther} && (r[${at}] = ${decodeCode(at)}))`;
  return notNull ? `(r[${at}] === null ? ${refuseCode(at)} : ${replace})` : replace;
}

/** What may throw says first which column it is at: what needs no decoding need not. */
function decodeCode(at: number): string {
  return `(c = ${at}, d${at}(v))`;
}

function refuseCode(at: number): string {
  return `(c = ${at}, refuseNull())`;
}

// --- composed of closures ---

type ReadRow = (row: Row) => unknown;
type MakeReader = (build: BuildRow | undefined) => ReadRow;

function compose(fields: readonly FieldPlan[], columns: readonly ColumnDecoder[]): Functions {
  const makeReader = objectReader(fields, columns);
  return {
    objects(rows, build) {
      const read = makeReader(build);
      const objects = rows as unknown[];
      for (let i = 0; i < rows.length; i++) objects[i] = read(rows[i] as Row);
      return objects as Objects;
    },
    inPlace(rows) {
      for (const row of rows) for (let i = 0; i < columns.length; i++) decodeInPlace(row as unknown[], i, columns);
    },
  };
}

function objectReader(fields: readonly FieldPlan[], columns: readonly ColumnDecoder[]): MakeReader {
  const keys = fields.map((field) => field.key);
  const makers = fields.map((field) => fieldReader(field, columns));
  return (build) => {
    const readers = makers.map((make) => make(build));
    return (row) => {
      const object: Record<string, unknown> = {};
      for (let i = 0; i < keys.length; i++) put(object, keys[i] as string, (readers[i] as ReadRow)(row));
      return object;
    };
  };
}

function fieldReader(field: FieldPlan, columns: readonly ColumnDecoder[]): MakeReader {
  switch (field.kind) {
    case "value": {
      const { at } = field;
      return () => (row) => decodeAt(row, at, columns);
    }
    case "object":
      return objectReader(field.fields, columns);
    case "row":
      return rowReader(field, columns);
  }
}

function rowReader(field: RowPlan, columns: readonly ColumnDecoder[]): MakeReader {
  const { presence, entity, at } = field;
  const makePlain = objectReader(field.fields, columns);
  return (build) => {
    const builder = entity === undefined || build === undefined ? undefined : build(entity);
    const readPlain = makePlain(build);
    return (row) => {
      if (presence !== undefined && row[presence] === null) return null;
      if (builder === undefined) return readPlain(row);
      for (const { at: position } of field.fields) decodeInPlace(row as unknown[], position, columns);
      return builder(row as unknown[], at);
    };
  };
}

function decodeInPlace(row: unknown[], at: number, columns: readonly ColumnDecoder[]): void {
  row[at] = decodeAt(row, at, columns);
}

function decodeAt(row: Row, at: number, columns: readonly ColumnDecoder[]): unknown {
  const value = row[at];
  const { plain, decode, notNull } = columns[at] as ColumnDecoder;
  try {
    if (value === null) return notNull ? refuseNull() : null;
    return isPlain(value, plain) ? value : decode(value);
  } catch (error) {
    throw new Undecodable(error, at);
  }
}

function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key !== "__proto__") object[key] = value;
  else Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
}
