// PostgreSQL: Athanor beside pg used by hand with named statements, both over one connection.
import { boolean, double, fn, insertInto, integer, param, select, table, text, timestamptz, update } from "athanor";
import { postgres } from "athanor/postgres";
import pg from "pg";
import { measure } from "./measure.ts";

const server = new URL(process.env.ATHANOR_POSTGRES_URL ?? "postgres://postgres@127.0.0.1:5432/postgres");
const name = `athanor_bench_${process.pid}`;
const admin = new pg.Client({ connectionString: server.href });
await admin.connect();
await admin.query(`create database ${name}`);
const url = new URL(server);
url.pathname = `/${name}`;

const orders = table("orders", {
  id: integer().primaryKey(),
  customer: integer(),
  title: text(),
  total: double(),
  open: boolean(),
  note: text().nullable(),
  at: timestamptz(),
});
const customers = table("customers", { id: integer().primaryKey(), name: text(), city: text() });
const many = table("many", { id: integer().primaryKey(), title: text() });

const db = postgres(url.href, { max: 1 });
const raw = new pg.Client({ connectionString: url.href });
await raw.connect();
await db.create({ orders, customers, many });
await db.execute(`
  insert into customers (name, city) select 'customer ' || n, 'city ' || n % 20 from generate_series(1, 1000) n;
  insert into orders (customer, title, total, open, note, at)
    select 1 + n % 1000, 'order ' || n, n * 1.25, n % 2 = 0, case when n % 3 > 0 then 'note ' || n end, now() - n * interval '1 minute'
    from generate_series(1, 10000) n;
  insert into many (title) select 'row ' || n from generate_series(1, 50000) n;
  analyze`);

let turn = 0;
const next = (): number => 1 + (turn++ % 10_000);
const columns = "id, customer, title, total, open, note, at";

const constant = select(orders).where(orders.id.eq(param("id", integer())));
const prepared = db.prepare(constant);
await measure(
  "point select, seven columns",
  [
    {
      name: "pg by hand, named",
      run: () => raw.query({ name: "point", text: `select ${columns} from orders where id = $1`, values: [next()] }),
    },
    { name: "pg by hand, unnamed", run: () => raw.query(`select ${columns} from orders where id = $1`, [next()]) },
    { name: "athanor, prepared", run: () => prepared.first({ id: next() }) },
    { name: "athanor, statement in a constant", run: () => db.first(constant, { id: next() }) },
    { name: "athanor, built anew", run: () => db.first(select(orders).where(orders.id.eq(next()))) },
  ],
  { times: 300, rounds: 21 },
);

const all = select(orders);
await measure("10,000 rows of seven columns", [
  { name: "pg by hand", run: () => raw.query({ name: "all", text: `select ${columns} from orders` }) },
  { name: "athanor", run: () => db.all(all) },
]);

const grouped = `select c.city, count(o.id) as n, sum(o.total) as total from customers c join orders o on o.customer = c.id
  where o.open = $1 group by c.city having count(o.id) > $2 order by c.city`;
await measure("join with grouping, built anew", [
  { name: "pg by hand, named", run: () => raw.query({ name: "grouped", text: grouped, values: [true, 3] }) },
  { name: "pg by hand, unnamed", run: () => raw.query(grouped, [true, 3]) },
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

const change = update(orders)
  .set({ note: param("note", text()) })
  .where(orders.id.eq(param("id", integer())));
const ten = (): { note: string; id: number }[] =>
  Array.from({ length: 10 }, (_, n) => ({ note: `note ${n}`, id: next() }));
await measure(
  "a transaction of ten small writes",
  [
    {
      name: "pg by hand, named",
      run: async () => {
        await raw.query("begin");
        for (const { note, id } of ten()) {
          await raw.query({ name: "change", text: "update orders set note = $1 where id = $2", values: [note, id] });
        }
        await raw.query("commit");
      },
    },
    {
      name: "athanor, awaited one by one",
      run: () =>
        db.transaction(async (tx) => {
          for (const one of ten()) await tx.run(change, one);
        }),
    },
    { name: "athanor, one statement for a list", run: () => db.run(change, ten()) },
  ],
  { times: 20, rounds: 21 },
);

const titles = Array.from({ length: 5_000 }, (_, n) => `title ${n}`);
await measure("5,000 rows inserted, keys back", [
  {
    name: "pg by hand, 50 times 100 rows",
    run: async () => {
      await raw.query("begin");
      for (let from = 0; from < titles.length; from += 100) {
        const chunk = titles.slice(from, from + 100);
        const rows = chunk.map((_, n) => `($${n + 1})`).join(", ");
        await raw.query({
          name: "insert",
          text: `insert into many (title) values ${rows} returning id`,
          values: chunk,
        });
      }
      await raw.query("rollback");
    },
  },
  {
    name: "athanor",
    run: () =>
      db.transaction(async (tx) => {
        await tx.all(
          insertInto(many)
            .values(titles.map((title) => ({ title })))
            .returning({ id: many.id }),
        );
        await tx.rollback();
      }),
  },
]);

await measure(
  "50,000 rows streamed",
  [
    {
      name: "pg by hand, fetch 500",
      run: async () => {
        await raw.query("begin; declare every cursor for select id, title from many");
        for (let rows = 1; rows > 0; ) rows = (await raw.query("fetch 500 from every")).rows.length;
        await raw.query("commit");
      },
    },
    {
      name: "athanor, row by row",
      run: async () => {
        let rows = 0;
        for await (const _ of db.stream(select(many), { batch: 500 })) rows++;
        return rows;
      },
    },
    {
      name: "athanor, by batches",
      run: async () => {
        let rows = 0;
        for await (const batch of db.stream(select(many), { batch: 500 }).batches()) rows += batch.length;
        return rows;
      },
    },
  ],
  { rounds: 9 },
);

await raw.end();
await db.close();
await admin.query(`drop database ${name} with (force)`);
await admin.end();
