// The key that the database generated, out of what the driver reports. Drivers report whatever number the last insert left
// behind: also where the statement gave its keys itself, changed the row it met, or wrote to a table without generated keys.
import type { StatementNode } from "../tree/node.ts";

/** The key of the first row, if the statement is one whose keys the database generates, one after the other. */
export function generatedKey(node: StatementNode, reported: number | bigint | undefined): number | bigint | undefined {
  return reported !== undefined && generatesKeys(node) ? reported : undefined;
}

function generatesKeys(node: StatementNode): boolean {
  if (node.kind !== "insert" || node.verb === "replace") return false;
  if (node.conflict !== undefined && node.conflict.set !== "nothing") return false;
  const { key, columns } = node.target;
  const name = key[0];
  if (name === undefined || key.length > 1 || node.columns.includes(name)) return false;
  const type = columns.find((column) => column.name === name)?.type.kind;
  return type === "integer" || type === "bigint";
}
