// One timer for the deadlines of everything that waits. Nearly every wait ends long before its time, and a timer of Node's
// for each would cost more than all else about waiting: the one there is stays as it is while waits come and go.

/** Something to be done at a moment of `performance.now()`, unless it is taken back before. */
interface Deadline {
  readonly at: number;
  readonly reached: () => void;
}

const waiting = new Set<Deadline>();
let timer: NodeJS.Timeout | undefined;
/** When the timer fires: at the earliest deadline there was when it was set, or before. */
let fires = Number.POSITIVE_INFINITY;

/** In milliseconds. A timer that is so late will not come: its clock was a false one, such as tests have, and is gone. */
const latest = 1_000;
// setTimeout fires at once for anything longer.
const longestTimer = 2 ** 31 - 1;

/** Calls `reached` once at the given moment, unless the function that it gives is called before. */
export function atDeadline(at: number, reached: () => void): () => void {
  const deadline: Deadline = { at, reached };
  waiting.add(deadline);
  if (at < fires || fires + latest < performance.now()) setTimer(at);
  else if (waiting.size === 1) timer?.ref();
  return () => {
    // Alone, the timer does not keep the process alive.
    if (waiting.delete(deadline) && waiting.size === 0) timer?.unref();
  };
}

function setTimer(at: number): void {
  clearTimeout(timer);
  fires = at;
  timer = setTimeout(look, Math.min(Math.max(0, at - performance.now()), longestTimer));
}

function look(): void {
  timer = undefined;
  fires = Number.POSITIVE_INFINITY;
  const now = performance.now();
  const due = [...waiting].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
  try {
    // One that is reached may take others back.
    for (const deadline of due) if (waiting.delete(deadline)) deadline.reached();
  } finally {
    let next = Number.POSITIVE_INFINITY;
    for (const { at } of waiting) next = Math.min(next, at);
    if (next < fires) setTimer(next);
  }
}
