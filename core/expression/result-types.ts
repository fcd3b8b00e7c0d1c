// Which SQL type an operation gives, by the types of its operands; the decoder depends on it.
import { type DecimalType, doubleType, type SqlType } from "../types/sql-type.ts";

/** How wide a numeric type is: the wider of two operands decides. */
function rank(type: SqlType): number {
  switch (type.kind) {
    case "integer":
      return 1;
    case "bigint":
      return 2;
    case "decimal":
      return 3;
    case "float":
      return 4;
    default:
      return 0;
  }
}

/** The type of a sum or difference: integers are read as 64 bits wide, since a sum may outgrow its operands. */
export function sumType(left: SqlType, right: SqlType): SqlType {
  return arithmeticType(left, right, (a, b) => Math.max(a, b));
}

/** The type of a product. */
export function productType(left: SqlType, right: SqlType): SqlType {
  return arithmeticType(left, right, (a, b) => a + b);
}

/** The type of a quotient. */
export function divisionType(left: SqlType, right: SqlType): SqlType {
  return arithmeticType(left, right, () => undefined);
}

/** The type of a value rounded to so many digits behind the point. */
export function roundedType(of: SqlType, digits: number): SqlType {
  return arithmeticType(of, of, () => (digits < 0 ? 0 : digits));
}

/** The type of an average: exact decimals stay exact, everything else is a double. */
export function averageType(of: SqlType): SqlType {
  return of.kind === "decimal" ? decimalOf(of.as, undefined) : doubleType;
}

/** The type of a sum over rows. */
export function totalType(of: SqlType): SqlType {
  return sumType(of, of);
}

/** The type of a factor or divisor that is a plain value beside an operand: it may have other digits than that. */
export function factorType(beside: SqlType): SqlType {
  return beside.kind === "decimal" ? decimalOf(beside.as, undefined) : beside;
}

type Scale = number | undefined;

function arithmeticType(left: SqlType, right: SqlType, scaleOf: (left: number, right: number) => Scale): SqlType {
  const wider = rank(right) > rank(left) ? right : left;
  if (wider.kind === "integer") return { kind: "integer", size: 8 };
  if (wider.kind !== "decimal") return wider;
  const [a, b] = [digitsBehindPoint(left), digitsBehindPoint(right)];
  return decimalOf(wider.as, a === undefined || b === undefined ? undefined : scaleOf(a, b));
}

/** Whether a value of one decimal type may have more digits behind the point than the other holds. */
export function outgrows(value: SqlType, column: SqlType): boolean {
  if (value.kind !== "decimal" || column.kind !== "decimal") return false;
  const [has, holds] = [digitsBehindPoint(value), digitsBehindPoint(column)];
  return holds !== undefined && (has === undefined || has > holds);
}

/** How many digits behind the point values of a type have on every database, if that is known. */
function digitsBehindPoint(type: SqlType): Scale {
  if (type.kind !== "decimal") return 0;
  return type.scale ?? (type.precision === undefined ? undefined : 0);
}

const decimals = new Map<string, DecimalType>();

/** A decimal of any number of digits; those behind the point are filled up to the scale when it is read. One object for each. */
function decimalOf(as: DecimalType["as"], scale: Scale): DecimalType {
  const key = `${as} ${scale}`;
  let type = decimals.get(key);
  if (type === undefined) {
    type = { kind: "decimal", scale, as };
    decimals.set(key, type);
  }
  return type;
}

/** The type of a value that is one of several: of whole numbers and binary fractions, both `number`, a double. */
export function eitherType(types: readonly [SqlType, ...SqlType[]]): SqlType {
  const isNumber = types.every(({ kind }) => kind === "integer" || kind === "float");
  return isNumber && types.some(({ kind }) => kind === "float") ? doubleType : types[0];
}
