// Opens the database at a URL, loading only the driver that it names.
import type { Database } from "athanor";

export async function open(url: string): Promise<Database<never>> {
  const { protocol } = new URL(url);
  if (protocol.startsWith("postgres")) return (await import("athanor/postgres")).postgres(url);
  const { mariadb, mysql } = await import("athanor/mysql");
  return protocol === "mysql:" ? mysql(url) : mariadb(url);
}
