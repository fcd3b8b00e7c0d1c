// Which SQL type an operation gives, by the types of its operands; the decoder depends on it.
import { doubleType, type SqlType } from "../types/sql-type.ts";

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

/** The type of a sum, difference or product: integers are read as 64 bits wide, since a sum may outgrow its operands. */
export function sumType(left: SqlType, right: SqlType): SqlType {
  const wider = rank(right) > rank(left) ? right : left;
  if (wider.kind === "integer") return { kind: "integer", size: 8 };
  if (wider.kind === "decimal") return { kind: "decimal", as: wider.as };
  return wider;
}

/** The type of a quotient. */
export function divisionType(left: SqlType, right: SqlType): SqlType {
  return sumType(left, right);
}

/** The type of an average: exact decimals stay exact, everything else is a double. */
export function averageType(of: SqlType): SqlType {
  return of.kind === "decimal" ? { kind: "decimal", as: of.as } : doubleType;
}

/** The type of a sum over rows. */
export function totalType(of: SqlType): SqlType {
  return sumType(of, of);
}
