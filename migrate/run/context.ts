// What running a revision needs to know, whichever way it runs.

import type { Config } from "../config.ts";
import type { Step } from "../operation/operations.ts";
import type { Revision } from "../revision/file.ts";
import type { History } from "../revision/history.ts";

export type Direction = "up" | "down";

/** What happens while migrations run, for whoever shows it. */
export type MigrationEvent =
  | { readonly kind: "waiting"; readonly holder: string }
  | { readonly kind: "revision"; readonly revision: Revision; readonly direction: Direction }
  | { readonly kind: "step"; readonly revision: Revision; readonly step: Step; readonly text: string }
  | { readonly kind: "skipped"; readonly revision: Revision; readonly text: string }
  | { readonly kind: "progress"; readonly revision: Revision; readonly rows: number }
  | { readonly kind: "finished"; readonly revision: Revision; readonly direction: Direction; readonly ms: number };

export interface RunContext {
  readonly history: History;
  readonly config: Config;
  readonly report: (event: MigrationEvent) => void;
  /** What to take a raw step for of which nobody knows whether it took effect. */
  readonly step?: "done" | "redo" | undefined;
}
