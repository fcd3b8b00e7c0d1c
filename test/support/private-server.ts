// What servers of a test's own share: a port that is free, a certificate that nobody else knows, a user to run as.
import { execFileSync } from "node:child_process";
import { chmodSync, chownSync, existsSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { join } from "node:path";

/** The first of the folders, then of PATH, that has all of the programs. */
export function folderWith(programs: readonly string[], folders: readonly string[]): string | undefined {
  return [...folders, ...(process.env.PATH ?? "").split(":")].find((bin) =>
    programs.every((program) => existsSync(join(bin, program))),
  );
}

export interface RunAs {
  readonly uid: number;
  readonly gid: number;
}

/** Servers refuse to run as root: then they run as the user that was made for them. */
export function serverUser(name: string): RunAs | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string): number => Number(execFileSync("id", [flag, name]).toString());
  return { uid: id("-u"), gid: id("-g") };
}

/** Makes a certificate for 127.0.0.1 and localhost that is signed by itself. */
export function selfSigned(
  directory: string,
  user: RunAs | undefined,
): { readonly key: string; readonly certificate: string } {
  const key = join(directory, "server.key");
  const certificate = join(directory, "server.crt");
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"];
  execFileSync(
    "openssl",
    ["req", "-new", "-x509", "-nodes", "-newkey", "rsa:2048", "-keyout", key, "-out", certificate, ...subject],
    { stdio: "ignore" },
  );
  chmodSync(key, 0o600);
  if (user) chownSync(key, user.uid, user.gid);
  return { key, certificate };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** Whether something listens on a port of this machine. */
export function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
