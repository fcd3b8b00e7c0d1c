// Node 22 strips types and does not know `using`: what runs as it stands does without.
import { globSync, readFileSync } from "node:fs";
import ts from "typescript-6.0";
import { expect, test } from "vitest";

const isUsing = (node: ts.Node): boolean =>
  ts.isVariableDeclarationList(node) && (node.flags & ts.NodeFlags.Using) === ts.NodeFlags.Using;

function declares(text: string): boolean {
  const found = (node: ts.Node): boolean => isUsing(node) || (ts.forEachChild(node, found) ?? false);
  return found(ts.createSourceFile("a.ts", text, ts.ScriptTarget.Latest));
}

test("a declaration with using is seen", () => {
  expect(declares("{ await using a = b(); }")).toBe(true);
  expect(declares("const a = `await using b = c()`; // await using")).toBe(false);
});

test("no source, example or script declares anything with using", () => {
  const sources = globSync("{core,orm,dialects,migrate,examples,scripts}/**/*.ts");
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.filter((source) => declares(readFileSync(source, "utf8")))).toEqual([]);
});

test("no page shows it in code that is run", () => {
  const pages = ["README.md", ...globSync("docs/**/*.md")];
  const run = /^```ts(?: alone)?\n(.*?)^```$/gms;
  const wrong = pages.filter((page) =>
    [...readFileSync(page, "utf8").matchAll(run)].some(([, code = ""]) => declares(code)),
  );
  expect(wrong).toEqual([]);
});
