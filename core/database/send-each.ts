// Many statements over one connection, in pieces, so that neither they nor their results are all on their way at once.
import type { Result } from "../dialect/driver.ts";
import type { RunOptions } from "./run-options.ts";
import type { Call, Sender } from "./sender.ts";

/** How many statements are sent in one round trip. */
export const perRoundTrip = 500;

export async function sendEachIn(
  sender: Sender,
  calls: readonly Call[],
  options: RunOptions | undefined,
): Promise<readonly Result[]> {
  if (calls.length <= perRoundTrip) return sender.sendEach(calls, options, false);
  const results: Result[] = [];
  for (let at = 0; at < calls.length; at += perRoundTrip) {
    results.push(...(await sender.sendEach(calls.slice(at, at + perRoundTrip), options, false)));
  }
  return results;
}
