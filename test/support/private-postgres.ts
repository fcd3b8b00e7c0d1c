// A PostgreSQL server of a test's own, for what cannot be done to one that others use: restarting it, passwords, TLS,
// settings that need a restart. Where the server's programs are not installed, there is none.
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, globSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { folderWith, freePort, selfSigned, serverUser } from "./private-server.ts";

// Debian's, and where others are found by PATH.
const folder = folderWith(["initdb", "pg_ctl"], globSync("/usr/lib/postgresql/*/bin").sort().reverse());

/** Whether there can be one. */
export const canRunPostgres: boolean = folder !== undefined && process.platform !== "win32";

export interface PrivatePostgres extends Disposable {
  readonly port: number;
  /** `postgres://owner:secret@127.0.0.1:port/postgres` */
  readonly url: string;
  /** Where its socket is. */
  readonly folder: string;
  /** The certificate that it shows, if it speaks TLS. */
  readonly certificate: string;
  restart(): void;
  stop(): void;
  start(): void;
}

/** Starts a server whose user `owner` has the password `secret`. */
export async function privatePostgres(settings: Readonly<Record<string, string>> = {}): Promise<PrivatePostgres> {
  const directory = mkdtempSync(join(tmpdir(), "athanor-postgres-"));
  const port = await freePort();
  const user = serverUser("postgres");
  const run = (program: string, ...args: readonly string[]): void => {
    execFileSync(join(folder as string, program), args, { stdio: "ignore", cwd: directory, ...user });
  };
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, "data");
  const password = join(directory, "password");
  writeFileSync(password, "secret\n");
  chmodSync(password, 0o644);
  run("initdb", "-D", data, "-U", "owner", "-A", "scram-sha-256", `--pwfile=${password}`, "-E", "UTF8", "--no-sync");
  const { key, certificate } = selfSigned(directory, user);
  const all = {
    port: String(port),
    listen_addresses: "127.0.0.1",
    unix_socket_directories: directory,
    fsync: "off",
    ssl: "on",
    ssl_key_file: key,
    ssl_cert_file: certificate,
    ...settings,
  };
  const text = Object.entries(all).map(([name, value]) => `${name} = '${value}'\n`);
  writeFileSync(join(data, "postgresql.auto.conf"), text.join(""));
  const start = (): void => run("pg_ctl", "-D", data, "-w", "-l", join(directory, "log"), "start");
  const stop = (): void => run("pg_ctl", "-D", data, "-m", "fast", "-w", "stop");
  start();
  return {
    port,
    url: `postgres://owner:secret@127.0.0.1:${port}/postgres`,
    folder: directory,
    certificate,
    start,
    stop,
    restart() {
      stop();
      start();
    },
    [Symbol.dispose]() {
      try {
        run("pg_ctl", "-D", data, "-m", "immediate", "stop");
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  };
}
