// Writes docs/errors.md from core/errors/codes.ts, whose comments are the headings; with --check it only compares. The
// class that carries a code is found where the code is handed to the constructor of its base class.
import { globSync, readFileSync } from "node:fs";
import { type ErrorCode, errorCodes } from "../core/errors/codes.ts";
import { golden } from "./golden.ts";

const page = "docs/errors.md";
const introduction = `# Errors

Everything Athanor throws on purpose is an \`AthanorError\`: it has a \`code\` for programs, which never changes, a
message for people, and often a \`hint\`, which is the next thing to type or to look at.

This page is made from \`core/errors/codes.ts\` by \`npm run errors\`.
`;

const mode = process.argv.includes("--check") ? "compare" : "write";
if (!golden(page, pageText(), mode)) {
  console.error("Run `npm run errors` and commit the page.");
  process.exit(1);
}

function pageText(): string {
  const classes = classesByCode();
  return [
    introduction,
    ...sections().map(({ heading, codes }) =>
      [
        `## ${heading}\n`,
        "| Code | Class | Meaning |",
        "| --- | --- | --- |",
        ...codes.map((code) => `| \`${code}\` | ${classNames(classes.get(code))} | ${errorCodes[code]} |`),
        "",
      ].join("\n"),
    ),
  ].join("\n");
}

interface Section {
  readonly heading: string;
  readonly codes: readonly ErrorCode[];
}

/** The codes in the order of the source, under the comments that stand between them. */
function sections(): readonly Section[] {
  const source = readFileSync("core/errors/codes.ts", "utf8");
  return source
    .slice(source.indexOf("errorCodes = {"))
    .split(/^ {2}\/\/ /m)
    .slice(1)
    .map((text) => ({
      heading: text.slice(0, text.indexOf("\n")).replace(/\.$/, ""),
      codes: [...text.matchAll(/^ {2}(\w+):/gm)].map(([, code]) => code as ErrorCode),
    }));
}

/** Reads `class Deadlock … super(facts, "DEADLOCK")`, and a code that stands as the default of a parameter. */
function classesByCode(): Map<string, string[]> {
  const pattern = /\bclass (\w+)|(?:\bsuper\([^;]*?|: ErrorCode = )"([A-Z_]+)"/g;
  const found = new Map<string, string[]>();
  for (const file of globSync("{core,orm,dialects,migrate}/**/*.ts").sort()) {
    let current = "";
    for (const [, name, code] of readFileSync(file, "utf8").matchAll(pattern)) {
      if (name !== undefined) current = name;
      if (code !== undefined) found.set(code, [...(found.get(code) ?? []), current]);
    }
  }
  return found;
}

function classNames(names: readonly string[] | undefined): string {
  return names === undefined ? "" : names.map((name) => `\`${name}\``).join(", ");
}
