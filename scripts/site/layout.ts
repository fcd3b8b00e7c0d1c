// What every page of the site has around its text.
import { posix } from "node:path";
import { escaped } from "./markdown.ts";
import type { NavigationPart } from "./navigation.ts";

export interface PageParts {
  readonly path: string;
  readonly title: string;
  readonly html: string;
  readonly contents: readonly NavigationPart[];
  /** The file of the repository that it was made of. */
  readonly source: string | undefined;
}

export function page({ path, title, html, contents, source }: PageParts): string {
  const to = (target: string) => posix.relative(posix.dirname(path), target);
  const all = contents.flatMap(({ pages }) => pages);
  const at = all.findIndex((one) => one.path === path);
  const link = (step: number, rel: string) => {
    const other = at === -1 ? undefined : all[at + step];
    return other ? `<a rel="${rel}" href="${to(other.path)}">${escaped(other.title)}</a>` : "<span></span>";
  };
  const lists = contents.map(({ title, pages }) => {
    const items = pages.map((one) => {
      const current = one.path === path ? ' aria-current="page"' : "";
      return `<li><a href="${to(one.path)}"${current}>${escaped(one.title)}</a></li>`;
    });
    return `<h2>${escaped(title)}</h2><ul>${items.join("")}</ul>`;
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title === "Athanor" ? title : `${title} · Athanor`)}</title>
<link rel="stylesheet" href="${to("site.css")}">
</head>
<body data-root="${to("index.html").replace(/index\.html$/, "")}">
<header>
<a class="home" href="${to("index.html")}">Athanor</a>
<div class="search"><input type="search" placeholder="Search (press /)" aria-label="Search" autocomplete="off"><ol hidden></ol></div>
</header>
<nav aria-label="Pages"><details><summary>Pages</summary>${lists.join("\n")}</details></nav>
<main>
${html}
<footer><div class="turn">${link(-1, "prev")}${link(1, "next")}</div>${source ? `<p>Made of <code>${escaped(source)}</code>.</p>` : ""}</footer>
</main>
<script src="${to("search.js")}"></script>
</body>
</html>
`;
}
