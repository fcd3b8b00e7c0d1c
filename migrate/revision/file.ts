// Revisions as files: modules that Node runs as they are.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MigrationError } from "../errors.ts";
import type { RevisionDeclaration } from "./revision.ts";

/** A revision and the file it came from. */
export interface Revision extends RevisionDeclaration {
  /** Where its file is; undefined for one that a program declared itself. */
  readonly path: string | undefined;
  /** Of the file's text: a revision that was interrupted is not resumed with another. */
  readonly hash: string;
}

/** The revisions in these folders, in the order of their files' names. */
export async function loadRevisions(folders: readonly string[]): Promise<readonly Revision[]> {
  const revisions: Revision[] = [];
  for (const folder of folders) {
    if (!existsSync(folder)) continue;
    const names = readdirSync(folder).filter((name) => isModule(name));
    for (const name of names.sort()) revisions.push(await loadRevision(join(folder, name)));
  }
  return revisions;
}

function isModule(name: string): boolean {
  return /\.(ts|mts|js|mjs)$/.test(name) && !/\.d\.m?ts$/.test(name) && !/^[._]/.test(name);
}

/** @throws {MigrationError} if the file cannot be run, or declares no revision */
async function loadRevision(path: string): Promise<Revision> {
  const hash = hashOf(readFileSync(path, "utf8"));
  const module = await loadModule(path, "revision", hash);
  const declaration = module.default as RevisionDeclaration | undefined;
  if (typeof declaration !== "object" || typeof declaration.id !== "string" || typeof declaration.up !== "function") {
    throw new MigrationError(
      `${path} declares no revision`,
      'Its default export must be revision({ id: "…", after: […], message: "…", up, down }).',
    );
  }
  return { ...declaration, path, hash };
}

/** A revision that a program declares itself, without a file. */
export function asRevision(declaration: RevisionDeclaration): Revision {
  return { ...declaration, path: undefined, hash: hashOf(`${declaration.up}${declaration.down}`) };
}

/**
 * The exports of a module.
 *
 * @param fresh what tells this text of the file from another one loaded before
 * @throws {MigrationError} if Node cannot run it
 */
export async function loadModule(path: string, what: string, fresh?: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(path).href + (fresh === undefined ? "" : `?${fresh}`);
  try {
    return (await import(url)) as Record<string, unknown>;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`the ${what} ${path} cannot be loaded: ${message}`, hintOf(cause), cause);
  }
}

function hintOf(cause: unknown): string | undefined {
  const code = (cause as { readonly code?: unknown } | undefined)?.code;
  if (code === "ERR_MODULE_NOT_FOUND") {
    return "Node runs the file as it is: relative imports name the file with its ending, as in ./schema.ts, and aliases of tsconfig.json mean nothing to it. A function as `schema` in athanor.config.ts can load it through a loader of your own.";
  }
  if (code === "ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX" || code === "ERR_UNKNOWN_FILE_EXTENSION") {
    return "Node takes types away and changes nothing else: enums, decorators and parameter properties need a loader. A function as `schema` in athanor.config.ts can load it through one.";
  }
  return undefined;
}

export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
