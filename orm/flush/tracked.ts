// What a session has gathered since the last flush, beside what the columns of its objects show.
import type { IdentityMap } from "../instance/identity-map.ts";
import type { LoadPlace } from "../load/select-in.ts";

export interface Tracked {
  readonly identities: IdentityMap;
  /** New objects, in the order they were added. */
  readonly pending: Set<object>;
  /** Objects that are to be deleted. */
  readonly doomed: Set<object>;
  /** Objects whose relationships were changed. */
  readonly touched: Set<object>;
}

/** What a flush needs of its session. */
export interface FlushPlace extends LoadPlace {
  readonly tracked: Tracked;
}
