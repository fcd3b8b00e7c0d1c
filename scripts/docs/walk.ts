// Follows a page that is to be followed: one with blocks that are files, ```ts schema.ts. In an empty folder that has Athanor
// installed, files are written as they come (again, if they come again), the commands of ```sh blocks run, and what they print
// is compared with the block after them, in which … stands for anything. `npm` is not run: everything is there.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";

type Step =
  | { readonly kind: "file"; readonly line: number; readonly name: string; readonly text: string }
  | { readonly kind: "commands"; readonly line: number; readonly text: string }
  | { readonly kind: "output"; readonly line: number; readonly text: string };

/** What is to be done on a page, in order; nothing where no block is a file. */
function stepsOf(page: string): readonly Step[] {
  const blocks = readFileSync(page, "utf8").matchAll(/^```([^\n]*)\n(.*?)^```$/gms);
  const steps: Step[] = [];
  let afterCommands = false;
  for (const { 1: head = "", 2: text = "", index, input } of blocks) {
    const line = input.slice(0, index).split("\n").length;
    const [language, name] = head.trim().split(/\s+/);
    if (language === "ts" && name?.endsWith(".ts")) steps.push({ kind: "file", line, name, text });
    else if (language === "sh") steps.push({ kind: "commands", line, text });
    else if (language === "" && afterCommands) steps.push({ kind: "output", line, text });
    afterCommands = language === "sh";
  }
  return steps.some(({ kind }) => kind === "file") ? steps : [];
}

/** Writes the files of a page to be compiled: those that come again beside a copy of all others in a folder of its own. */
export function writeFilesOf(page: string, folder: string): void {
  let files = new Map<string, string>();
  let generation = 1;
  const flush = () => {
    for (const [name, text] of files) write(join(folder, page, String(generation), name), text);
  };
  for (const step of stepsOf(page)) {
    if (step.kind !== "file") continue;
    if (files.has(step.name)) {
      flush();
      files = new Map(files);
      generation++;
    }
    files.set(step.name, step.text);
  }
  flush();
}

/**
 * What went wrong, if anything did. Athanor's sources are installed, or the package that is unpacked in a folder.
 *
 * @param node the command to run, this Node by default
 */
export function walk(page: string, installed?: string, node: string = process.execPath): string[] {
  const steps = stepsOf(page);
  if (steps.length === 0) return [];
  const folder = emptyProject(installed);
  try {
    let printed = "";
    for (const step of steps) {
      if (step.kind === "file") write(join(folder, step.name), step.text);
      else if (step.kind === "output") {
        if (!isLike(printed, step.text)) return [`${page}:${step.line}: this is not what is printed:\n${printed}`];
      } else {
        const { status, output } = runIn(folder, step.text, installed ? "" : "--conditions=athanor-source", node);
        if (status !== 0) return [`${page}:${step.line}: ended with ${status}:\n${output}`];
        printed = output;
      }
    }
    return [];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function emptyProject(installed: string | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), "athanor-docs-"));
  write(join(folder, "package.json"), '{ "type": "module" }\n');
  mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  symlinkSync(installed ?? resolve("."), join(folder, "node_modules/athanor"));
  const cli = installed ? join(installed, "dist/migrate/cli.js") : resolve("migrate/cli.ts");
  const command = join(folder, "node_modules/.bin/athanor");
  write(command, `#!/bin/sh\nexec node ${JSON.stringify(cli)} "$@"\n`);
  chmodSync(command, 0o755);
  return folder;
}

function runIn(
  folder: string,
  text: string,
  flags: string,
  node: string,
): { readonly status: number | null; readonly output: string } {
  const commands = text
    .split("\n")
    .filter((line) => !/^(npm|#|$)/.test(line))
    .map((line) => line.replace(/^npx /, ""));
  const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", `exec 2>&1\n${commands.join("\n")}`], {
    cwd: folder,
    encoding: "utf8",
    timeout: 60_000,
    env: {
      ...process.env,
      PATH: [join(folder, "node_modules/.bin"), dirname(node), process.env.PATH].join(delimiter),
      // Node 22 reports tests otherwise where no terminal shows them.
      NODE_OPTIONS: `${flags} --disable-warning=ExperimentalWarning --test-reporter=spec`,
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
    },
  });
  return { status, output: stdout + stderr };
}

function isLike(printed: string, shown: string): boolean {
  const pattern = shown
    .trim()
    .replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")
    .replaceAll("…", ".*?");
  return new RegExp(`^${pattern}$`, "s").test(printed.trim());
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
