// What writes leave behind, and what they give back. Each case starts from the same rows.
import assert from "node:assert/strict";
import type { FeatureName } from "../../core/dialect/index.ts";
import {
  and,
  coalesce,
  cte,
  type Database,
  deleteFrom,
  excluded,
  fn,
  insertInto,
  integer,
  literal,
  param,
  type Statement,
  select,
  text,
  update,
} from "../../core/index.ts";
import { createShop, items, makers, pairs, productRows, products, refill } from "./shop.ts";
import type { Draft, Group } from "./suite.ts";

interface Written {
  readonly write: Statement<unknown, any>;
  readonly params?: object;
  /** What it gives back; without it, it is run. */
  readonly rows?: readonly unknown[];
  readonly affected?: number;
  /** The items afterwards, as `id name count note`. */
  readonly items?: readonly string[];
  readonly pairs?: readonly string[];
  readonly needs?: readonly FeatureName[];
}

const start = ["1 one 10 first", "2 two 20 null", "3 three 30 third"];
const item = { id: items.id, name: items.name, count: items.count, note: items.note };

const writes: Readonly<Record<string, Written>> = {
  "a row": {
    write: insertInto(items).values({ id: 9, name: "nine", count: 9, note: "x" }),
    affected: 1,
    items: [...start, "9 nine 9 x"],
  },
  "a row without what has a default or may be null": {
    write: insertInto(items).values({ id: 9, name: "nine" }),
    affected: 1,
    items: [...start, "9 nine 1 null"],
  },
  "rows that lack different columns": {
    write: insertInto(items).values([
      { id: 8, name: "a", count: 5 },
      { id: 9, name: "b", note: "n" },
    ]),
    affected: 2,
    items: [...start, "8 a 5 null", "9 b 1 n"],
  },
  "expressions as values": {
    write: insertInto(items).values({ id: 9, name: fn.upper(literal("nine")), count: literal(4).add(5) }),
    affected: 1,
    items: [...start, "9 NINE 9 null"],
  },
  "parameters as values": {
    write: insertInto(items).values({ id: 9, name: param("name", text()), count: param("count", integer()) }),
    params: { name: "p", count: 7 },
    affected: 1,
    items: [...start, "9 p 7 null"],
  },
  "the rows of a query": {
    write: insertInto(items).select(
      select({ id: products.id.add(10), name: products.name, count: products.parentId })
        .from(products)
        .where(products.id.gt(2)) as never,
    ),
    affected: 2,
    items: [...start, "13 cup 1 null", "14 dart 2 null"],
  },
  "the rows of a query, matched by name": {
    write: insertInto(items).select(
      select({ name: makers.name, id: makers.id.add(10) })
        .from(makers)
        .where(makers.id.eq(1)),
    ),
    affected: 1,
    items: [...start, "11 Acme 1 null"],
  },
  "the rows of a CTE": {
    write: (() => {
      const source = cte(
        "source_rows",
        select({ id: makers.id.add(20), name: makers.name })
          .from(makers)
          .where(makers.id.lt(3)),
      );
      return insertInto(items).select(select({ id: source.id, name: source.name }).from(source));
    })(),
    affected: 2,
    items: [...start, "21 Acme 1 null", "22 Bolt 1 null"],
  },
  "a row that is given back": {
    write: insertInto(items)
      .values({ id: 9, name: "nine" })
      .returning({ ...item, twice: items.count.mul(2) }),
    rows: [{ id: 9, name: "nine", count: 1, note: null, twice: 2 }],
    needs: ["INSERT RETURNING"],
  },
  "a whole row that is given back": {
    write: insertInto(items).values({ id: 9, name: "nine" }).returning({ item: items }),
    rows: [{ item: { id: 9, name: "nine", count: 1, note: null, productId: null } }],
    needs: ["INSERT RETURNING"],
  },
  "a conflict that does nothing": {
    write: insertInto(items)
      .values([
        { id: 9, name: "one", count: 99 },
        { id: 10, name: "ten" },
      ])
      .onConflict(items.name)
      .doNothing(),
    items: [...start, "10 ten 1 null"],
  },
  "any conflict that does nothing": {
    write: insertInto(items)
      .values([
        { id: 1, name: "other" },
        { id: 10, name: "ten" },
      ])
      .onConflict()
      .doNothing(),
    items: [...start, "10 ten 1 null"],
  },
  "a conflict that updates": {
    write: insertInto(items)
      .values([
        { id: 1, name: "uno", count: 5 },
        { id: 9, name: "nine" },
      ])
      .onConflict(items.id)
      .doUpdate({ name: excluded(items.name), count: items.count.add(excluded(items.count)) }),
    items: ["1 uno 15 first", ...start.slice(1), "9 nine 1 null"],
  },
  "a conflict over a unique name": {
    write: insertInto(items)
      .values({ id: 9, name: "two", count: 1 })
      .onConflict(items.name)
      .doUpdate({ note: "again" }),
    items: [start[0] as string, "2 two 20 again", start[2] as string],
  },
  "a conflict over a composite key": {
    write: insertInto(pairs)
      .values([
        { left: 1, right: 1, label: "new" },
        { left: 2, right: 1 },
      ])
      .onConflict(pairs.left, pairs.right)
      .doUpdate({ label: excluded(pairs.label) }),
    pairs: ["1 1 new", "1 2 null", "2 1 null"],
  },
  "a conflict that updates on a condition": {
    write: insertInto(items)
      .values([
        { id: 1, name: "one", count: 1 },
        { id: 3, name: "three", count: 99 },
      ])
      .onConflict(items.id)
      .doUpdateWhere({ count: excluded(items.count) }, excluded(items.count).gt(items.count)),
    items: [start[0] as string, start[1] as string, "3 three 99 third"],
    needs: ["ON CONFLICT WHERE"],
  },
  "an upsert that is given back": {
    write: insertInto(items)
      .values({ id: 1, name: "one", note: "changed" })
      .onConflict(items.id)
      .doUpdate({ note: excluded(items.note) })
      .returning({ id: items.id, note: items.note }),
    rows: [{ id: 1, note: "changed" }],
    needs: ["INSERT RETURNING"],
  },
  "rows that break a rule, left out": {
    write: insertInto(items)
      .values([
        { id: 9, name: "one" },
        { id: 10, name: "ten" },
      ])
      .ignore(),
    items: [...start, "10 ten 1 null"],
    needs: ["INSERT IGNORE"],
  },

  "an update of every row": {
    write: update(items)
      .set({ count: items.count.add(1) })
      .everyRow(),
    affected: 3,
    items: ["1 one 11 first", "2 two 21 null", "3 three 31 third"],
  },
  "an update of some rows": {
    write: update(items).set({ note: "x", count: 0 }).where(items.id.gt(1), items.note.isNull()),
    affected: 1,
    items: [start[0] as string, "2 two 0 x", start[2] as string],
  },
  "an update of no row": { write: update(items).set({ note: "x" }).where(items.id.lt(0)), affected: 0, items: start },
  "an update that changes nothing still matches": {
    write: update(items).set({ count: 10 }).where(items.id.eq(1)),
    affected: 1,
    items: start,
  },
  "an update to null": {
    write: update(items).set({ note: null }).everyRow(),
    affected: 3,
    items: ["1 one 10 null", "2 two 20 null", "3 three 30 null"],
  },
  "an update whose values read the row as it was": {
    write: update(items)
      .set({ count: items.id, note: coalesce(items.note, items.name) })
      .everyRow(),
    items: ["1 one 1 first", "2 two 2 two", "3 three 3 third"],
  },
  "an update that swaps": {
    write: update(pairs).set({ left: pairs.right, right: pairs.left }).where(pairs.right.eq(2)),
    pairs: ["1 1 a", "2 1 null"],
  },
  "an update to a query's value": {
    write: update(items)
      .set({ note: select({ name: products.name }).from(products).where(products.id.eq(items.productId)).scalar() })
      .everyRow(),
    items: ["1 one 10 anvil", "2 two 20 null", "3 three 30 cup"],
  },
  "an update where another table says": {
    write: update(items)
      .set({ count: 0 })
      .where(items.productId.in(select({ id: products.id }).from(products).where(products.sold))),
    affected: 1,
    items: [start[0] as string, start[1] as string, "3 three 0 third"],
  },
  "an update from another table": {
    write: update(items).set({ note: products.name }).from(products).where(products.id.eq(items.productId)),
    affected: 2,
    items: ["1 one 10 anvil", "2 two 20 null", "3 three 30 cup"],
    needs: ["UPDATE FROM"],
  },
  "an update with a parameter": {
    write: update(items)
      .set({ count: items.count.add(param("more", integer())) })
      .where(items.name.eq(param("name", text()))),
    params: { more: 5, name: "two" },
    affected: 1,
    items: [start[0] as string, "2 two 25 null", start[2] as string],
  },
  "set twice": {
    write: update(items).set({ count: 1 }).set({ count: 2, note: "x" }).where(items.id.eq(1)),
    items: ["1 one 2 x", ...start.slice(1)],
  },
  "an update that is given back": {
    write: update(items)
      .set({ count: items.count.mul(2) })
      .where(items.id.eq(2))
      .returning(item),
    rows: [{ id: 2, name: "two", count: 40, note: null }],
    needs: ["UPDATE RETURNING"],
  },
  "an update of the first rows": {
    write: update(items).set({ count: 0 }).everyRow().orderBy(items.id.desc()).limit(1),
    items: [start[0] as string, start[1] as string, "3 three 0 third"],
    needs: ["WRITE LIMIT"],
  },

  "a delete of some rows": {
    write: deleteFrom(items).where(items.count.gte(20)),
    affected: 2,
    items: [start[0] as string],
  },
  "a delete of no row": { write: deleteFrom(items).where(items.id.gt(99)), affected: 0, items: start },
  "a delete of every row": { write: deleteFrom(items).everyRow(), affected: 3, items: [] },
  "a delete where another table says": {
    write: deleteFrom(items).where(
      items.productId.notIn(select({ id: products.id }).from(products).where(products.sold)),
    ),
    affected: 1,
    items: start.slice(1),
  },
  "a delete that reads another table": {
    write: deleteFrom(items)
      .using(products)
      .where(and(products.id.eq(items.productId), products.sold)),
    affected: 1,
    items: start.slice(0, 2),
    needs: ["DELETE USING"],
  },
  "a delete that is given back": {
    write: deleteFrom(items).where(items.id.eq(3)).returning(item),
    rows: [{ id: 3, name: "three", count: 30, note: "third" }],
    needs: ["DELETE RETURNING"],
  },
  "a delete of the first rows": {
    write: deleteFrom(items).everyRow().orderBy(items.id.asc()).limit(2),
    items: [start[2] as string],
    needs: ["WRITE LIMIT"],
  },
  "a delete in WITH": {
    write: (() => {
      const gone = cte("gone", deleteFrom(items).where(items.id.lt(3)).returning({ id: items.id }));
      return select({ n: fn.count() }).from(gone);
    })(),
    rows: [{ n: 2 }],
    items: [start[2] as string],
    needs: ["WRITING CTE", "DELETE RETURNING"],
  },
};

