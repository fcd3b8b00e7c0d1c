// How results and events are shown. Colours and a line that rewrites itself only where somebody watches a terminal.
import { styleText } from "node:util";
import { AthanorError } from "../../core/index.ts";
import type { Plan } from "../compare/plan.ts";
import type { Revision } from "../revision/file.ts";
import { describeChange } from "../run/carry-out.ts";
import type { MigrationEvent } from "../run/context.ts";

/** What a command says of itself. */
export interface CommandHelp {
  readonly usage: string;
  readonly what: string;
  readonly options?: readonly string[];
}

export interface OutputOptions {
  readonly isJson: boolean;
  readonly isQuiet: boolean;
  readonly isVerbose: boolean;
}

export class Output {
  readonly #options: OutputOptions;
  readonly #isWatched = process.stderr.isTTY === true;
  #isLineOpen = false;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  /** The result: lines for people, or the same as data. */
  result(lines: readonly string[], data: unknown): void {
    this.#closeLine();
    if (this.#options.isJson) process.stdout.write(`${JSON.stringify(data)}\n`);
    else if (!this.#options.isQuiet) for (const line of lines) process.stdout.write(`${line}\n`);
  }

  /** Text that is the result itself, such as a script. */
  text(text: string): void {
    this.#closeLine();
    process.stdout.write(text);
  }

  /** What happens while migrations run. */
  readonly report = (event: MigrationEvent): void => {
    if (this.#options.isJson) {
      if (this.#options.isVerbose) process.stderr.write(`${JSON.stringify(eventData(event))}\n`);
      return;
    }
    if (this.#options.isQuiet) return;
    const line = lineOf(event, this.#options.isVerbose || this.#isWatched);
    if (line === undefined) return;
    const isFleeting = (event.kind === "step" || event.kind === "progress") && !this.#options.isVerbose;
    if (this.#isWatched && isFleeting) {
      process.stderr.write(`\r\u001b[2K${line.slice(0, (process.stderr.columns ?? 80) - 1)}`);
      this.#isLineOpen = true;
      return;
    }
    this.#closeLine();
    process.stderr.write(`${line}\n`);
  };

  #closeLine(): void {
    if (this.#isLineOpen) process.stderr.write("\r\u001b[2K");
    this.#isLineOpen = false;
  }
}

function lineOf(event: MigrationEvent, wantsSteps: boolean): string | undefined {
  switch (event.kind) {
    case "waiting":
      return `waiting for another migrator: ${event.holder}`;
    case "revision":
      return `${event.direction === "up" ? "run" : "undo"} ${revisionLine(event.revision)}`;
    case "step":
      return wantsSteps ? `  ${event.text}` : undefined;
    case "skipped":
      return wantsSteps ? `  done before: ${event.text}` : undefined;
    case "progress":
      return wantsSteps ? `  ${event.rows} rows` : undefined;
    case "finished":
      return wantsSteps ? `  ${(event.ms / 1000).toFixed(2)} s` : undefined;
  }
}

function eventData(event: MigrationEvent): unknown {
  return "revision" in event
    ? { ...event, revision: event.revision.id, ...("step" in event ? { step: event.step.kind } : {}) }
    : event;
}

export function revisionLine({ id, message, label }: Revision): string {
  return `${colour("yellow", id)}${label === undefined ? "" : ` (${label})`} ${message}`;
}

/** With what it comes after, and where it is. */
export function revisionLines(revision: Revision): readonly string[] {
  return [
    revisionLine(revision),
    `  after: ${revision.after.join(", ") || "base"}`,
    ...(revision.dependsOn?.length ? [`  depends on: ${revision.dependsOn.join(", ")}`] : []),
    `  file: ${revision.path ?? "none"}`,
  ];
}

export function revisionData({ id, after, message, label, dependsOn, path }: Revision): object {
  return { id, after, message, label, dependsOn, path };
}

/** What differs, a line each, and what it costs below it. */
export function planLines({ up, remarks, unknown }: Plan): readonly string[] {
  return [
    ...up.flatMap(({ change, hazards }) => [
      describeChange(change),
      ...hazards.map(({ kind, message, instead }) =>
        colour(kind === "note" ? "dim" : "red", `  ${kind}: ${message}${instead === undefined ? "" : `. ${instead}`}`),
      ),
    ]),
    ...remarks.map((remark) => colour("red", remark)),
    ...unknown.map(({ kind, name }) => colour("dim", `${kind} "${name}" is not declared, and left alone`)),
  ];
}

export function planData({ up, remarks, unknown }: Plan): object {
  return {
    changes: up.map(({ change, hazards }) => ({
      kind: change.kind,
      text: describeChange(change),
      hazards,
    })),
    remarks,
    unknown,
  };
}

function colour(format: "yellow" | "red" | "dim" | "bold", text: string): string {
  return process.stdout.isTTY && process.env.NO_COLOR === undefined ? styleText(format, text) : text;
}

/** Says what went wrong. */
export function failure(error: unknown, isJson: boolean): void {
  const { message, hint, code } = factsOf(error);
  // An error's message says its hint below.
  const alone = hint === undefined ? message : message.replace(hint, "").trimEnd();
  if (isJson) process.stderr.write(`${JSON.stringify({ error: alone, hint, code })}\n`);
  else
    process.stderr.write(
      `${colour("red", "error:")} ${message}\n${hint === undefined || message.includes(hint) ? "" : `${hint}\n`}`,
    );
}

function factsOf(error: unknown): {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly code?: string;
} {
  if (error instanceof AthanorError) return { message: error.message, hint: error.hint, code: error.code };
  if (error instanceof TypeError) return { message: error.message };
  return { message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

export function help(commands: Readonly<Record<string, CommandHelp>>, of: string | undefined): string {
  const one = of === undefined ? undefined : commands[of];
  if (one !== undefined)
    return `athanor ${one.usage}\n\n  ${one.what}\n${(one.options ?? []).map((line) => `\n  ${line}`).join("")}\n`;
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const lines = Object.values(commands).map(({ usage, what }) => `  ${usage.padEnd(width)}  ${what}`);
  return `athanor: versions of a database, managed\n\n${lines.join("\n")}\n\nEverywhere: --config file, --name configuration, --cwd folder, --database url, --tenant schema,\n--wait seconds, --json, --quiet, --verbose. athanor help <command> says more.\n`;
}
