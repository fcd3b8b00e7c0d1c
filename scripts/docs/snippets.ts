// Finds the TypeScript that documentation shows: the ```ts blocks of Markdown pages and the examples of docstrings. In a
// page a block may also be hidden from readers, as a comment that opens with `<!-- ts` and closes with `-->`.
import { readFileSync } from "node:fs";

/** Code that a reader sees. Its columns are those of its file. */
export interface Snippet {
  /** Where its first line stands, from 1. */
  readonly line: number;
  readonly code: string;
  /** Shares no names with the other snippets of the page. */
  readonly alone: boolean;
  /** Is only compiled: it needs a server, or is there to fail. */
  readonly noRun: boolean;
}

export function snippetsOfPage(page: string): readonly Snippet[] {
  return fencedIn(page, readFileSync(page, "utf8").split("\n"), 1);
}

/** Each `@example`: all of its text, or, where it has fences, what stands between them. */
export function snippetsOfSource(source: string): readonly Snippet[] {
  const text = readFileSync(source, "utf8");
  return [...text.matchAll(/\/\*\*.*?\*\//gs)].flatMap(({ 0: comment, index }) => {
    const first = text.slice(0, index).split("\n").length;
    return examplesIn(source, comment, first).map((snippet) => ({ ...snippet, alone: true }));
  });
}

function examplesIn(source: string, comment: string, firstLine: number): readonly Snippet[] {
  const lines = comment
    .split("\n")
    .map((line) => line.replace(/^\s*(\/\*)?\*+(\/| ?)/, (mark) => " ".repeat(mark.length)));
  return lines.flatMap((line, start) => {
    if (!/^\s*@example\b/.test(line)) return [];
    const rest = lines.slice(start + 1);
    const next = rest.findIndex((line) => /^\s*@\w/.test(line));
    const body = next === -1 ? rest : rest.slice(0, next);
    const number = firstLine + start + 1;
    return body.some((line) => line.trim().startsWith("```"))
      ? fencedIn(source, body, number)
      : [{ line: number, code: body.join("\n"), alone: true, noRun: false }];
  });
}

function fencedIn(file: string, lines: readonly string[], firstLine: number): Snippet[] {
  const snippets: Snippet[] = [];
  let closing: string | undefined;
  let open: { readonly start: number; readonly words: readonly string[] } | undefined;
  lines.forEach((line, index) => {
    const fence = line.trim();
    if (closing === undefined) {
      const [mark = "", ...words] = fence.replace(/^(`{3,}|<!--)/, "$1 ").split(/\s+/);
      if (!/^(`{3,}|<!--)$/.test(mark) || (mark === "<!--" && words[0] !== "ts")) return;
      closing = mark === "<!--" ? "-->" : mark;
      open = { start: index + 1, words };
    } else if (fence === closing && open !== undefined) {
      const [language = "", ...flags] = open.words;
      // A block that is a file is none of these: see walk.ts.
      if (language === "ts" && !flags[0]?.endsWith(".ts")) {
        const code = lines.slice(open.start, index).join("\n");
        snippets.push({
          line: firstLine + open.start,
          code,
          ...flagsOf(flags, `${file}:${firstLine + open.start - 1}`),
        });
      }
      closing = undefined;
    }
  });
  return snippets;
}

function flagsOf(flags: readonly string[], where: string): Pick<Snippet, "alone" | "noRun"> {
  const unknown = flags.filter((flag) => flag !== "alone" && flag !== "no-run");
  if (unknown.length > 0)
    throw new Error(`${where}: a ts block is \`alone\` or \`no-run\`, not \`${unknown.join(" ")}\``);
  return { alone: flags.includes("alone"), noRun: flags.includes("no-run") };
}
