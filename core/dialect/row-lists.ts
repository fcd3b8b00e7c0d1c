// Rows that are given as a list of values for each column: what their values are called if they are refused.
import { ParameterError } from "../errors/usage-errors.ts";
import type { ColumnNode } from "../tree/node.ts";

/**
 * Encodes the values of a list.
 *
 * @throws {ParameterError} that names their column, if one is none of its type
 */
export function encodeList<T>(values: readonly unknown[], of: ColumnNode, encode: (value: unknown) => T): T[] {
  const encoded = new Array<T>(values.length);
  try {
    for (let i = 0; i < values.length; i++) encoded[i] = encode(values[i]);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    const [message = ""] = error.message.split("\n  ");
    throw new ParameterError(`column "${of.name}" of "${of.source.name}": ${message}`, error.hint);
  }
  return encoded;
}
