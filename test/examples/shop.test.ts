// The shop over HTTP, as its clients meet it, on every database.

import { spawn } from "node:child_process";
import { tracingChannel } from "node:diagnostics_channel";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Deadlock } from "athanor";
import { StaleDataError } from "athanor/orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fill } from "../../examples/shop/fill.ts";
import { problemOf } from "../../examples/shop/problems.ts";
import * as schema from "../../examples/shop/schema.ts";
import { shopOn } from "../../examples/shop/server.ts";
import { databases } from "../support/databases.ts";

interface Answer {
  readonly status: number;
  /** Whatever JSON came. */
  readonly body: any;
}

interface Query {
  readonly filter?: unknown;
  readonly sort?: string;
  readonly size?: string;
  readonly after?: string;
  readonly before?: string;
}

describe.each(databases)("the shop on $name", ({ db }) => {
  let server: Server;
  const log: string[] = [];

  beforeAll(async () => {
    await db.create(schema);
    await fill(db);
    server = shopOn(db, { cursorSecret: "a secret", log: (line) => log.push(line) });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    expect(log).toEqual([]);
  });

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, {
      method,
      headers: { authorization: "Bearer tea", ...headers },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  }
  const get = (path: string, headers?: Record<string, string>) => call("GET", path, undefined, headers);
  const list = (path: string, query: Query, headers?: Record<string, string>) => {
    const { filter, ...rest } = query;
    const given = { ...rest, ...(filter !== undefined && { filter: JSON.stringify(filter) }) } as Record<
      string,
      string
    >;
    return get(`${path}?${new URLSearchParams(given)}`, headers);
  };
  const asCoffee = { authorization: "Bearer coffee" };

  let made = 0;
  async function newProduct(values: object = {}): Promise<any> {
    const product = { sku: `made-${++made}`, name: "Made", price: "2.50", stock: 3, ...values };
    const { status, body } = await call("POST", "/products", product);
    expect(status).toBe(201);
    return body;
  }
  const order = (lines: readonly unknown[], key = `key of request ${++made}`, more: object = {}) =>
    call("POST", "/orders", { customer: "Ann", lines, ...more }, { "idempotency-key": key });
  const stockOf = async ({ id }: { id: number }) => (await get(`/products/${id}`)).body.stock;
  const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).toSorted();

  test("an order takes its goods out of stock and keeps the price they had", async () => {
    const [black, green] = [await newProduct({ stock: 5 }), await newProduct({ price: "0.10", stock: 9 })];
    const placed = await order([
      { productId: black.id, quantity: 2 },
      { productId: green.id, quantity: 3 },
    ]);
    expect(placed).toEqual({
      status: 201,
      body: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        customer: "Ann",
        note: null,
        status: "placed",
        placedAt: expect.stringMatching(/^\d{4}-.*Z$/),
        total: "5.30",
        lines: [
          { sku: black.sku, name: "Made", quantity: 2, price: "2.50" },
          { sku: green.sku, name: "Made", quantity: 3, price: "0.10" },
        ],
      },
    });
    expect([await stockOf(black), await stockOf(green)]).toEqual([3, 6]);
    await call("PATCH", `/products/${black.id}`, { version: 2, price: "99.00" });
    const { body } = await list("/orders", { filter: { lines: { any: { product: { sku: black.sku } } } } });
    expect(body.items).toEqual([placed.body]);
  });

  test("what cannot be had in full is not taken in part", async () => {
    const [many, few] = [await newProduct({ stock: 10 }), await newProduct({ stock: 1 })];
    const refused = await order([
      { productId: many.id, quantity: 2 },
      { productId: few.id, quantity: 2 },
    ]);
    expect(refused).toEqual({
      status: 409,
      body: {
        title: "There is not enough in stock",
        status: 409,
        issues: [{ path: "lines.1.quantity", message: "1 are left" }],
      },
    });
    expect([await stockOf(many), await stockOf(few)]).toEqual([10, 1]);
  });

  test("of twelve who want one of the last three at once, three get one", async () => {
    const last = await newProduct({ stock: 3 });
    const answers = await Promise.all(Array.from({ length: 12 }, () => order([{ productId: last.id, quantity: 1 }])));
    expect(statuses(answers)).toEqual([...Array(3).fill(201), ...Array(9).fill(409)]);
    expect(await stockOf(last)).toBe(0);
    const { body } = await get("/sales");
    expect(body.find((one: any) => one.sku === last.sku)).toEqual({ sku: last.sku, sold: 3, revenue: "7.50" });
  });

  test("orders for the same goods in opposite orders do not get stuck", async () => {
    const [one, other] = [await newProduct({ stock: 100 }), await newProduct({ stock: 100 })];
    const lines = [one, other].map(({ id }) => ({ productId: id, quantity: 1 }));
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => order(i % 2 === 0 ? lines : lines.toReversed())),
    );
    expect(statuses(answers)).toEqual(Array(6).fill(201));
    expect([await stockOf(one), await stockOf(other)]).toEqual([94, 94]);
  });

  test("a request that is sent again places no second order, also at the same time", async () => {
    const product = await newProduct({ stock: 10 });
    const lines = [{ productId: product.id, quantity: 1 }];
    const key = `the same request ${++made}`;
    const answers = await Promise.all(Array.from({ length: 5 }, () => order(lines, key)));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers[0]?.body).toEqual((await order(lines, key)).body);
    expect(await stockOf(product)).toBe(9);
    expect(await order([{ productId: product.id, quantity: 2 }], key)).toMatchObject({ status: 422 });
    expect(await order(lines, key, { note: "another" })).toMatchObject({ status: 422 });
    // Keys are a tenant's own.
    const elsewhere = await call(
      "POST",
      "/orders",
      { customer: "Bob", lines: [{ productId: 4, quantity: 1 }] },
      {
        ...asCoffee,
        "idempotency-key": key,
      },
    );
    expect(elsewhere.status).toBe(201);
  });

  test("an order is cancelled once, and its goods are back", async () => {
    const product = await newProduct({ stock: 4 });
    const { body: placed } = await order([{ productId: product.id, quantity: 4 }]);
    expect(await stockOf(product)).toBe(0);
    const answers = await Promise.all(Array.from({ length: 3 }, () => call("POST", `/orders/${placed.id}/cancel`)));
    expect(statuses(answers)).toEqual([200, 409, 409]);
    expect(await stockOf(product)).toBe(4);
    const { body } = await list("/orders", { filter: { status: "cancelled" } });
    expect(body.items).toEqual([{ ...placed, status: "cancelled" }]);
  });

  test("of two who change what they both saw, the second is told what it is now", async () => {
    const seen = await newProduct();
    const [first, second] = await Promise.all([
      call("PATCH", `/products/${seen.id}`, { version: seen.version, price: "3.00" }),
      call("PATCH", `/products/${seen.id}`, { version: seen.version, price: "4.00" }),
    ]);
    expect(statuses([first, second])).toEqual([200, 409]);
    const late = await call("PATCH", `/products/${seen.id}`, { version: seen.version, stock: 7 });
    const { body: current } = await get(`/products/${seen.id}`);
    expect(late).toEqual({
      status: 409,
      body: { title: "Somebody else has changed this product", status: 409, current },
    });
    expect(current).toEqual({ ...seen, version: 2, price: first.status === 200 ? "3.00" : "4.00" });
    expect(await call("PATCH", `/products/${seen.id}`, { version: 2, stock: 7 })).toMatchObject({ body: { stock: 7 } });
  });

  test("tenants do not see, find, count, order or change what is another's", async () => {
    const secret = (
      await call("POST", "/products", { sku: "geisha", name: "Geisha", price: "80.00", stock: 5 }, asCoffee)
    ).body;
    expect(await newProduct({ sku: "geisha" })).toMatchObject({ sku: "geisha" });
    expect((await call("POST", "/products", { sku: "geisha", name: "Twice", price: "1.00", stock: 1 })).status).toBe(
      409,
    );
    const theirs = (
      await call(
        "POST",
        "/orders",
        { customer: "Zoe", lines: [{ productId: secret.id, quantity: 1 }] },
        {
          ...asCoffee,
          "idempotency-key": "an order of coffee",
        },
      )
    ).body;

    expect((await get(`/products/${secret.id}`)).status).toBe(404);
    expect((await call("PATCH", `/products/${secret.id}`, { version: 2, stock: 0 })).status).toBe(404);
    expect((await call("POST", `/orders/${theirs.id}/cancel`)).status).toBe(404);
    expect((await order([{ productId: secret.id, quantity: 1 }])).body.issues).toEqual([
      { path: "lines.0.productId", message: "there is no such product" },
    ]);
    expect((await list("/products", { filter: { name: { in: ["Geisha", "Sidamo"] } } })).body.items).toEqual([]);
    const all = { or: [{ customer: "Zoe" }, { not: { customer: "nobody" } }] };
    const seen = (await list("/orders", { filter: all, size: "100" })).body.items;
    expect(seen.map((one: any) => one.id)).not.toContain(theirs.id);
    expect(seen.length).toBeGreaterThan(0);
    expect((await get("/sales")).body.map((one: any) => one.sku)).not.toContain("sidamo");
    expect(await get(`/products/${secret.id}`, asCoffee)).toMatchObject({ status: 200, body: { stock: 4 } });
  });

  test("pages show every product once, there and back, in any order", async () => {
    await Promise.all(Array.from({ length: 7 }, (_, i) => newProduct({ name: `Page ${i % 3}`, price: `${i % 2}.00` })));
    const filter = { name: { startsWith: "Page" } };
    const there: number[] = [];
    let page = await list("/products", { filter, sort: "-name,price", size: "2" });
    for (;;) {
      there.push(...page.body.items.map((one: any) => one.id));
      if (page.body.next === null) break;
      page = await list("/products", { filter, sort: "-name,price", size: "2", after: page.body.next });
    }
    expect(there).toHaveLength(7);
    expect(new Set(there).size).toBe(7);
    const back = page.body.items.map((one: any) => one.id).toReversed();
    while (page.body.previous !== null) {
      page = await list("/products", { filter, sort: "-name,price", size: "2", before: page.body.previous });
      back.push(...page.body.items.map((one: any) => one.id).toReversed());
    }
    expect(back.toReversed()).toEqual(there);
  });

  test("a cursor that was altered, or is another list's, is refused", async () => {
    const { next } = (await list("/products", { sort: "name", size: "1" })).body;
    const refused = { status: 400, body: { title: "The cursor is none of this list", status: 400 } };
    const altered = [
      next.slice(0, -1),
      `${next}A`,
      next.replace(/.$/, (last: string) => (last === "A" ? "Q" : "A")),
      next.toLowerCase(),
      "",
      "null",
      "' or 1=1 --",
      "A".repeat(5000),
    ];
    for (const cursor of altered) {
      expect(await list("/products", { sort: "name", after: cursor })).toEqual(refused);
    }
    expect(await list("/products", { sort: "-name", after: next })).toEqual(refused);
    expect(await list("/products", { sort: "name", filter: { sku: "x" }, after: next })).toEqual(refused);
    expect(await list("/orders", { after: next })).toEqual(refused);
    for (const size of ["0", "101", "1.5", "-1", "NaN", "1e9"]) {
      expect(await list("/products", { size })).toMatchObject({ status: 400, body: { issues: [{ path: "size" }] } });
    }
  });

  const hostile: readonly (readonly [what: string, path: string, query: Query, where: string])[] = [
    ["another column", "/products", { filter: { tenantId: 2 } }, "filter.tenantId"],
    [
      "another relationship",
      "/orders",
      { filter: { lines: { any: { product: { stock: 1 } } } } },
      "filter.lines.any.product.stock",
    ],
    ["a way back", "/orders", { filter: { lines: { any: { order: { customer: "Ann" } } } } }, "filter.lines.any.order"],
    ["an operator", "/products", { filter: { name: { like: "%%%%%" } } }, "filter.name.like"],
    ["a pattern's cost", "/products", { filter: { name: { contains: "x".repeat(2000) } } }, "filter.name.contains"],
    ["a name of Object.prototype", "/products", { filter: { constructor: { name: "x" } } }, "filter.constructor"],
    ["SQL for a number", "/products", { filter: { stock: "0 or 1=1" } }, "filter.stock"],
    ["an object for text", "/products", { filter: { name: { eq: { a: 1 } } } }, "filter.name.eq"],
    ["a list that is too long", "/products", { filter: { stock: { in: Array(101).fill(1) } } }, "filter.stock.in"],
    ["an order by another column", "/products", { sort: "tenantId" }, "sort.0"],
    ["SQL for an order", "/products", { sort: "name; drop table products" }, "sort.0"],
    ["no JSON", "/products?filter={", {}, "filter"],
    ["a list for a filter", "/products", { filter: [] }, "filter"],
  ];
  test.each(hostile)("a filter cannot have %s", async (_, path, query, where) => {
    const { status, body } = path.includes("?") ? await get(path) : await list(path, query);
    expect(status).toBe(400);
    expect(body.issues.map((issue: any) => issue.path)).toContain(where);
  });

  test("a filter of any depth is refused, and so is a long one", async () => {
    const deep = JSON.parse(`${'{"not":'.repeat(300)}{}${"}".repeat(300)}`);
    expect(await list("/products", { filter: deep })).toMatchObject({ status: 400 });
    expect(await list("/products", { filter: { or: Array(60).fill({ stock: 1 }) } })).toMatchObject({ status: 400 });
    const __proto__ = await get(`/products?filter=${encodeURIComponent('{"__proto__":{"stock":1}}')}`);
    expect(__proto__.body.issues).toEqual([{ path: "filter.__proto__", message: "is not allowed" }]);
  });

  test("everything that is wrong with a request is said at once", async () => {
    const { body } = await order(
      [{ productId: 1, quantity: 0 }, { productId: "1" }, 5, { productId: 1, quantity: 2, price: "0.01" }],
      undefined,
      { customer: null, tenantId: 2 },
    );
    expect(body).toEqual({
      title: "The request is not allowed as it is",
      status: 400,
      issues: [
        { path: "customer", message: "cannot be null" },
        { path: "tenantId", message: "is not allowed" },
        { path: "lines.0.quantity", message: "expected a number from 1 to 1000" },
        { path: "lines.1.productId", message: expect.stringMatching(/found a string$/) },
        { path: "lines.1.quantity", message: "is required" },
        { path: "lines.2", message: "expected an object" },
        { path: "lines.3.price", message: "is not allowed" },
      ],
    });
    const empty = await call("PATCH", "/products/1", {});
    expect(empty.body.issues).toEqual([{ path: "version", message: "is required" }]);
    expect((await call("PATCH", "/products/1", [])).body.issues).toEqual([{ path: "", message: "expected an object" }]);
    expect(await call("PATCH", "/products/1", { version: 1, stock: -1 })).toMatchObject({ status: 400 });
  });

  test("requests that lead nowhere are told so", async () => {
    expect(await get("/products", { authorization: "" })).toMatchObject({ status: 401 });
    expect(await get("/products", { authorization: "Bearer milk" })).toMatchObject({ status: 401 });
    expect(await get("//")).toMatchObject({ status: 400 });
    expect(await get("/nowhere")).toMatchObject({ status: 404 });
    expect(await get("/products/999999999")).toMatchObject({ status: 404 });
    expect(await get("/products/1%20or%201=1")).toMatchObject({ status: 404 });
    expect(await call("POST", "/orders/01a2102d-3639-770a-9959-7de0d02fb2dd/cancel")).toMatchObject({ status: 404 });
    expect(await call("PATCH", "/products", {})).toMatchObject({ status: 405 });
    expect(await call("POST", "/products", "{ no JSON")).toMatchObject({ status: 400 });
    expect(await call("POST", "/products", JSON.stringify("x".repeat(150_000)))).toMatchObject({ status: 413 });
    expect(await call("POST", "/orders", { customer: "Ann", lines: [] })).toMatchObject({
      status: 400,
      body: { title: "An Idempotency-Key of 8 to 100 characters is required" },
    });
  });

  test("a page of orders takes as many statements, however many orders it has", async () => {
    const product = await newProduct({ stock: 20 });
    for (let i = 0; i < 5; i++) await order([{ productId: product.id, quantity: 1 }]);
    let sent = 0;
    const { start } = tracingChannel("athanor:query");
    const count = () => void sent++;
    const statementsFor = async (size: number) => {
      sent = 0;
      start.subscribe(count);
      const { body } = await list("/orders", { size: String(size) });
      start.unsubscribe(count);
      expect(body.items).toHaveLength(size);
      return sent;
    };
    // The tenant, the orders with what they cost, their lines, the products.
    expect([await statementsFor(1), await statementsFor(5)]).toEqual([4, 4]);
  });
});

test("what is over soon is 503, what is nobody's business 500", () => {
  expect(problemOf(new Deadlock({ message: "met another" }))).toMatchObject({ status: 503 });
  expect(problemOf(new StaleDataError("changed"))).toMatchObject({ status: 409 });
  expect(problemOf(new TypeError("secret"))).toMatchObject({ status: 500, message: "Something went wrong" });
});

test("`npm run shop` opens, answers, and closes when it is asked to", async () => {
  const shop = spawn(process.execPath, ["--conditions=athanor-source", "examples/shop.ts"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  for await (const chunk of shop.stdout.iterator({ destroyOnReturn: false })) {
    printed += chunk;
    if (printed.includes("my first order")) break;
  }
  const [, url] = /open at (\S+),/.exec(printed) ?? [];
  const response = await fetch(`${url}/products?sort=-price&size=1`, { headers: { authorization: "Bearer tea" } });
  expect(await response.json()).toMatchObject({ items: [{ sku: "oolong" }] });
  shop.kill("SIGINT");
  expect(await once(shop, "exit")).toEqual([0, null]);
});
