// SET, some of a list of words, and YEAR. https://dev.mysql.com/doc/refman/8.4/en/set.html
import { CompileError, ParameterError, stringLiteral } from "../../core/dialect/index.ts";
import { type Col, customType, type Feature, smallint, text } from "../../core/index.ts";

type Sets = Feature<"SETS">;

/** Some of the given words, in their order: `set(["small", "red"])` holds `["red"]`. At most 64 words, none with a comma. */
export function set<const V extends readonly string[]>(
  values: V,
  name?: string,
): Col<readonly V[number][], "required", Sets> {
  const odd = values.find((value) => value === "" || value.includes(","));
  if (odd !== undefined || values.length === 0 || values.length > 64) {
    throw new CompileError(
      odd === undefined ? `a set of ${values.length} words` : `a set cannot have the word ${JSON.stringify(odd)}`,
      "A set has from 1 to 64 words, none of them empty or with a comma.",
    );
  }
  return customType<readonly V[number][], string, "SETS">({
    sql: `set(${values.map(stringLiteral).join(", ")})`,
    base: text(),
    feature: "SETS",
    encode(chosen) {
      if (!Array.isArray(chosen) || chosen.some((value) => !values.includes(value))) {
        throw new ParameterError(`expected an array of ${values.map(stringLiteral).join(", ")}`);
      }
      return values.filter((value) => chosen.includes(value)).join(",");
    },
    decode: (stored) => (stored === "" ? [] : (stored.split(",") as V[number][])),
  })(name);
}

/** A year from 1901 to 2155. */
export function year(name?: string): Col<number, "required", Sets> {
  return customType<number, number, "SETS">({
    sql: "year",
    base: smallint(),
    feature: "SETS",
    encode(value) {
      if (Number.isInteger(value) && value >= 1901 && value <= 2155) return value;
      throw new ParameterError("expected a year from 1901 to 2155");
    },
    decode: (value) => value,
  })(name);
}
