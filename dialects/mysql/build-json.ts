// What builds JSON: the names that both databases share, and each one's aggregate that makes an array of rows.
import { aggregateOf, type JsonAggregate, type JsonNames, type TextBuffer } from "../../core/dialect/index.ts";
import type { AsJson } from "./expressions.ts";

/** What is the same on both databases about building JSON; see core/dialect/write-json.ts. */
export const jsonFunctions: JsonNames = {
  object: "json_object",
  array: "json_array",
  // Any number is taken, so that there is nothing to merge.
  maxArguments: Number.POSITIVE_INFINITY,
  merge: () => {},
};

const jsonArrayAggregate = aggregateOf("json_arrayagg", "json_array()");

// MySQL's derived tables see what is around them since 8.0.14, MariaDB's do not.
const derivedTables = { keepsOrder: false, correlates: false } as const;

/** MariaDB's JSON_ARRAYAGG takes an order and a limit. */
export const mariadbAggregate: JsonAggregate = { gather: jsonArrayAggregate, limits: true, ...derivedTables };

/** MySQL's JSON_ARRAYAGG knows no order; GROUP_CONCAT does. A text that grew too long is null, never an empty array. */
export function mysqlAggregate(asJson: AsJson): JsonAggregate {
  return {
    limits: false,
    ...derivedTables,
    gather({ writeRow, writeOrder }, out) {
      if (writeOrder === undefined) return jsonArrayAggregate({ writeRow }, out);
      out.add("case when count(*) = 0 then json_array() else ");
      const writeRows = (): void => {
        writeRow();
        out.add(" order by ");
        writeOrder();
      };
      writeByText(writeRows, asJson, out);
      out.add(" end");
    },
  };
}

/** An array of rows, put together as text: what stands in GROUP_CONCAT, which can order them and leave some out. */
export function writeByText(writeRows: () => void, asJson: AsJson, out: TextBuffer): void {
  asJson(() => {
    out.add("concat('[', group_concat(");
    writeRows();
    out.add(" separator ','), ']')");
  }, out);
}
