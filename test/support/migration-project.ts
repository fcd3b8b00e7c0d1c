// A project in a folder of its own, as somebody would have it, and the command `athanor` run in it.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

export interface Outcome {
  /** Null if it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export class MigrationProject implements Disposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), "athanor-project-"));

  /** @param url of its database */
  constructor(url: string) {
    mkdirSync(join(this.folder, "node_modules"));
    symlinkSync(root, join(this.folder, "node_modules/athanor"));
    this.write("package.json", '{ "type": "module" }');
    this.write(
      "athanor.config.ts",
      `import { defineConfig } from "athanor/migrate";\nexport default defineConfig({ database: ${JSON.stringify(url)}, schema: "./schema.ts" });\n`,
    );
  }

  write(name: string, text: string): void {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  /** Writes a revision: what it imports and declares, and the lines of `up` and `down`. */
  revision(
    id: string,
    after: readonly string[],
    {
      head = "",
      up,
      down,
      more = "",
    }: { readonly head?: string; readonly up: string; readonly down: string; readonly more?: string },
  ): void {
    this.write(
      `migrations/${id}.ts`,
      `import { revision } from "athanor/migrate";\n${head}\nexport default revision({\n  id: "${id}",\n  after: ${JSON.stringify(after)},\n  message: "${id}",\n  ${more}\n  async up(op) {\n${up}\n  },\n  async down(op) {\n${down}\n  },\n});\n`,
    );
  }

  start(...args: readonly string[]): ChildProcess {
    return spawn(
      join(root, "node_modules/.bin/node"),
      ["--conditions=athanor-source", join(root, "migrate/cli.ts"), ...args],
      {
        cwd: this.folder,
        env: { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1" },
        stdio: ["ignore", "pipe", "pipe"],
      },
    );
  }

  async run(...args: readonly string[]): Promise<Outcome> {
    return outcomeOf(this.start(...args));
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function outcomeOf(child: ChildProcess): Promise<Outcome> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (part) => {
    out += part;
  });
  child.stderr?.on("data", (part) => {
    err += part;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, out, err }));
  });
}
