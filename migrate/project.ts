// What every command works with: the configuration, the revisions, and the graph they form.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Schema } from "../core/index.ts";
import type { Config } from "./config.ts";
import { MigrationError } from "./errors.ts";
import { asRevision, loadModule, loadRevisions, type Revision } from "./revision/file.ts";
import { RevisionGraph } from "./revision/graph.ts";
import { History } from "./revision/history.ts";
import type { RevisionDeclaration } from "./revision/revision.ts";

export interface Project {
  /** What relative paths of the configuration start from. */
  readonly root: string;
  readonly config: Config;
  /** Where revisions are; new ones are written into the first. */
  readonly folders: readonly string[];
  readonly graph: RevisionGraph<Revision>;
  readonly history: History;
}

export interface OpenProjectOptions {
  /** The folder of the project; the current one by default. */
  readonly root?: string | undefined;
  /** The configuration, or the file it is in; `athanor.config.ts` (or .js, .mjs) by default. */
  readonly config?: Config | string | undefined;
  /** Which configuration, where the file exports several by name. */
  readonly name?: string | undefined;
  /** The revisions, where they are not in files. */
  readonly revisions?: readonly RevisionDeclaration[] | undefined;
}

/** @throws {MigrationError} if there is no configuration, or a revision cannot be loaded */
export async function openProject(options: OpenProjectOptions = {}): Promise<Project> {
  const root = resolve(options.root ?? ".");
  const config = typeof options.config === "object" ? options.config : await loadConfig(root, options);
  const named = config.folder ?? "migrations";
  const folders = (typeof named === "string" ? [named] : named).map((folder) => resolve(root, folder));
  const revisions = options.revisions?.map(asRevision) ?? (await loadRevisions(folders));
  return { root, config, folders, graph: new RevisionGraph(revisions), history: new History(config.history) };
}

/** The same project with its revisions read again. */
export async function reopen(project: Project): Promise<Project> {
  return { ...project, graph: new RevisionGraph(await loadRevisions(project.folders)) };
}

async function loadConfig(root: string, { config, name }: OpenProjectOptions): Promise<Config> {
  const candidates =
    typeof config === "string"
      ? [config]
      : ["athanor.config.ts", "athanor.config.mts", "athanor.config.js", "athanor.config.mjs"];
  const path = candidates.map((candidate) => resolve(root, candidate)).find((candidate) => existsSync(candidate));
  if (path === undefined) {
    throw new MigrationError(
      `there is no ${typeof config === "string" ? config : "athanor.config.ts"} in ${root}`,
      "Write one with `athanor init`, or name it with --config.",
    );
  }
  const { default: found } = await loadModule(path, "configuration");
  return choose(found as Config | Record<string, Config> | undefined, name, path);
}

function choose(found: Config | Record<string, Config> | undefined, name: string | undefined, path: string): Config {
  if (typeof found !== "object" || found === null) {
    throw new MigrationError(`${path} exports no configuration`, "Its default export must be defineConfig({ … }).");
  }
  if (isConfig(found)) {
    if (name === undefined) return found;
    throw new MigrationError(`${path} has a single configuration, which has no name`, "Leave out --name.");
  }
  const names = Object.keys(found).join(", ");
  if (name === undefined)
    throw new MigrationError(`${path} has several configurations: ${names}`, "Say which with --name.");
  const chosen = found[name];
  if (chosen === undefined) throw new MigrationError(`${path} has no configuration "${name}"`, `There are: ${names}.`);
  return chosen;
}

function isConfig(found: Config | Record<string, Config>): found is Config {
  return typeof found.database === "string" || typeof found.database === "function";
}

/** The declared schema. @throws {MigrationError} if the configuration names none */
export async function loadSchema({ config, root }: Project): Promise<Schema> {
  const { schema } = config;
  if (schema === undefined) {
    throw new MigrationError("the configuration names no schema", 'Add schema: "./schema.ts" to athanor.config.ts.');
  }
  if (typeof schema === "function") return (await schema()) as Schema;
  const modules = typeof schema === "string" ? [schema] : schema;
  const found: unknown[] = [];
  for (const module of modules) found.push(...Object.values(await loadModule(join(root, module), "schema module")));
  return found;
}