function draft([name, { write, params, rows, affected, items: left, pairs: leftPairs, needs }]: [
  string,
  Written,
]): Draft {
  return {
    name,
    ...(needs && { needs }),
    async run(db) {
      await refill(db);
      const statement = write as Statement<unknown, any>;
      if (rows !== undefined) assert.deepEqual(await db.all(statement, params), rows);
      else {
        const result = await db.run(statement, params);
        if (affected !== undefined) assert.equal(result.affected, affected);
      }
      if (left !== undefined) assert.deepEqual(await itemsIn(db), left);
      if (leftPairs !== undefined) {
        const found = await db.all(select(pairs).orderBy(pairs.left.asc(), pairs.right.asc()));
        assert.deepEqual(
          found.map(({ left: a, right: b, label }) => `${a} ${b} ${label}`),
          leftPairs,
        );
      }
    },
  };
}

/** The items as texts, by id. */
export async function itemsIn(db: Pick<Database<any>, "all">): Promise<readonly string[]> {
  const found = await db.all(select(items).orderBy(items.id.asc()));
  return found.map(({ id, name, count, note }) => `${id} ${name} ${count} ${note}`);
}

const others: readonly Draft[] = [
  {
    name: "a key numbers itself",
    async run(db) {
      await refill(db);
      await db.run(deleteFrom(items).everyRow());
      // Keys that were given do not move the counter everywhere: only what is generated is compared.
      for (const name of ["a", "b"])
        await db.run(insertInto(items).values({ name: `${name}-${Math.random()}` })).catch(() => undefined);
      await db.run(deleteFrom(items).everyRow());
      for (const name of ["x", "y"]) await db.run(insertInto(items).values({ name }));
      const [x, y] = await db.all(select({ id: items.id, name: items.name }).from(items).orderBy(items.name.asc()));
      assert.ok(x && y && x.id > 0 && y.id > x.id, `${x?.id}, ${y?.id}`);
    },
  },
  {
    name: "one statement with many parameter sets writes all or nothing",
    async run(db) {
      await refill(db);
      const rename = update(items)
        .set({ name: param("name", text()) })
        .where(items.id.eq(param("id", integer())));
      assert.equal(
        (
          await db.run(rename, [
            { id: 1, name: "eins" },
            { id: 2, name: "zwei" },
          ])
        ).affected,
        2,
      );
      await assert.rejects(
        db.run(rename, [
          { id: 1, name: "un" },
          { id: 2, name: "three" },
        ]),
      );
      assert.deepEqual(await itemsIn(db), ["1 eins 10 first", "2 zwei 20 null", "3 three 30 third"]);
    },
  },
  {
    name: "a batch gives the result of each and takes effect as a whole",
    async run(db) {
      await refill(db);
      const count = select({ n: fn.count() }).from(items);
      const results: readonly unknown[] = await db.batch([
        count,
        insertInto(items).values({ id: 9, name: "nine" }),
        count,
      ] as never);
      assert.deepEqual([results[0], results[2]], [[{ n: 3 }], [{ n: 4 }]]);
      const failing = db.batch([
        deleteFrom(items).everyRow(),
        insertInto(items).values([
          { id: 1, name: "x" },
          { id: 1, name: "y" },
        ]),
      ] as never);
      await assert.rejects(failing);
      assert.equal(await db.scalar(count), 4);
    },
  },
  ...[1, 100, 2_000].map(
    (length): Draft => ({
      name: `${length} rows in one statement`,
      async run(db) {
        await refill(db);
        const rows = Array.from({ length }, (_, i) => ({ id: 100 + i, name: `row ${i}`, count: i }));
        assert.equal((await db.run(insertInto(items).values(rows))).affected, length);
        assert.equal(await db.scalar(select({ n: fn.count() }).from(items)), 3 + length);
        assert.equal(
          await db.scalar(
            select({ sum: fn.sum(items.count) })
              .from(items)
              .where(items.id.gte(100)),
          ),
          (length * (length - 1)) / 2,
        );
      },
    }),
  ),
  {
    name: "products are as they were",
    async run(db) {
      await refill(db);
      assert.deepEqual(await db.all(select(products).orderBy(products.id.asc())), productRows);
    },
  },
];

export const write: Group = {
  name: "write",
  prepare: createShop,
  cases: [...Object.entries(writes).map(draft), ...others],
};
