// A small web service: orders, stock that two people want at once, several tenants, searches from outside, pages. It keeps its
// data in memory, unless it is given an empty database to keep it in.
//
//   npm run shop
//   npm run shop -- postgres://postgres@127.0.0.1/shop
import type { AddressInfo } from "node:net";
import { fn, select } from "athanor";
import { connect } from "athanor/connect";
import { fill } from "./shop/fill.ts";
import * as schema from "./shop/schema.ts";
import { shopOn } from "./shop/server.ts";

const db = await connect(process.argv[2] ?? ":memory:");
await db.create(schema, { ifNotExists: true });
if ((await db.scalar(select({ n: fn.count() }).from(schema.tenants))) === 0) await fill(db);

const server = shopOn(db, { cursorSecret: process.env.CURSOR_SECRET ?? "only for an example" });
server.listen(Number(process.env.PORT ?? 0), () => {
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  console.log(`The shop is open at ${url}, for the tenants "tea" and "coffee".

  curl '${url}/products?sort=-price&size=2' -H 'Authorization: Bearer tea'
  curl -G '${url}/products' --data-urlencode 'filter={"price":{"lt":"12"}}' -H 'Authorization: Bearer tea'
  curl '${url}/orders' -H 'Authorization: Bearer tea' -H 'Idempotency-Key: my first order' \\
    -d '{ "customer": "Ann", "lines": [{ "productId": 3, "quantity": 1 }] }'`);
});

process.once("SIGINT", () => {
  server.close(() => void db.close());
  server.closeIdleConnections();
});
