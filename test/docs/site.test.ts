// The site made of the documentation: whole, searchable, with a reference of everything that can be imported.
import { globSync } from "node:fs";
import vm from "node:vm";
import * as core from "athanor";
import * as orm from "athanor/orm";
import { expect, test } from "vitest";
import { brokenSiteLinks, buildSite } from "../../scripts/site/build.ts";

const site = buildSite();
const html = [...site].filter(([path]) => path.endsWith(".html"));

test("no link leads nowhere, and one that would is found", () => {
  expect(brokenSiteLinks(site)).toEqual([]);
  const broken = new Map(site).set("docs/x.html", '<a href="y.html">y</a><a href="select.html#nowhere">z</a>');
  expect(brokenSiteLinks(broken)).toEqual([
    "site/docs/x.html: y.html leads nowhere",
    "site/docs/x.html: select.html#nowhere leads nowhere",
  ]);
});

test("every page of docs is there, and linked from another", () => {
  for (const page of globSync("docs/**/*.md")) {
    const address = page.replace(/README\.md$/, "index.html").replace(/md$/, "html");
    expect(site.has(address), address).toBe(true);
    const name = address.split("/").at(-1) as string;
    const others = html.filter(([path, text]) => path !== address && text.includes(`${name}"`));
    expect(others.length, address).toBeGreaterThan(0);
  }
});

test.each([
  ["core", core],
  ["orm", orm],
])("the reference of %s has everything that can be imported", (door, names) => {
  const page = site.get(`docs/reference/${door}.html`) ?? "";
  const missing = Object.keys(names).filter((name) => name !== "fn" && !page.includes(`>${name} <a class="anchor"`));
  expect(missing).toEqual([]);
  if (door === "core") expect(page).toContain('>fn.count <a class="anchor"');
});

test("the search finds a page by its words, and what readers need not see is in none", () => {
  let entries: readonly { readonly href: string; readonly section: string; readonly text: string }[] = [];
  const index = site.get("search-index.js") as string;
  vm.runInNewContext(index, { searchIndex: (found: typeof entries) => (entries = found) });
  const found = entries.filter(({ text }) => text.includes("skipLocked")).map(({ href }) => href);
  expect(found).toContain("docs/recipes/outbox.html#outbox");
  expect(html.filter(([, text]) => text.includes("node:assert/strict")).map(([path]) => path)).not.toContain(
    "docs/needs.html",
  );
});
