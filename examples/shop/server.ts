// The shop as a web service on node:http alone.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { type Database, param, select, text } from "athanor";
import { Session } from "athanor/orm";
import { logged, Problem, problemOf } from "./problems.ts";
import { type Reply, type Route, routes } from "./routes.ts";
import { tenants } from "./schema.ts";

export interface ShopOptions {
  /** Signs cursors; the same on every server of the shop. */
  readonly cursorSecret: string;
  readonly log?: (line: string) => void;
}

export function shopOn(db: Database<never>, { cursorSecret, log = console.error }: ShopOptions): Server {
  const answer = async (request: IncomingMessage): Promise<Reply> => {
    const url = URL.parse(request.url ?? "/", "http://shop");
    if (url === null) throw new Problem(400, "This is no address");
    const { route, parts } = routeOf(request.method, url.pathname);
    const tenantId = await tenantOf(db, request);
    const body = route.method === "GET" ? undefined : await bodyOf(request);
    const asked = { tenantId, parts, query: url.searchParams, headers: request.headers, body };
    return Session.run(db, (session) => route.answer({ session, ...asked }), {
      parameters: { tenant: tenantId },
      cursorSecret,
      retry: route.retry,
    });
  };

  return createServer(async (request, response) => {
    const { status, body } = await answer(request).catch((error: unknown): Reply => {
      const { status, message: title, details } = problemOf(error);
      if (status >= 500) log(`${request.method} ${request.url}: ${logged(error)}`);
      const issues = details.issues?.map(({ path, message }) => ({ path: path.join("."), message }));
      return { status, body: { title, status, ...details, issues } };
    });
    const type = status < 400 ? "application/json" : "application/problem+json";
    response.writeHead(status, { "content-type": type, ...(status === 503 && { "retry-after": "1" }) });
    response.end(JSON.stringify(body));
  });
}

const placeholders = { number: "(\\d{1,9})", uuid: "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})" };
const patterns = routes.map((route) => ({
  route,
  pattern: new RegExp(`^${route.path.replace(/:(number|uuid)/g, (_, kind: "number" | "uuid") => placeholders[kind])}$`),
}));

function routeOf(method: string | undefined, path: string): { route: Route; parts: readonly string[] } {
  const there = patterns.filter(({ pattern }) => pattern.test(path));
  const found = there.find(({ route }) => route.method === method);
  if (found !== undefined) return { route: found.route, parts: found.pattern.exec(path)?.slice(1) ?? [] };
  if (there.length === 0) throw new Problem(404, "There is nothing at this address");
  throw new Problem(405, `This address answers to ${there.map(({ route }) => route.method).join(", ")}`);
}

const tenantByToken = select({ id: tenants.id })
  .from(tenants)
  .where(tenants.tokenHash.eq(param("hash", text())));

async function tenantOf(db: Database<never>, { headers }: IncomingMessage): Promise<number> {
  const [, token] = /^Bearer (\S+)$/.exec(headers.authorization ?? "") ?? [];
  const tenant = token && (await db.first(tenantByToken, { hash: hashOf(token) }));
  if (!tenant) throw new Problem(401, "Say who you are: Authorization: Bearer …");
  return tenant.id;
}

export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

const mostBytes = 100_000;

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // What is refused half read is still answered.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Problem(413, `A request has at most ${mostBytes} bytes`);
    chunks.push(chunk);
  }
  if (bytes === 0) return {};
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new Problem(400, "The request is no JSON");
  }
}
