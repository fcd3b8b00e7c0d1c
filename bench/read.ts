// Reading on SQLite: Athanor and Kysely beside better-sqlite3 used by hand with cached prepared statements.
import { fn, integer, param, select } from "athanor";
import { Kysely, SqliteDialect } from "kysely";
import { measure } from "./measure.ts";
import { customers, openShop, orders } from "./shop.ts";

const { db, raw, close } = await openShop();
const kysely = new Kysely<any>({ dialect: new SqliteDialect({ database: raw as never }) });
let turn = 0;
const next = (): number => 1 + (turn++ % 10_000);

const pointSql = raw.prepare("select id, customer_id, title, total, quantity, note, state from orders where id = ?");
const constant = select(orders).where(orders.id.eq(param("id", integer())));
const prepared = db.prepare(constant);
await measure(
  "point select, seven columns",
  [
    { name: "better-sqlite3 by hand", run: () => pointSql.get(next()) },
    { name: "athanor, prepared", run: () => prepared.first({ id: next() }) },
    { name: "athanor, statement in a constant", run: () => db.first(constant, { id: next() }) },
    { name: "athanor, built anew", run: () => db.first(select(orders).where(orders.id.eq(next()))) },
    { name: "kysely", run: () => kysely.selectFrom("orders").selectAll().where("id", "=", next()).executeTakeFirst() },
  ],
  { times: 3000, rounds: 21 },
);

const allSql = raw.prepare("select id, customer_id, title, total, quantity, note, state from orders");
const all = select(orders);
await measure("10,000 rows of seven columns", [
  { name: "better-sqlite3 by hand", run: () => allSql.all() },
  { name: "athanor", run: () => db.all(all) },
  { name: "kysely", run: () => kysely.selectFrom("orders").selectAll().execute() },
]);

const groupSql = raw.prepare(
  "select c.city, count(o.id) as n, sum(o.total) as total from customers c join orders o on o.customer_id = c.id where o.state = ? group by c.city having count(o.id) > ? order by c.city",
);
await measure(
  "join with grouping, built anew",
  [
    { name: "better-sqlite3 by hand", run: () => groupSql.all("open", 3) },
    {
      name: "athanor",
      run: () =>
        db.all(
          select({ city: customers.city, n: fn.count(orders.id), total: fn.sum(orders.total) })
            .from(customers)
            .join(orders, orders.customerId.eq(customers.id))
            .where(orders.state.eq("open"))
            .groupBy(customers.city)
            .having(fn.count(orders.id).gt(3))
            .orderBy(customers.city.asc()),
        ),
    },
    {
      name: "kysely",
      run: () =>
        kysely
          .selectFrom("customers as c")
          .innerJoin("orders as o", "o.customer_id", "c.id")
          .select(["c.city", (e) => e.fn.count("o.id").as("n"), (e) => e.fn.sum("o.total").as("total")])
          .where("o.state", "=", "open")
          .groupBy("c.city")
          .having((e) => e.fn.count("o.id"), ">", 3)
          .orderBy("c.city")
          .execute(),
    },
  ],
  { rounds: 21 },
);

const fiveTimes = raw.prepare(
  "select o.id, o.customer_id, o.title, o.total, o.quantity, o.note, o.state from orders o cross join (select id from customers where id <= 5) copies",
);
const copies = select({ id: customers.id }).from(customers).where(customers.id.lte(5)).as("copies");
const streamed = select({ ...orders })
  .from(orders)
  .crossJoin(copies);
await measure(
  "streaming 50,000 rows",
  [
    {
      name: "better-sqlite3 by hand",
      run: () => {
        let n = 0;
        for (const row of fiveTimes.iterate()) if (row) n++;
        return n;
      },
    },
    {
      name: "athanor",
      run: async () => {
        let n = 0;
        for await (const row of db.stream(streamed)) if (row) n++;
        return n;
      },
    },
  ],
  { rounds: 11 },
);
await close();
