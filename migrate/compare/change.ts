// A step of what is written, and what it costs.
import type { SchemaNode } from "../../core/index.ts";
import type { ReplaceEnum } from "./types.ts";

export type Change = KnownChange | OwnChange;

/** One that Athanor finds itself. */
export type KnownChange = SchemaNode | ReplaceEnum;

/** A line of a revision that is not Athanor's. */
export interface OwnChange {
  readonly kind: "own";
  /** For people: `replace function "touch"`. */
  readonly text: string;
  /** Calls of `op`, or of functions that take it: `await createFunction(op, "touch");`. */
  readonly source: string;
  /** Whole lines: `import { createFunction } from "../operations.ts";`. */
  readonly imports?: readonly string[] | undefined;
  /** What it costs. */
  readonly hazards?: readonly Hazard[] | undefined;
}

export interface Hazard {
  readonly kind: "data loss" | "rewrite" | "lock" | "note";
  readonly message: string;
  /** The safer way. */
  readonly instead: string | undefined;
}
