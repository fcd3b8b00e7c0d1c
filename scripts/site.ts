// Builds the documentation as a static site in site/, searchable and without links that lead out of it, and serves it:
//
//   npm run site                 at http://localhost:4321, or PORT
//   npm run site -- --build      only builds
import { createReadStream, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { brokenSiteLinks, buildSite } from "./site/build.ts";

const folder = "site";
const types: Readonly<Record<string, string>> = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript" };

const files = buildSite();
const broken = brokenSiteLinks(files);
if (broken.length > 0) {
  console.error(broken.join("\n"));
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
for (const [path, text] of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
console.log(`${files.size} files in ${folder}/`);
if (!process.argv.includes("--build")) serve(Number(process.env.PORT ?? 4321));

function serve(port: number): void {
  const server = createServer((request, response) => {
    const path = normalize(URL.parse(request.url ?? "/", "http://site")?.pathname ?? "/");
    const file = join(folder, path.endsWith("/") ? `${path}index.html` : path);
    const type = types[extname(file)];
    if (type === undefined || !existsSync(file)) {
      response.writeHead(404).end("There is no such page.\n");
      return;
    }
    response.writeHead(200, { "content-type": `${type}; charset=utf-8` });
    createReadStream(file).pipe(response);
  });
  server.listen(port, "127.0.0.1", () => console.log(`The documentation is at http://localhost:${port}`));
}
