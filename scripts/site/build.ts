// All files of the site, by path: the pages of the documentation, the reference, and whatever of the repository they link to,
// so that no link leads out of it.
import { existsSync, globSync, readdirSync, readFileSync, statSync } from "node:fs";
import { posix } from "node:path";
import { page } from "./layout.ts";
import { codeBlock, escaped, type Rendered, rendered } from "./markdown.ts";
import { navigation } from "./navigation.ts";
import { referencePages } from "./reference.ts";

interface SearchEntry {
  readonly page: string;
  readonly section: string;
  readonly href: string;
  readonly text: string;
}

export function buildSite(): Map<string, string> {
  const files = new Map<string, string>();
  const search: SearchEntry[] = [];
  const reference = new Map(referencePages().map((one) => [one.path, one]));
  const markdown = [
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    ...globSync("docs/**/*.md").sort(),
    ...reference.keys(),
  ];
  const waiting = new Set(markdown);
  const contents = navigation([...reference.values()]);

  // A Set hands out what is added while it is gone through.
  for (const source of waiting) {
    const path = addressOf(source);
    const toSource = (target: string) => sourceOf(source, target);
    const text = reference.get(source)?.text;
    const { title, html, sections } = renderedSource(source, text, (target) => {
      const found = toSource(target);
      if (found === undefined) return target;
      waiting.add(found.source);
      return relative(path, addressOf(found.source)) + found.anchor;
    });
    files.set(path, page({ path, title, html, contents, source: reference.has(source) ? undefined : source }));
    if (!source.endsWith(".md")) continue;
    for (const { heading, anchor, text } of sections)
      search.push({ page: title, section: heading, href: `${path}#${anchor}`, text: text.slice(0, 2500) });
  }
  files.set("search-index.js", `searchIndex(${JSON.stringify(search)});\n`);
  for (const asset of globSync("scripts/site/assets/*")) files.set(posix.basename(asset), readFileSync(asset, "utf8"));
  return files;
}

/** One line for each link between the pages that leads nowhere. */
export function brokenSiteLinks(files: ReadonlyMap<string, string>): string[] {
  const anchors = new Map([...files].map(([path, html]) => [path, new Set(idsIn(html))]));
  return [...files].flatMap(([path, html]) => {
    if (!path.endsWith(".html")) return [];
    return [...html.matchAll(/<a [^>]*?href="([^"]*)"/g)].flatMap(([, href = ""]) => {
      if (/^[a-z]+:/.test(href)) return [];
      const [target = "", anchor] = href.split("#");
      const file = target === "" ? path : posix.join(posix.dirname(path), decodeURI(target));
      const isThere = anchors.get(file)?.has(anchor ?? "") ?? false;
      return isThere || (files.has(file) && anchor === undefined) ? [] : [`site/${path}: ${href} leads nowhere`];
    });
  });
}

function idsIn(html: string): string[] {
  return [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id ?? "");
}

/** Where a file of the repository stands in the site. */
function addressOf(source: string): string {
  if (source === "README.md") return "index.html";
  if (source.endsWith("README.md")) return source.replace(/README\.md$/, "index.html");
  if (source.endsWith(".md")) return source.replace(/md$/, "html");
  return isFolder(source) ? `${source}/index.html` : `${source}.html`;
}

function sourceOf(from: string, target: string): { readonly source: string; readonly anchor: string } | undefined {
  if (/^[a-z]+:|^#/.test(target)) return undefined;
  const [path = "", anchor] = target.split("#");
  const source = posix.join(posix.dirname(from), decodeURI(path)).replace(/\/$/, "");
  const index = `${source}/README.md`;
  return {
    source: isFolder(source) && existsSync(index) ? index : source,
    anchor: anchor === undefined ? "" : `#${anchor}`,
  };
}

function relative(from: string, to: string): string {
  return encodeURI(posix.relative(posix.dirname(from), to));
}

function renderedSource(source: string, text: string | undefined, hrefOf: (target: string) => string): Rendered {
  if (source.endsWith(".md")) return rendered(text ?? readFileSync(source, "utf8"), hrefOf);
  const title = `<h1>${escaped(source)}</h1>\n`;
  if (!isFolder(source)) return { title: source, html: title + fileShown(source), sections: [] };
  const inside = readdirSync(source)
    .filter((name) => !name.startsWith("."))
    .map((name) => posix.join(source, name));
  const files = inside.filter((path) => !isFolder(path));
  const isShort = files.reduce((bytes, path) => bytes + statSync(path).size, 0) < mostBytes;
  const shown = files.map((path) =>
    isShort
      ? `<h2 id="${posix.basename(path)}">${posix.basename(path)}</h2>\n${fileShown(path)}`
      : `<p><a href="${hrefOf(posix.basename(path) === path ? path : posix.relative(posix.dirname(source), path))}">${posix.basename(path)}</a></p>\n`,
  );
  return { title: source, html: title + shown.join(""), sections: [] };
}

const mostBytes = 60_000;

function fileShown(path: string): string {
  const text = readFileSync(path, "utf8");
  return codeBlock(text, text.length < mostBytes ? posix.extname(path).slice(1) : "");
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
