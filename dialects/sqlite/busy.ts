// Waiting for a lock that another process holds, without keeping this one from its other work.
import { type Stop, type Until, watch } from "../../core/dialect/index.ts";

// The first waits are short, since most transactions are; the same as SQLite's own, which would block the process.
const delays = [1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100];

/** Milliseconds to wait before trying again, with some of it by chance, so that two that wait do not keep in step. */
export function retryDelay(attempt: number): number {
  const delay = delays[Math.min(attempt, delays.length - 1)] as number;
  return delay * (0.75 + Math.random() / 2);
}

/** Waits; gives why if `until` came first. */
export function pause(milliseconds: number, until: Until | undefined): Promise<Stop | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      end();
      resolve(undefined);
    }, milliseconds);
    const end = watch(until, (why) => {
      clearTimeout(timer);
      resolve(why);
    });
  });
}
