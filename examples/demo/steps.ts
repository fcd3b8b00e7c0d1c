// The statements of the demo. The types of their rows, as the compiler prints them, stand in row-types.json;
// test/examples/demo.test.ts writes that file and proves it.
import {
  alias,
  caseWhen,
  cte,
  type Database,
  excluded,
  exists,
  fn,
  insertInto,
  integer,
  jsonArray,
  literal,
  not,
  orderedBy,
  param,
  partitionBy,
  recursiveAll,
  row,
  select,
  sql,
  text,
  timestamptz,
  update,
} from "athanor";
import type { SqliteFeatures } from "athanor/sqlite";
import { coffees, customers, lines, orders } from "./schema.ts";

export interface Step {
  readonly title: string;
  /** The demo prints it as it is written here. */
  readonly run: (db: Database<SqliteFeatures>) => Promise<readonly object[]>;
}

export const steps = [
  {
    title: "A statement is a value, and a row is what was selected",
    run: (db) =>
      db.all(
        select({ name: coffees.name, origin: coffees.origin, price: coffees.price, tastes: coffees.tastes })
          .from(coffees)
          .where(coffees.price.between("11", "15"), coffees.soldOut.isNull())
          .orderBy(coffees.price.desc()),
      ),
  },
  {
    title: "An outer join makes columns, functions of them and whole rows nullable",
    run: (db) => {
      const last = alias(orders, "last");
      return db.all(
        select({ customer: customers.name, note: fn.upper(last.note), placed: last.placed, order: last })
          .from(customers)
          .leftJoin(last, last.customerId.eq(customers.id).and(last.placed.gt(new Date("2026-04-10"))))
          .orderBy(customers.id.desc(), last.id.asc())
          .limit(6),
      );
    },
  },
  {
    title: "What stands beside an aggregate must be grouped by; a key covers its row",
    run: (db) => {
      const bags = fn.sum(lines.bags);
      return db.all(
        select({
          coffee: coffees.name,
          orders: fn.count(lines.orderId),
          bags: fn.coalesce(bags, 0),
          big: fn.count(lines.orderId).filter(lines.bags.gte(5)),
        })
          .from(coffees)
          .leftJoin(lines, lines.coffeeId.eq(coffees.id))
          .groupBy(coffees.id)
          .orderBy(bags.desc().nullsLast()),
      );
    },
  },
  {
    title: "CTEs and windows: running totals and the month before",
    run: (db) => {
      const month = fn.dateTrunc("month", orders.placed);
      const monthly = cte(
        "monthly",
        select({ month, bags: fn.sum(lines.bags) })
          .from(orders)
          .join(lines, lines.orderId.eq(orders.id))
          .groupBy(month),
      );
      const byMonth = orderedBy(monthly.month.asc());
      return db.all(
        select({
          month: monthly.month,
          bags: monthly.bags,
          before: fn.lag(monthly.bags).over(byMonth),
          inAll: fn.sum(monthly.bags).over(byMonth.rows("unbounded", "current row")),
        }).from(monthly),
      );
    },
  },
  {
    title: "The best of each group: a ranked query as a source",
    run: (db) => {
      const ranked = select({
        customerId: orders.customerId,
        coffeeId: lines.coffeeId,
        bags: fn.sum(lines.bags),
        place: fn
          .rowNumber()
          .over(partitionBy(orders.customerId).orderBy(fn.sum(lines.bags).desc(), lines.coffeeId.asc())),
      })
        .from(orders)
        .join(lines, lines.orderId.eq(orders.id))
        .groupBy(orders.customerId, lines.coffeeId)
        .as("ranked");
      return db.all(
        select({ customer: customers.name, favourite: coffees.name, bags: ranked.bags })
          .from(ranked)
          .join(customers, customers.id.eq(ranked.customerId))
          .join(coffees, coffees.id.eq(ranked.coffeeId))
          .where(ranked.place.eq(1), ranked.bags.gte(8))
          .orderBy(ranked.bags.desc(), customers.id.asc()),
      );
    },
  },
  {
    title: "Recursion: who invited whom",
    run: (db) => {
      const tree = recursiveAll(
        "tree",
        select({ id: customers.id, depth: literal(0), path: customers.name })
          .from(customers)
          .where(customers.invitedBy.isNull()),
        (above) =>
          select({ id: customers.id, depth: above.depth.add(1), path: above.path.concat(" → ").concat(customers.name) })
            .from(customers)
            .join(above, above.id.eq(customers.invitedBy)),
      );
      return db.all(select({ depth: tree.depth, path: tree.path }).from(tree).orderBy(tree.path.asc()));
    },
  },
  {
    title: "Nested results, built as JSON: a Date is a Date in there too",
    run: (db) =>
      db.all(
        select({
          customer: customers.name,
          city: fn.jsonValue(customers.address, ["city"], text()),
          orders: jsonArray(
            select({
              placed: orders.placed,
              lines: jsonArray(
                select({ coffee: coffees.name, bags: lines.bags })
                  .from(lines)
                  .join(coffees, coffees.id.eq(lines.coffeeId))
                  .where(lines.orderId.eq(orders.id))
                  .orderBy(coffees.id.asc()),
              ),
            })
              .from(orders)
              .where(orders.customerId.eq(customers.id))
              .orderBy(orders.placed.asc())
              .limit(2),
          ),
        })
          .from(customers)
          .where(customers.wholesale),
      ),
  },
  {
    title: "Subqueries: what nobody orders, and what is dearer than the average",
    run: (db) =>
      db.all(
        select({
          coffee: coffees.name,
          ordered: exists(select({ id: lines.orderId }).from(lines).where(lines.coffeeId.eq(coffees.id))),
          dear: coffees.price.gt(
            select({ mean: fn.avg(coffees.price) })
              .from(coffees)
              .scalar(),
          ),
        }).from(coffees),
      ),
  },
  {
    title: "Parameters are part of a statement's type, and must be given",
    run: (db) => {
      const page = select({ id: orders.id, placed: orders.placed, customer: { name: customers.name } })
        .from(orders)
        .join(customers, customers.id.eq(orders.customerId))
        .where(row(orders.placed, orders.id).lt([param("placed", timestamptz()), param("id", integer())]))
        .orderBy(orders.placed.desc(), orders.id.desc())
        .limit(4);
      return db.all(page, { placed: new Date("2026-03-20"), id: 25 });
    },
  },
  {
    title: "An upsert: the new price of one coffee, and a new coffee",
    run: (db) =>
      db.all(
        insertInto(coffees)
          .values([
            { name: "Cerrado", origin: "Brazil", price: "10.90", tastes: [] },
            { name: "Sul de Minas", origin: "Brazil", price: "9.80", tastes: ["hazelnut"] },
          ])
          .onConflict(coffees.name)
          .doUpdate({ price: excluded(coffees.price) })
          .returning({ id: coffees.id, name: coffees.name, price: coffees.price, tastes: coffees.tastes }),
      ),
  },
  {
    title: "A transaction that is rolled back: 10 % dearer, and nothing happened",
    run: (db) =>
      db.transaction(async (tx) => {
        const dearer = await tx.all(
          update(coffees)
            .set({ price: coffees.price.mul("1.1") })
            .where(coffees.origin.in(["Ethiopia", "Kenya"]))
            .returning({ coffee: coffees.name, price: coffees.price }),
        );
        await tx.rollback();
        return dearer;
      }),
  },
  {
    title: "Raw SQL where it is needed, with a declared type",
    run: (db) => {
      const initials = sql(text())`substr(${customers.name}, 1, ${1}) || '.'`;
      return db.all(
        select({
          initials,
          kind: caseWhen(customers.wholesale, literal("wholesale")).else(literal("private")),
          since: customers.joined,
        })
          .from(customers)
          .where(not(exists(select({ id: orders.id }).from(orders).where(orders.customerId.eq(customers.id))))),
      );
    },
  },
] as const satisfies readonly Step[];
