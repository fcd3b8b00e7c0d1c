// Reading on MariaDB: Athanor beside mysql2 used by hand with prepared statements, both over one connection.
import { boolean, double, fn, integer, param, select, table, timestamp, varchar } from "athanor";
import { mariadb } from "athanor/mysql";
import { createConnection } from "mysql2";
import mysql2 from "mysql2/promise";
import { measure } from "./measure.ts";
import { mariadbDatabase } from "./servers.ts";

const orders = table("orders", {
  id: integer().primaryKey(),
  customer: integer(),
  title: varchar(80),
  total: double(),
  open: boolean(),
  note: varchar(80).nullable(),
  at: timestamp(),
});
const customers = table("customers", { id: integer().primaryKey(), name: varchar(80), city: varchar(80) });
const many = table("many", { id: integer().primaryKey(), title: varchar(80) });

const { url, drop } = await mariadbDatabase();
const db = mariadb(url, { max: 1 });
const raw = await mysql2.createConnection({ uri: url, timezone: "Z" });
// The interface of promises has no streams.
const streaming = createConnection(url);
await db.create({ orders, customers, many });
await db.execute(
  `insert into customers (name, city) select concat('customer ', seq), concat('city ', seq % 20) from seq_1_to_1000`,
);
await db.execute(`insert into orders (customer, title, total, open, note, at)
  select 1 + seq % 1000, concat('order ', seq), seq * 1.25, seq % 2 = 0, if(seq % 3 > 0, concat('note ', seq), null),
    now() - interval seq minute from seq_1_to_10000`);
await db.execute("insert into many (title) select concat('row ', seq) from seq_1_to_50000");
await db.execute("analyze table customers, orders, many");

let turn = 0;
const next = (): number => 1 + (turn++ % 10_000);
const columns = "id, customer, title, total, open, note, at";

const constant = select(orders).where(orders.id.eq(param("id", integer())));
const prepared = db.prepare(constant);
await measure(
  "point select, seven columns",
  [
    {
      name: "mysql2 by hand, prepared",
      run: () => raw.execute(`select ${columns} from orders where id = ?`, [next()]),
    },
    { name: "mysql2 by hand, text", run: () => raw.query(`select ${columns} from orders where id = ?`, [next()]) },
    { name: "athanor, prepared", run: () => prepared.first({ id: next() }) },
    { name: "athanor, statement in a constant", run: () => db.first(constant, { id: next() }) },
    { name: "athanor, built anew", run: () => db.first(select(orders).where(orders.id.eq(next()))) },
  ],
  { times: 300, rounds: 21 },
);

const all = select(orders);
await measure("10,000 rows of seven columns", [
  { name: "mysql2 by hand, prepared", run: () => raw.execute(`select ${columns} from orders`) },
  { name: "athanor", run: () => db.all(all) },
]);

const grouped = `select c.city, count(o.id) as n, sum(o.total) as total from customers c join orders o on o.customer = c.id
  where o.open = ? group by c.city having count(o.id) > ? order by c.city`;
await measure("join with grouping, built anew", [
  { name: "mysql2 by hand, prepared", run: () => raw.execute(grouped, [1, 3]) },
  {
    name: "athanor",
    run: () =>
      db.all(
        select({ city: customers.city, n: fn.count(orders.id), total: fn.sum(orders.total) })
          .from(customers)
          .join(orders, orders.customer.eq(customers.id))
          .where(orders.open.eq(true))
          .groupBy(customers.city)
          .having(fn.count(orders.id).gt(3))
          .orderBy(customers.city.asc()),
      ),
  },
]);

await measure(
  "50,000 rows streamed",
  [
    {
      name: "mysql2 by hand, text",
      run: async () => {
        let rows = 0;
        for await (const _ of streaming.query("select id, title from many").stream()) rows++;
        return rows;
      },
    },
    {
      name: "athanor, row by row",
      run: async () => {
        let rows = 0;
        for await (const _ of db.stream(select(many))) rows++;
        return rows;
      },
    },
    {
      name: "athanor, by batches",
      run: async () => {
        let rows = 0;
        for await (const batch of db.stream(select(many)).batches()) rows += batch.length;
        return rows;
      },
    },
  ],
  { rounds: 9 },
);

streaming.destroy();
await raw.end();
await db.close();
await drop();
