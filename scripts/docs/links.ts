// Checks that what Markdown pages link to inside the repository is there, headings included.
import { existsSync, readFileSync } from "node:fs";
import { posix } from "node:path";

/** One line for each link that leads nowhere. */
export function brokenLinks(page: string): string[] {
  return prose(page).flatMap((line, index) =>
    targetsIn(line)
      .filter((target) => !leadsSomewhere(page, target))
      .map((target) => `${page}:${index + 1}: ${target} leads nowhere`),
  );
}

/** The lines of a page, those of code left empty. */
function prose(page: string): string[] {
  let inside = false;
  return readFileSync(page, "utf8")
    .split("\n")
    .map((line) => {
      const isFence = line.trim().startsWith("```");
      if (isFence) inside = !inside;
      return isFence || inside ? "" : line.replace(/`[^`]*`/g, "code");
    });
}

/** Targets of `[text](target)` and `[label]: target` that are not on the web. */
function targetsIn(line: string): string[] {
  return [...line.matchAll(/\]\(<?([^)\s>]+)|^\s*\[[^\]]+\]:\s+(\S+)/g)]
    .map(([, inline, defined]) => inline ?? defined ?? "")
    .filter((target) => !/^[a-z]+:/.test(target));
}

function leadsSomewhere(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : posix.join(posix.dirname(page), decodeURI(path));
  if (!existsSync(file)) return false;
  return anchor === undefined || !file.endsWith(".md") || anchorsOf(file).has(anchor);
}

function anchorsOf(page: string): ReadonlySet<string> {
  const anchors = new Set<string>();
  const headings = readFileSync(page, "utf8").matchAll(/^#+ +(.*?) *#*$/gm);
  for (const [, heading = ""] of headings) anchorOf(heading, anchors);
  return anchors;
}

/** As GitHub makes them of headings: letters, digits and hyphens; one that is taken is numbered. It is taken then. */
export function anchorOf(heading: string, taken: Set<string>): string {
  const slug = heading
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\s_-]/gu, "")
    .replaceAll(" ", "-");
  let anchor = slug;
  for (let again = 1; taken.has(anchor); again += 1) anchor = `${slug}-${again}`;
  taken.add(anchor);
  return anchor;
}
