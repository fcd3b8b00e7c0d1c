// A type as information_schema spells it → the type that a schema declares. What nobody can declare by a name of its own
// keeps its text.
import type { SqlType } from "../../core/dialect/index.ts";

/** `collation` tells text that is meant to be a uuid from other text. */
export function reflectedType(text: string, collation: string | null): SqlType {
  const { name, items, rest } = partsOf(text);
  const [first, second] = items.map(Number);
  const unsigned = rest === "unsigned" ? { unsigned: true } : {};
  // Filled up with zeros, displayed in so many digits: what has such attributes stays what it is called.
  const custom: SqlType = { kind: "custom", sql: text, base: baseOf(name) };
  if (rest !== "" && rest !== "unsigned") return custom;
  switch (name) {
    case "tinyint":
      return first === 1 && rest === "" ? { kind: "boolean" } : { kind: "integer", size: 1, ...unsigned };
    case "smallint":
      return { kind: "integer", size: 2, ...unsigned };
    case "mediumint":
      return { kind: "integer", size: 3, ...unsigned };
    case "int":
      return { kind: "integer", size: 4, ...unsigned };
    case "bigint":
      return { kind: "bigint", as: "bigint", ...unsigned };
    case "decimal":
      return { kind: "decimal", precision: first, scale: second, as: "string", ...unsigned };
    case "float":
      return items.length > 0 || rest !== "" ? custom : { kind: "float", size: 4 };
    case "double":
      return items.length > 0 || rest !== "" ? custom : { kind: "float", size: 8 };
    case "longtext":
      return { kind: "text" };
    case "varchar":
      return { kind: "varchar", length: first };
    case "char":
      return first === 36 && collation === "ascii_bin" ? { kind: "uuid" } : { kind: "char", length: first };
    case "uuid":
    case "date":
      return { kind: name };
    case "time":
      return { kind: "time", precision: first ?? 0 };
    case "datetime":
      return { kind: "timestamp", precision: first ?? 0, as: "date" };
    case "enum":
      return { kind: "enumeration", values: items };
    case "json":
      return { kind: "json", storage: "binary" };
    case "longblob":
      return { kind: "bytes" };
    case "varbinary":
      return { kind: "bytes", length: first };
    default:
      return custom;
  }
}

/** What a value of such a type is read as. */
function baseOf(name: string): SqlType {
  switch (name) {
    case "tinyint":
    case "smallint":
    case "mediumint":
    case "int":
    case "year":
      return { kind: "integer", size: 4 };
    case "bigint":
      return { kind: "bigint", as: "bigint" };
    case "float":
    case "double":
      return { kind: "float", size: 8 };
    case "decimal":
      return { kind: "decimal", as: "string" };
    case "timestamp":
      return { kind: "timestamptz", as: "date" };
    case "tinyblob":
    case "blob":
    case "mediumblob":
    case "binary":
    case "bit":
      return { kind: "bytes" };
    default:
      return { kind: "text" };
  }
}

/** `name(item, 'item') rest`. */
function partsOf(text: string): { readonly name: string; readonly items: readonly string[]; readonly rest: string } {
  const open = text.indexOf("(");
  if (open === -1) {
    const [name = "", ...rest] = text.split(" ");
    return { name, items: [], rest: rest.join(" ") };
  }
  const items: string[] = [];
  let at = open + 1;
  while (at < text.length && text[at] !== ")") {
    if (text[at] === "'") {
      let item = "";
      for (at++; text[at] !== "'" || text[at + 1] === "'"; at++) {
        if (text[at] === "'") at++;
        item += text[at];
      }
      at++;
      items.push(item);
    } else if (text[at] === ",") at++;
    else {
      const start = at;
      while (text[at] !== "," && text[at] !== ")") at++;
      items.push(text.slice(start, at).trim());
    }
  }
  return { name: text.slice(0, open), items, rest: text.slice(at + 1).trim() };
}
