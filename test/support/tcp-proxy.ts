// A TCP proxy between a client and a real server, that makes the network misbehave: it can fall silent, hang up after so
// many bytes or at a text, and change bytes on their way.
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** Which way bytes go. */
export type Way = "to server" | "to client";

interface Link {
  readonly client: Socket;
  readonly server: Socket;
}

/** Looks at what passes and gives what is passed on; nothing, if the connection is to be cut before it. */
export type Filter = (chunk: Buffer, way: Way) => Buffer | undefined;

export class TcpProxy implements AsyncDisposable {
  readonly port: number;
  readonly #server: Server;
  readonly #links = new Set<Link>();
  #stalled = false;
  #filter: Filter | undefined;
  /** How many connections were made through it. */
  connections = 0;

  private constructor(server: Server, target: { readonly host: string; readonly port: number }) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (client) => this.#link(client, connect(target.port, target.host)));
  }

  static async start(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new TcpProxy(server, target);
  }

  /** How many connections are open. */
  get open(): number {
    return this.#links.size;
  }

  /** Passes nothing on in either direction, on any connection, until `resume()`; nothing is lost. */
  stall(): void {
    this.#stalled = true;
    for (const link of this.#links) pause(link);
  }

  resume(): void {
    this.#stalled = false;
    for (const { client, server } of this.#links) {
      client.resume();
      server.resume();
    }
  }

  /** Hangs up every connection, on both sides. */
  cut(): void {
    for (const { client, server } of this.#links) {
      client.destroy();
      server.destroy();
    }
  }

  /** Sees everything that passes from now on. */
  filter(filter: Filter | undefined): void {
    this.#filter = filter;
  }

  /** Hangs up when the next `bytes` have passed in one direction. */
  cutAfter(way: Way, bytes: number): void {
    let left = bytes;
    this.#filter = (chunk, chunkWay) => {
      if (chunkWay !== way) return chunk;
      left -= chunk.length;
      return left < 0 ? undefined : chunk;
    };
  }

  /** Hangs up before anything is passed on that contains the text. */
  cutBefore(way: Way, text: string): void {
    this.#filter = (chunk, chunkWay) => (chunkWay === way && chunk.includes(text) ? undefined : chunk);
  }

  /** Passes the text on to the server, and hangs up before the answer. */
  cutAnswerTo(text: string): void {
    let seen = false;
    this.#filter = (chunk, way) => {
      if (way === "to server") seen ||= chunk.includes(text);
      else if (seen) return undefined;
      return chunk;
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #link(client: Socket, server: Socket): void {
    const link = { client, server };
    this.connections++;
    this.#links.add(link);
    const pass = (from: Socket, to: Socket, way: Way): void => {
      from.on("data", (chunk: Buffer) => {
        const passed = this.#filter ? this.#filter(chunk, way) : chunk;
        if (passed) to.write(passed);
        else this.#hangUp(link);
      });
      from.on("end", () => to.end());
      from.on("error", () => this.#hangUp(link));
      from.on("close", () => this.#hangUp(link));
    };
    pass(client, server, "to server");
    pass(server, client, "to client");
    if (this.#stalled) pause(link);
  }

  #hangUp(link: Link): void {
    this.#links.delete(link);
    link.client.destroy();
    link.server.destroy();
  }
}

function pause({ client, server }: Link): void {
  client.pause();
  server.pause();
}
