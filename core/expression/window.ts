// Windows: which rows an aggregate or window function looks at beside its own.
import type { FrameBound, FrameNode, WindowNode } from "../tree/node.ts";
import { countType } from "../types/sql-type.ts";
import type { Order } from "./expr.ts";
import { nodeOf } from "./expr.ts";
import { type AnyExpr, type Feature, type NEEDS, type NeedsIn, NODE } from "./needs.ts";
import { valueNode } from "./operand.ts";

/** A window with the needs of what it names. */
export interface Window<N> {
  readonly [NEEDS]: N;
}

/** How far a frame reaches: `"unbounded"`, `"current row"`, or a number of rows or peers (for `range`, of units). */
export type Reach = "unbounded" | "current row" | number;
export interface FrameOptions {
  /** Rows of the frame that are left out. */
  readonly exclude?: "current row" | "group" | "ties";
}

/** A window being built. */
export interface WindowBy<N> extends Window<N> {
  /** The order of the rows, on which ranking and running totals stand. */
  orderBy<const E extends readonly Order<any>[]>(...by: E): WindowBy<N | NeedsIn<E>>;
  /** A frame counted in rows: from so many before to so many after. */
  rows(preceding: Reach, following: Reach): WindowBy<N>;
  /** A frame of the rows whose value is within so much of this row's. */
  range(preceding: Reach, following: Reach): WindowBy<N>;
  /** A frame counted in groups of peers. */
  groups(preceding: Reach, following: Reach, options?: FrameOptions): WindowBy<N | Feature<"WINDOW GROUPS">>;
  /** Gives the window a name: it is then written once, however many functions use it. */
  named(name: string): WindowBy<N>;
}

/** A window over the rows that share these values. */
export function partitionBy<const E extends readonly AnyExpr[]>(...by: E): WindowBy<NeedsIn<E>> {
  return new WindowBuilder({ kind: "window", partitionBy: by.map(nodeOf), orderBy: [] }) as unknown as WindowBy<
    NeedsIn<E>
  >;
}

/** A window over all rows, in the given order. */
export function orderedBy<const E extends readonly Order<any>[]>(...by: E): WindowBy<NeedsIn<E>> {
  return partitionBy().orderBy(...by);
}

const allRows: WindowNode = { kind: "window", partitionBy: [], orderBy: [] };

/** The node of a window. */
export function windowNode(window: Window<unknown> | undefined): WindowNode {
  return window === undefined ? allRows : (window as unknown as WindowBuilder)[NODE];
}

class WindowBuilder {
  declare readonly [NODE]: WindowNode;

  constructor(node: WindowNode) {
    this[NODE] = node;
  }
  orderBy(...by: readonly { readonly [NODE]: WindowNode["orderBy"][number] }[]): WindowBuilder {
    return new WindowBuilder({ ...this[NODE], orderBy: [...this[NODE].orderBy, ...by.map((one) => one[NODE])] });
  }
  rows(preceding: Reach, following: Reach): WindowBuilder {
    return this.#frame("rows", preceding, following);
  }
  range(preceding: Reach, following: Reach): WindowBuilder {
    return this.#frame("range", preceding, following);
  }
  groups(preceding: Reach, following: Reach, options: FrameOptions = {}): WindowBuilder {
    return this.#frame("groups", preceding, following, options.exclude);
  }
  named(name: string): WindowBuilder {
    return new WindowBuilder({ ...this[NODE], name });
  }
  #frame(unit: FrameNode["unit"], preceding: Reach, following: Reach, exclude?: FrameNode["exclude"]): WindowBuilder {
    const frame: FrameNode = {
      unit,
      start: bound(preceding, "preceding"),
      end: bound(following, "following"),
      exclude,
    };
    return new WindowBuilder({ ...this[NODE], frame });
  }
}

function bound(reach: Reach, side: "preceding" | "following"): FrameBound {
  if (reach === "unbounded") return { kind: `unbounded ${side}` };
  if (reach === "current row") return { kind: "current row" };
  return { kind: side, offset: valueNode(reach, countType) };
}
