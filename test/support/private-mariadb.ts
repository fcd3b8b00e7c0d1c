// A MariaDB server of a test's own, for what cannot be done to one that others use: restarting it, TLS. Where the server's
// programs are not installed, there is none.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answers, folderWith, freePort, selfSigned, serverUser } from "./private-server.ts";

const server = folderWith(["mariadbd"], ["/usr/sbin", "/usr/local/sbin"]);
const installer = folderWith(["mariadb-install-db"], ["/usr/bin"]);

/** Whether there can be one. */
export const canRunMariadb: boolean = server !== undefined && installer !== undefined && process.platform !== "win32";

export interface PrivateMariadb extends AsyncDisposable {
  readonly port: number;
  /** `mysql://root@127.0.0.1:port/own` */
  readonly url: string;
  /** The certificate that it shows. */
  readonly certificate: string;
  start(): Promise<void>;
  /** Stops it in order; with SIGKILL, as if it had crashed. */
  stop(signal?: "SIGTERM" | "SIGKILL"): Promise<void>;
  restart(): Promise<void>;
}

/** Starts a server with a database `own`. */
export async function privateMariadb(): Promise<PrivateMariadb> {
  const directory = mkdtempSync(join(tmpdir(), "athanor-mariadb-"));
  const port = await freePort();
  const user = serverUser("mysql");
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, "data");
  const { key, certificate } = selfSigned(directory, user);
  const asUser = { cwd: directory, ...user };
  execFileSync(
    join(installer as string, "mariadb-install-db"),
    ["--no-defaults", `--datadir=${data}`, "--auth-root-authentication-method=normal", "--skip-test-db"],
    { stdio: "ignore", ...asUser },
  );
  const options = [
    "--no-defaults",
    `--datadir=${data}`,
    `--port=${port}`,
    "--bind-address=127.0.0.1",
    `--socket=${join(directory, "socket")}`,
    `--pid-file=${join(directory, "pid")}`,
    `--log-error=${join(directory, "log")}`,
    `--ssl-key=${key}`,
    `--ssl-cert=${certificate}`,
    "--innodb-flush-log-at-trx-commit=2",
  ];
  let running: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    running = spawn(join(server as string, "mariadbd"), options, { stdio: "ignore", ...asUser });
    while (!(await answers(port))) {
      if (running.exitCode !== null) throw new Error(readFileSync(join(directory, "log"), "utf8"));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const stop = async (signal: "SIGTERM" | "SIGKILL" = "SIGTERM"): Promise<void> => {
    const ending = running;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    ending.kill(signal);
    await once(ending, "exit");
  };
  await start();
  execFileSync(
    "mariadb",
    ["--no-defaults", "-h", "127.0.0.1", "-P", String(port), "-u", "root", "-e", "create database own"],
    { stdio: "ignore" },
  );
  return {
    port,
    url: `mysql://root@127.0.0.1:${port}/own`,
    certificate,
    start,
    stop,
    async restart() {
      await stop();
      await start();
    },
    async [Symbol.asyncDispose]() {
      await stop("SIGKILL");
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
