// Takes an object into a session.
import { OtherSessionError } from "../errors.ts";
import type { FlushPlace } from "../flush/tracked.ts";
import { stateOf } from "../instance/state.ts";

/** Makes an object one of the session: to be inserted if it is new, as it is if its row is known. */
export function addTo(place: FlushPlace, entity: object): void {
  const state = stateOf(entity);
  const { pending, doomed, identities } = place.tracked;
  if (state.owner !== undefined && state.owner !== place) throw new OtherSessionError(`this ${state.mapper.name}`);
  if (state.status === "detached" && state.row !== undefined) {
    const map = identities.of(state.mapper);
    const identity = state.mapper.identity(state.row, state.at);
    const known = map.get(identity);
    if (known !== undefined && known !== entity)
      throw new OtherSessionError(`another object for the row of this ${state.mapper.name}`);
    map.set(identity, entity);
    state.owner = place;
    state.status = "persistent";
    return;
  }
  doomed.delete(entity);
  if (state.status === "persistent" || state.status === "pending") return;
  // Deleted in this transaction, and to be there again: as a row of its own.
  if (state.status === "deleted") state.row = undefined;
  state.status = "pending";
  state.owner = place;
  pending.add(entity);
}
