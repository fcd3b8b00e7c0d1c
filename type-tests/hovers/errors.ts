import { NoRowError } from "athanor";

export const error = new NoRowError("one");

export const hint = error.hint;

export function classify(thrown: NoRowError) {
  return thrown.code === "NO_ROW" ? ("missing" as const) : undefined;
}
