// What stands at the side of every page: the lists of docs/README.md, without what they say of each page, and the reference.
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import type { ReferencePage } from "./reference.ts";

export interface NavigationPart {
  readonly title: string;
  readonly pages: readonly { readonly title: string; readonly path: string }[];
}

export function navigation(reference: readonly ReferencePage[]): readonly NavigationPart[] {
  const parts: { title: string; pages: { title: string; path: string }[] }[] = [
    { title: "Start", pages: [{ title: "Athanor", path: "index.html" }] },
  ];
  for (const line of readFileSync("docs/README.md", "utf8").split("\n")) {
    const [, heading] = /^\*\*([^*[]+)\*\*$/.exec(line) ?? [];
    if (heading !== undefined) parts.push({ title: heading, pages: [] });
    const [, title, target] = /^(?:- |\*\*)\[([^\]]+)\]\(([^)]+)\.md\)/.exec(line) ?? [];
    if (title !== undefined && target !== undefined)
      parts
        .at(-1)
        ?.pages.push({ title, path: posix.join("docs", `${target}.html`).replace(/README\.html$/, "index.html") });
  }
  const pages = reference.map(({ title, path }) => ({ title, path: path.replace(/md$/, "html") }));
  parts.push({ title: "Reference", pages });
  parts.push({
    title: "Project",
    pages: [
      { title: "Features", path: "docs/features.html" },
      { title: "Changes", path: "CHANGELOG.html" },
    ],
  });
  return parts;
}
