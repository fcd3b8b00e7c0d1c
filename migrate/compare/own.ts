// What a project compares itself, since Athanor does not know it: functions, triggers, rights. It finds what differs and says how
// each difference is written, in both directions; where it stands among the other changes is decided here.
import type { PinnedConnection, Reflected, Transaction } from "../../core/index.ts";
import type { OwnChange } from "./change.ts";

/** A difference that a comparison of the project's own has found: the way there, and the way back. */
export interface OwnDifference {
  readonly up: Omit<OwnChange, "kind">;
  readonly down: Omit<OwnChange, "kind">;
  /** Whether it comes before what Athanor changes, and its way back after it; the other way round by default. */
  readonly first?: boolean | undefined;
}

/** What a comparison of the project's own looks at. */
export interface OwnComparison {
  /** Where the database can be asked for what `found` does not have. */
  readonly connection: PinnedConnection<any> | Transaction<any>;
  readonly found: Reflected;
  readonly declared: Reflected;
}

export type CompareOwn = (compared: OwnComparison) => readonly OwnDifference[] | Promise<readonly OwnDifference[]>;

/** The changes with those of the project's own around them. */
export function withOwn<C>(
  changes: { readonly up: readonly C[]; readonly down: readonly C[] },
  differences: readonly OwnDifference[],
): { readonly up: readonly (C | OwnChange)[]; readonly down: readonly (C | OwnChange)[] } {
  const own = (direction: "up" | "down", isFirst: boolean): readonly OwnChange[] =>
    differences
      .filter(({ first = false }) => first === isFirst)
      .map((difference) => ({ kind: "own", ...difference[direction] }));
  return {
    up: [...own("up", true), ...changes.up, ...own("up", false)],
    down: [...own("down", false).toReversed(), ...changes.down, ...own("down", true).toReversed()],
  };
}
