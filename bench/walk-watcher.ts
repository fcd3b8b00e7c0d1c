// Watches the main thread for walk.ts: from one `debugger` statement to the next it steps into every call, and counts.
import { type Debugger, Session } from "node:inspector";
import { parentPort } from "node:worker_threads";

export interface Walk {
  /** Each file, with how often a function of it was called, in the order they were first entered. */
  readonly files: readonly (readonly [url: string, calls: number])[];
  /** Calls that lead from one file into another. */
  readonly hops: number;
  readonly calls: number;
}

type Frames = readonly Debugger.CallFrame[];

const marked = "/bench/walk.ts";

/** What was seen since the first mark. */
class Walking {
  readonly #start: number;
  readonly #files = new Map<string, number>();
  #hops = 0;
  #calls = 0;
  #last: Frames;

  constructor(frames: Frames) {
    this.#start = frames[0]?.location.lineNumber as number;
    this.#last = frames;
  }

  /** Counts a step, and says whether it led to the second mark. */
  step(frames: Frames): boolean {
    const [top, caller] = frames;
    if (top === undefined) return false;
    const url = urlOf(top);
    const inMarked = url.endsWith(marked);
    if (inMarked && top.location.lineNumber >= this.#start + 2) return true;
    if (!inMarked && isCall(frames, this.#last)) {
      this.#calls++;
      if (url.startsWith("file:")) this.#files.set(url, (this.#files.get(url) ?? 0) + 1);
      // What goes on after an await has no caller: it was counted when it was called.
      if (caller !== undefined && urlOf(caller) !== url) this.#hops++;
    }
    this.#last = frames;
    return false;
  }

  get walk(): Walk {
    return { files: [...this.#files], hops: this.#hops, calls: this.#calls };
  }
}

/** Whether the function on top was entered by this step: there is one more, or another in the place of the last. */
function isCall(frames: Frames, last: Frames): boolean {
  if (frames.length !== last.length) return frames.length > last.length;
  return functionOf(frames) !== functionOf(last);
}

function functionOf([top]: Frames): string {
  const at = top?.functionLocation;
  return at === undefined ? "" : `${at.scriptId}:${at.lineNumber}:${at.columnNumber}`;
}

const urls = new Map<string, string>();

function urlOf(frame: Debugger.CallFrame): string {
  return urls.get(frame.location.scriptId) ?? "";
}

const session = new Session();
session.on("Debugger.scriptParsed", ({ params: { scriptId, url } }) => urls.set(scriptId, url));
session.connectToMainThread();
session.post("Debugger.enable");
session.post("Debugger.setBlackboxPatterns", { patterns: ["^node:", "/node_modules/(?!athanor/)"] });

let walking: Walking | undefined;
session.on("Debugger.paused", ({ params: { callFrames } }) => {
  if (walking === undefined) walking = new Walking(callFrames);
  else if (walking.step(callFrames)) {
    parentPort?.postMessage(walking.walk);
    walking = undefined;
    session.post("Debugger.resume");
    return;
  }
  session.post("Debugger.stepInto");
});
parentPort?.postMessage("ready");
parentPort?.on("message", () => {});
