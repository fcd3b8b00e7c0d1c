// A revision's file: what is written into it, and where it goes.
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Change, Hazard, KnownChange } from "../compare/change.ts";
import type { Config, RevisionTemplate } from "../config.ts";
import { MigrationError } from "../errors.ts";
import { OperationWriter } from "../operation/to-source.ts";
import { type Door, SourceFile, stringSource } from "../source/source-file.ts";
import type { RevisionDeclaration } from "./revision.ts";

/** A change and what it costs. */
export interface MarkedChange {
  readonly change: Change;
  readonly hazards: readonly Hazard[];
}

/** What stands before a revision's steps. */
export type RevisionHead = Omit<RevisionDeclaration, "up" | "down">;

/** An id that no other revision has. */
export function newId(isTaken: (id: string) => boolean): string {
  for (;;) {
    const id = randomBytes(6).toString("hex");
    if (!isTaken(id)) return id;
  }
}

/** The text of a revision with these changes. */
export function revisionSource(
  head: RevisionHead,
  { up, down }: { readonly up: readonly MarkedChange[]; readonly down: readonly MarkedChange[] },
  door: Door & Pick<Config, "renderChange">,
  template: Config["template"] = standardTemplate,
): string {
  const file = new SourceFile(door);
  const writer = new OperationWriter(file);
  const own: string[] = [];
  const lineOf = (change: Change): string => {
    const rendered = change.kind === "own" ? change : door.renderChange?.(change);
    if (rendered === undefined) return `await op.${writer.write(change as KnownChange)};`;
    own.push(...(rendered.imports ?? []));
    return rendered.source;
  };
  const lines = (list: readonly MarkedChange[]): readonly string[] =>
    list.flatMap(({ change, hazards }) => [...hazards.flatMap(comment), lineOf(change)]);
  const parts = { up: lines(up), down: lines(down) };
  writer.finish();
  const [imports, declarations] = partsOf(file.text(""));
  return template({
    id: head.id,
    after: head.after,
    message: head.message,
    label: head.label,
    dependsOn: head.dependsOn ?? [],
    transaction: head.transaction ?? true,
    imports: [...new Set([...imports, ...own, 'import { revision } from "athanor/migrate";'])].sort(byModule),
    declarations,
    ...parts,
  });
}

function byModule(a: string, b: string): number {
  const module = (line: string) => /from "([^"]+)"/.exec(line)?.[1] ?? "";
  return module(a) < module(b) ? -1 : 1;
}

/** The imports of a file's text, and what stands below them. */
function partsOf(text: string): readonly [imports: readonly string[], declarations: string] {
  const imports = text.match(/^import [^;]+;$/gm) ?? [];
  const rest = imports.reduce((left, line) => left.replace(line, ""), text).trim();
  return [imports, rest.replaceAll(/^export const/gm, "const")];
}

function comment({ kind, message, instead }: Hazard): readonly string[] {
  const title = { "data loss": "Data loss", rewrite: "Rewrite", lock: "Lock", note: "Note" }[kind];
  return wrap(`${title}: ${message}.${instead === undefined ? "" : ` ${instead}`}`, 112).map((line) => `// ${line}`);
}

function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The file as the library writes it. */
function standardTemplate(parts: RevisionTemplate): string {
  const { id, after, message, label, dependsOn, transaction, imports, declarations, up, down } = parts;
  const list = (ids: readonly string[]) => `[${ids.map(stringSource).join(", ")}]`;
  const body = (lines: readonly string[]) =>
    lines.length === 0 ? "{}" : `{\n${indented(lines.join("\n"), "    ")}\n  }`;
  const argument = (lines: readonly string[]) => (lines.length === 0 ? "_op" : "op");
  return [
    `// ${message.replaceAll(/\s+/g, " ")}`,
    ...imports,
    "",
    ...(declarations === "" ? [] : [declarations, ""]),
    "export default revision({",
    `  id: ${stringSource(id)},`,
    `  after: ${list(after)},`,
    `  message: ${stringSource(message)},`,
    ...(label === undefined ? [] : [`  label: ${stringSource(label)},`]),
    ...(dependsOn.length === 0 ? [] : [`  dependsOn: ${list(dependsOn)},`]),
    ...(transaction ? [] : ["  transaction: false,"]),
    `  async up(${argument(up)}) ${body(up)},`,
    `  async down(${argument(down)}) ${body(down)},`,
    "});",
    "",
  ].join("\n");
}

/** Every line further in, but those inside a template, whose text would be another. */
function indented(text: string, by: string): string {
  let inTemplate = false;
  return text
    .split("\n")
    .map((line) => {
      const indent = inTemplate || line === "" ? "" : by;
      const ticks = line.startsWith("//") ? 0 : (line.replaceAll(/\\./g, "").match(/`/g)?.length ?? 0);
      if (ticks % 2 === 1) inTemplate = !inTemplate;
      return indent + line;
    })
    .join("\n");
}

/** Writes the file, whose name begins with the time, so that a folder lists revisions in order. */
export function writeRevision(folder: string, head: RevisionHead, text: string, config: Config): string {
  const path = join(folder, config.fileName?.(head) ?? fileName(head));
  if (existsSync(path)) throw new MigrationError(`${path} is there already`, "Give the revision another message.");
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

function fileName({ id, message }: RevisionHead): string {
  const slug = message
    .normalize("NFKD")
    .replaceAll(/[^\p{L}\p{N}]+/gu, "-")
    .replaceAll(/^-+|-+$/g, "")
    .toLowerCase();
  const time = new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
  return `${time}-${id}${slug === "" ? "" : `-${[...slug].slice(0, 40).join("")}`}.ts`;
}
