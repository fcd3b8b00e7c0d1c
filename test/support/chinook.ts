// The Chinook database, which is not part of the repository: CHINOOK says where it is, or it lies beside it. Each use gets a
// copy, so that nothing is ever written to the file itself.
import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const path = process.env.CHINOOK ?? "../shared/data/chinook/chinook.sqlite";

/** Why tests that need the data are left out; undefined if it is there. In CI it must be. */
export const missing: string | undefined = existsSync(path)
  ? undefined
  : `there is no ${path}: say where chinook.sqlite is with CHINOOK=…`;
if (missing !== undefined && process.env.CI === "true") throw new Error(missing);

/** A copy of the database, until it is disposed of. */
export function chinookCopy(): { readonly path: string } & Disposable {
  const folder = mkdtempSync(join(tmpdir(), "athanor-chinook-"));
  const copy = join(folder, "chinook.sqlite");
  copyFileSync(path, copy);
  chmodSync(copy, 0o600);
  return { path: copy, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}
