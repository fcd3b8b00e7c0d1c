// PostgreSQL is told to stop a statement over a second connection. It closes that connection after it has signalled the
// process that runs the statement, so once it is closed no cancel can arrive late.
import type { Pg, PgClient } from "./pg-client.ts";

/** Asks the server to stop what the client runs. Answers whether the server has confirmed within `timeout` milliseconds. */
export function requestCancel(pg: Pg, client: PgClient, timeout: number): Promise<boolean> {
  const { processID, secretKey } = client;
  if (processID === null || secretKey === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const wire = new pg.Connection({ ssl: client.ssl, sslNegotiation: client.sslNegotiation });
    let sent = false;
    const settle = (confirmed: boolean): void => {
      clearTimeout(timer);
      resolve(confirmed);
      wire.stream.destroy();
    };
    const timer = setTimeout(settle, timeout, false);
    const cancel = (): void => {
      sent = true;
      wire.cancel(processID, secretKey);
    };
    wire.on("connect", () => {
      if (client.ssl && client.sslNegotiation !== "direct") wire.requestSsl();
      else if (!client.ssl) cancel();
    });
    wire.on("sslconnect", cancel);
    wire.on("error", () => settle(false));
    wire.on("end", () => settle(sent));
    if (client.host.startsWith("/")) wire.connect(`${client.host}/.s.PGSQL.${client.port}`);
    else wire.connect(client.port, client.host);
  });
}
