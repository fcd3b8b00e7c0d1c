// The clauses of SELECT, each with the rows it must give.
import assert from "node:assert/strict";
import type { FeatureName } from "../../core/dialect/index.ts";
import {
  alias,
  all,
  and,
  any,
  caseOf,
  caseWhen,
  coalesce,
  cte,
  cube,
  type Database,
  exists,
  fn,
  groupingSets,
  integer,
  jsonArray,
  jsonObject,
  literal,
  not,
  only,
  or,
  orderedBy,
  param,
  partitionBy,
  recursive,
  recursiveAll,
  rollup,
  row,
  type Statement,
  select,
  sql,
  tableSample,
  text,
  values,
} from "../../core/index.ts";
import { at, createShop, items, makerRows, makers, productRows, products, refill } from "./shop.ts";
import type { Draft, Group } from "./suite.ts";

/** A statement and the rows it gives, in this order. */
type Expected = readonly [query: Statement<unknown, any>, rows: readonly unknown[], needs?: readonly FeatureName[]];

const made = products.makerId.eq(makers.id);
const byMaker = makers.id.asc();
const byProduct = products.id.asc();
const parent = alias(products, "parent");
const names = (...list: readonly string[]) => list.map((name) => ({ name }));
const ids = (...list: readonly (number | null)[]) => list.map((id) => ({ id }));
const product = select({ name: products.name }).from(products).orderBy(byProduct);
const cheap = select({ id: products.id, name: products.name, price: products.price })
  .from(products)
  .where(products.price.lt("10"))
  .as("cheap");
const counted = cte(
  "counted",
  select({ makerId: products.makerId, n: fn.count() }).from(products).groupBy(products.makerId),
);
const tree = recursive(
  "tree",
  select({ id: products.id, depth: literal(0) })
    .from(products)
    .where(products.parentId.isNull()),
  (tree) =>
    select({ id: products.id, depth: tree.depth.add(1) })
      .from(products)
      .join(tree, products.parentId.eq(tree.id)),
);
const numbers = recursiveAll("numbers", select({ n: literal(1) }), (numbers) =>
  select({ n: numbers.n.add(1) })
    .from(numbers)
    .where(numbers.n.lt(100)),
);
const prices = values("prices", { id: integer(), label: text().nullable() }, [
  { id: 1, label: "dear" },
  { id: 3, label: null },
]);
const newest = select({ name: products.name })
  .from(products)
  .where(made)
  .orderBy(products.id.desc())
  .limit(1)
  .as("newest");
const grouped = select({ maker: products.makerId, n: fn.count(), sum: fn.sum(products.price) }).from(products);
const byRole = partitionBy(products.makerId).orderBy(products.id.asc());

const statements: Readonly<Record<string, Expected>> = {
  "columns of a table": [select(makers).orderBy(byMaker), makerRows],
  "a whole row": [select({ maker: makers }).from(makers).orderBy(byMaker), makerRows.map((maker) => ({ maker }))],
  "nested objects": [
    select({ a: { id: makers.id, b: { name: makers.name } } })
      .from(makers)
      .where(makers.id.eq(1)),
    [{ a: { id: 1, b: { name: "Acme" } } }],
  ],
  "two columns of one name": [
    select({ a: { id: makers.id }, b: { id: products.id } })
      .from(makers)
      .join(products, made)
      .where(products.id.eq(3)),
    [{ a: { id: 2 }, b: { id: 3 } }],
  ],
  "a constant without FROM": [select({ n: literal(1), t: literal("x") }), [{ n: 1, t: "x" }]],
  distinct: [
    select({ price: products.price }).from(products).distinct().orderBy(products.price.asc()),
    [{ price: "0.10" }, { price: "9.90" }, { price: "99.50" }],
  ],
  "where of nothing": [product.where(), names("anvil", "bell", "cup", "dart")],
  "where, twice": [product.where(products.sold).where(products.id.gt(2)), names("cup")],
  "where with or": [product.where(or(products.id.eq(1), products.id.eq(4))), names("anvil", "dart")],
  "where with not": [product.where(not(products.sold)), names("anvil", "dart")],
  "where a condition is null": [product.where(products.makerId.ne(1)), names("cup")],
  "an empty or holds for nothing, an empty and for all": [
    select({ n: fn.count() }).from(products).where(or()),
    [{ n: 0 }],
  ],
  "order by two": [
    select({ id: products.id }).from(products).orderBy(products.price.desc(), products.id.desc()),
    ids(1, 4, 2, 3),
  ],
  "order by an expression": [
    select({ id: products.id }).from(products).orderBy(fn.length(products.name).asc(), products.name.desc()),
    ids(3, 4, 2, 1),
  ],
  "nulls first": [
    select({ id: products.makerId }).from(products).orderBy(products.makerId.asc().nullsFirst(), byProduct),
    ids(null, 1, 1, 2),
  ],
  "nulls last": [
    select({ id: products.makerId }).from(products).orderBy(products.makerId.desc().nullsLast(), byProduct),
    ids(2, 1, 1, null),
  ],
  limit: [product.limit(2), names("anvil", "bell")],
  "limit 0": [product.limit(0), []],
  "limit and offset": [product.limit(2).offset(1), names("bell", "cup")],
  "offset without limit": [product.offset(3), names("dart")],
  "offset past the end": [product.limit(5).offset(9), []],
  "limit with ties": [
    select({ id: products.id }).from(products).orderBy(products.price.asc()).limit(2).withTies(),
    [{ id: 3 }, { id: 2 }, { id: 4 }],
    ["WITH TIES"],
  ],
  "inner join": [
    select({ name: products.name, maker: makers.name }).from(products).join(makers, made).orderBy(byProduct),
    [
      { name: "anvil", maker: "Acme" },
      { name: "bell", maker: "Acme" },
      { name: "cup", maker: "Bolt" },
    ],
  ],
  "left join": [
    select({ name: products.name, maker: makers.name })
      .from(products)
      .leftJoin(makers, made)
      .where(products.id.gt(2))
      .orderBy(byProduct),
    [
      { name: "cup", maker: "Bolt" },
      { name: "dart", maker: null },
    ],
  ],
  "left join of a whole row": [
    select({ id: products.id, maker: makers })
      .from(products)
      .leftJoin(makers, made)
      .where(products.id.gt(2))
      .orderBy(byProduct),
    [
      { id: 3, maker: makerRows[1] },
      { id: 4, maker: null },
    ],
  ],
  "right join": [
    select({ name: products.name, maker: makers.name })
      .from(products)
      .rightJoin(makers, made)
      .where(makers.id.gt(1))
      .orderBy(byMaker),
    [
      { name: "cup", maker: "Bolt" },
      { name: null, maker: "Cog" },
    ],
    ["RIGHT JOIN"],
  ],
  "full join": [
    select({ id: products.id, maker: makers.id })
      .from(products)
      .fullJoin(makers, made)
      .where(or(products.id.isNull(), makers.id.isNull()))
      .orderBy(products.id.asc().nullsLast()),
    [
      { id: 4, maker: null },
      { id: null, maker: 3 },
    ],
    ["FULL JOIN"],
  ],
  "cross join": [select({ n: fn.count() }).from(products).crossJoin(makers), [{ n: 12 }]],
  "self join": [
    select({ name: products.name, parent: parent.name })
      .from(products)
      .leftJoin(parent, products.parentId.eq(parent.id))
      .orderBy(byProduct),
    [
      { name: "anvil", parent: null },
      { name: "bell", parent: "anvil" },
      { name: "cup", parent: "anvil" },
      { name: "dart", parent: "bell" },
    ],
  ],
  "lateral join": [
    select({ maker: makers.name, newest: newest.name }).from(makers).joinLateral(newest).orderBy(byMaker),
    [
      { maker: "Acme", newest: "bell" },
      { maker: "Bolt", newest: "cup" },
    ],
    ["LATERAL"],
  ],
  "left lateral join": [
    select({ maker: makers.name, newest: newest.name })
      .from(makers)
      .leftJoinLateral(newest)
      .where(makers.id.gt(1))
      .orderBy(byMaker),
    [
      { maker: "Bolt", newest: "cup" },
      { maker: "Cog", newest: null },
    ],
    ["LATERAL"],
  ],
  "a derived table": [
    select({ name: cheap.name, loud: fn.upper(cheap.name) })
      .from(cheap)
      .where(cheap.id.lt(4))
      .orderBy(cheap.id.asc()),
    [
      { name: "bell", loud: "BELL" },
      { name: "cup", loud: "CUP" },
    ],
  ],
  "a derived table joined left, whole": [
    select({ id: products.id, cheap })
      .from(products)
      .leftJoin(cheap, cheap.id.eq(products.id))
      .where(products.id.lt(3))
      .orderBy(byProduct),
    [
      { id: 1, cheap: null },
      { id: 2, cheap: { id: 2, name: "bell", price: "9.90" } },
    ],
  ],
  "values as a source": [
    select({ name: products.name, label: prices.label })
      .from(products)
      .join(prices, prices.id.eq(products.id))
      .orderBy(byProduct),
    [
      { name: "anvil", label: "dear" },
      { name: "cup", label: null },
    ],
  ],
  "a scalar subquery": [
    select({ name: makers.name, n: select({ n: fn.count() }).from(products).where(made).scalar() })
      .from(makers)
      .orderBy(byMaker),
    [
      { name: "Acme", n: 2 },
      { name: "Bolt", n: 1 },
      { name: "Cog", n: 0 },
    ],
  ],
  "a scalar subquery without a row": [
    select({ t: select({ name: products.name }).from(products).where(products.id.lt(0)).scalar() })
      .from(makers)
      .limit(1),
    [{ t: null }],
  ],
  exists: [
    select({ id: makers.id })
      .from(makers)
      .where(exists(select({ id: products.id }).from(products).where(made)))
      .orderBy(byMaker),
    ids(1, 2),
  ],
  "not exists": [
    select({ id: makers.id })
      .from(makers)
      .where(exists(select({ id: products.id }).from(products).where(made)).not()),
    ids(3),
  ],
  "in a query": [
    select({ id: makers.id })
      .from(makers)
      .where(makers.id.in(select({ id: products.makerId }).from(products)))
      .orderBy(byMaker),
    ids(1, 2),
  ],
  "not in a query": [
    select({ id: makers.id })
      .from(makers)
      .where(makers.id.notIn(select({ id: coalesce(products.makerId, 0) }).from(products))),
    ids(3),
  ],
  "any of a query": [
    select({ id: products.id })
      .from(products)
      .where(
        products.stock.gt(
          any(
            select({ s: parent.stock })
              .from(parent)
              .where(parent.id.in([1, 4])),
          ),
        ),
      )
      .orderBy(byProduct),
    ids(3, 4),
    ["QUANTIFIED"],
  ],
  "all of a query": [
    select({ id: products.id })
      .from(products)
      .where(products.stock.gte(all(select({ s: parent.stock }).from(parent)))),
    ids(3),
    ["QUANTIFIED"],
  ],
  "row values": [
    select({ id: products.id })
      .from(products)
      .where(row(products.price, products.id).gt(["9.90", 2]))
      .orderBy(byProduct),
    ids(1, 4),
  ],
  "row values in a list": [
    select({ id: products.id })
      .from(products)
      .where(
        row(products.id, products.name).in([
          [1, "anvil"],
          [2, "cup"],
        ]),
      ),
    ids(1),
  ],
  "row values in a query": [
    select({ id: products.id })
      .from(products)
      .where(
        row(products.id, products.name).in(
          select({ key: parent.id, label: parent.name }).from(parent).where(parent.sold),
        ),
      )
      .orderBy(byProduct),
    ids(2, 3),
  ],
  "a join by the only foreign key, from either side": [
    select({ id: products.id, maker: makers.name, item: items.name })
      .from(products)
      .join(makers)
      .leftJoin(items)
      .orderBy(byProduct),
    [
      { id: 1, maker: "Acme", item: "one" },
      { id: 2, maker: "Acme", item: null },
      { id: 3, maker: "Bolt", item: "three" },
    ],
  ],
  "a CTE": [
    select({ name: makers.name, n: counted.n })
      .from(makers)
      .leftJoin(counted, counted.makerId.eq(makers.id))
      .orderBy(byMaker),
    [
      { name: "Acme", n: 2 },
      { name: "Bolt", n: 1 },
      { name: "Cog", n: null },
    ],
  ],
  "a CTE of a CTE": [
    (() => {
      const most = cte("most", select({ makerId: counted.makerId }).from(counted).where(counted.n.gt(1)));
      return select({ id: most.makerId }).from(most);
    })(),
    ids(1),
  ],
  "a CTE read twice": [
    (() => {
      const other = alias(counted, "other");
      return select({ a: counted.n, b: other.n })
        .from(counted)
        .join(other, other.makerId.eq(counted.makerId.add(1)));
    })(),
    [{ a: 2, b: 1 }],
  ],
  "a recursive CTE": [
    select({ id: tree.id, depth: tree.depth }).from(tree).orderBy(tree.id.asc()),
    [
      { id: 1, depth: 0 },
      { id: 2, depth: 1 },
      { id: 3, depth: 1 },
      { id: 4, depth: 2 },
    ],
  ],
  "a recursive CTE that counts": [
    select({ n: fn.count(), sum: fn.sum(numbers.n) }).from(numbers),
    [{ n: 100, sum: 5050 }],
  ],
  union: [
    select({ name: makers.name })
      .from(makers)
      .union(select({ name: makers.name }).from(makers))
      .orderBy((row) => row.name.asc()),
    names("Acme", "Bolt", "Cog"),
  ],
  "union all": [
    select({ id: makers.id })
      .from(makers)
      .unionAll(select({ id: products.id }).from(products))
      .orderBy((row) => row.id.asc()),
    ids(1, 1, 2, 2, 3, 3, 4),
  ],
  "union by name": [
    select({ a: makers.id, b: makers.name })
      .from(makers)
      .where(makers.id.eq(1))
      .union(select({ b: products.name, a: products.id }).from(products).where(products.id.eq(4)))
      .orderBy((row) => row.a.desc()),
    [
      { a: 4, b: "dart" },
      { a: 1, b: "Acme" },
    ],
  ],
  intersect: [
    select({ id: makers.id })
      .from(makers)
      .intersect(select({ id: products.makerId }).from(products))
      .orderBy((row) => row.id.asc()),
    ids(1, 2),
  ],
  except: [
    select({ id: products.id })
      .from(products)
      .except(select({ id: makers.id }).from(makers)),
    ids(4),
  ],
  "intersect all": [
    select({ price: products.price })
      .from(products)
      .intersectAll(select({ price: parent.price }).from(parent).where(parent.id.gt(1)))
      .orderBy((row) => row.price.asc()),
    [{ price: "0.10" }, { price: "9.90" }, { price: "9.90" }],
    ["INTERSECT ALL"],
  ],
  "except all": [
    select({ price: products.price })
      .from(products)
      .exceptAll(select({ price: parent.price }).from(parent).where(parent.id.ne(4))),
    [{ price: "9.90" }],
    ["INTERSECT ALL"],
  ],
  "three set operations, from the left": [
    select({ id: makers.id })
      .from(makers)
      .union(select({ id: products.id }).from(products))
      .except(select({ id: products.makerId }).from(products).where(products.makerId.isNotNull()))
      .orderBy((row) => row.id.asc()),
    ids(3, 4),
  ],
  "a limited union": [
    select({ id: makers.id })
      .from(makers)
      .union(select({ id: products.id }).from(products))
      .orderBy((row) => row.id.desc())
      .limit(2)
      .offset(1),
    ids(3, 2),
  ],
  "a union as a source": [
    (() => {
      const both = select({ id: makers.id })
        .from(makers)
        .unionAll(select({ id: products.id }).from(products))
        .as("both_kinds");
      return select({ id: both.id, n: fn.count() }).from(both).groupBy(both.id).orderBy(both.id.asc()).limit(2);
    })(),
    [
      { id: 1, n: 2 },
      { id: 2, n: 2 },
    ],
  ],
  "an operand of a union that is limited": [
    select({ id: products.id })
      .from(products)
      .orderBy(products.id.desc())
      .limit(1)
      .unionAll(select({ id: makers.id }).from(makers).orderBy(makers.id.asc()).limit(1))
      .orderBy((row) => row.id.asc()),
    ids(1, 4),
  ],

  "group by": [
    grouped.groupBy(products.makerId).orderBy(products.makerId.asc().nullsLast()),
    [
      { maker: 1, n: 2, sum: "109.40" },
      { maker: 2, n: 1, sum: "0.10" },
      { maker: null, n: 1, sum: "9.90" },
    ],
  ],
  "group by a key covers its row": [
    select({ name: makers.name, n: fn.count(products.id) })
      .from(makers)
      .leftJoin(products, made)
      .groupBy(makers.id)
      .orderBy(byMaker),
    [
      { name: "Acme", n: 2 },
      { name: "Bolt", n: 1 },
      { name: "Cog", n: 0 },
    ],
  ],
  "group by an expression": [
    (() => {
      const letters = fn.length(products.name);
      return select({ letters, n: fn.count() })
        .from(products)
        .groupBy(letters as never)
        .orderBy(letters.asc()) as unknown as Statement<unknown, never>;
    })(),
    [
      { letters: 3, n: 1 },
      { letters: 4, n: 2 },
      { letters: 5, n: 1 },
    ],
  ],
  having: [
    select({ price: products.price }).from(products).groupBy(products.price).having(fn.count().gt(1)),
    [{ price: "9.90" }],
  ],
  "aggregates of nothing": [
    select({ n: fn.count(), sum: fn.sum(products.price), max: fn.max(products.at), every: fn.every(products.sold) })
      .from(products)
      .where(products.id.lt(0)),
    [{ n: 0, sum: null, max: null, every: null }],
  ],
  aggregates: [
    select({
      min: fn.min(products.name),
      max: fn.max(products.stock),
      some: fn.some(products.sold),
      every: fn.every(products.sold),
      avg: fn.avg(products.id),
    }).from(products),
    [{ min: "anvil", max: 9_007_199_254_740_993n, some: true, every: false, avg: 2.5 }],
  ],
  "extremes of booleans": [
    select({ min: fn.min(products.sold), max: fn.max(products.sold) }).from(products),
    [{ min: false, max: true }],
  ],
  "extremes of decimals, by number": [
    select({ min: fn.min(products.price), max: fn.max(products.price) }).from(products),
    [{ min: "0.10", max: "99.50" }],
  ],
  "count of what is not null, and of what differs": [
    select({ all: fn.count(), makers: fn.count(products.makerId), prices: fn.count(products.price).distinct() }).from(
      products,
    ),
    [{ all: 4, makers: 3, prices: 3 }],
  ],
  "an aggregate with a filter": [
    select({ sold: fn.count().filter(products.sold), sum: fn.sum(products.price).filter(products.id.gt(1)) }).from(
      products,
    ),
    [{ sold: 2, sum: "19.90" }],
  ],
  "texts in an order": [
    select({ names: fn.stringAgg(products.name, "-").orderBy(products.name.desc()) }).from(products),
    [{ names: "dart-cup-bell-anvil" }],
    ["AGGREGATE ORDER"],
  ],
  "texts of nothing": [
    select({ names: fn.stringAgg(products.name, ",") })
      .from(products)
      .where(products.id.lt(0)),
    [{ names: null }],
  ],
  cube: [
    select({ n: fn.count() }).from(products).groupBySets(cube(products.sold)).orderBy(fn.count().asc()),
    [{ n: 2 }, { n: 2 }, { n: 4 }],
    ["CUBE"],
  ],
  "grouping sets": [
    select({ n: fn.count() })
      .from(products)
      .groupBySets(groupingSets([products.sold], []))
      .orderBy(fn.count().asc()),
    [{ n: 2 }, { n: 2 }, { n: 4 }],
    ["CUBE"],
  ],
  median: [select({ median: fn.percentileCont(0.5, products.id) }).from(products), [{ median: 2.5 }], ["ORDERED SET"]],
  arrays: [
    select({ ids: fn.arrayAgg(products.id).orderBy(products.id.desc()) }).from(products),
    [{ ids: [4, 3, 2, 1] }],
    ["ARRAYS", "AGGREGATE ORDER"],
  ],

  "an aggregate over all rows": [
    select({ id: products.id, n: fn.count().over(), last: fn.max(products.id).over() })
      .from(products)
      .orderBy(byProduct),
    [1, 2, 3, 4].map((id) => ({ id, n: 4, last: 4 })),
  ],
  "row numbers": [
    select({ id: products.id, n: fn.rowNumber().over(byRole) })
      .from(products)
      .orderBy(byProduct),
    [
      { id: 1, n: 1 },
      { id: 2, n: 2 },
      { id: 3, n: 1 },
      { id: 4, n: 1 },
    ],
  ],
  "ranks with ties": [
    select({
      id: products.id,
      rank: fn.rank().over(orderedBy(products.price.desc())),
      dense: fn.denseRank().over(orderedBy(products.price.desc())),
    })
      .from(products)
      .orderBy(byProduct),
    [
      { id: 1, rank: 1, dense: 1 },
      { id: 2, rank: 2, dense: 2 },
      { id: 3, rank: 4, dense: 3 },
      { id: 4, rank: 2, dense: 2 },
    ],
  ],
  "fractions of ranks": [
    select({
      percent: fn.percentRank().over(orderedBy(products.id.asc())),
      cume: fn.cumeDist().over(orderedBy(products.id.asc())),
      tile: fn.ntile(2).over(orderedBy(products.id.asc())),
    })
      .from(products)
      .orderBy(byProduct)
      .limit(1)
      .offset(3),
    [{ percent: 1, cume: 1, tile: 2 }],
  ],
  "lag and lead": [
    select({
      before: fn.lag(products.name).over(orderedBy(products.id.asc())),
      after: fn.lead(products.at, 2).over(orderedBy(products.id.asc())),
    })
      .from(products)
      .orderBy(byProduct),
    [
      { before: null, after: at(2) },
      { before: "anvil", after: at(3) },
      { before: "bell", after: null },
      { before: "cup", after: null },
    ],
  ],
  "lag with a default, also where the value is null": [
    select({ before: fn.lag(products.makerId, 1, -1).over(orderedBy(products.id.desc())) })
      .from(products)
      .orderBy(byProduct),
    [{ before: 1 }, { before: 2 }, { before: null }, { before: -1 }],
  ],
  "the first, last and second of a frame": [
    select({
      first: fn.firstValue(products.name).over(byRole),
      last: fn.lastValue(products.name).over(byRole),
      second: fn.nthValue(products.name, 2).over(byRole),
    })
      .from(products)
      .where(products.makerId.eq(1))
      .orderBy(byProduct),
    [
      { first: "anvil", last: "anvil", second: null },
      { first: "anvil", last: "bell", second: "bell" },
    ],
  ],
  "a running total": [
    select({ sum: fn.sum(products.id).over(orderedBy(products.id.asc()).rows("unbounded", "current row")) })
      .from(products)
      .orderBy(byProduct),
    [{ sum: 1 }, { sum: 3 }, { sum: 6 }, { sum: 10 }],
  ],
  "a moving count": [
    select({ n: fn.count().over(orderedBy(products.id.asc()).rows(1, 1)) })
      .from(products)
      .orderBy(byProduct),
    [{ n: 2 }, { n: 3 }, { n: 3 }, { n: 2 }],
  ],
  "a named window": [
    (() => {
      const window = orderedBy(products.id.asc()).named("w");
      return select({ n: fn.rowNumber().over(window), sum: fn.sum(products.id).over(window) })
        .from(products)
        .orderBy(byProduct)
        .limit(2);
    })(),
    [
      { n: 1, sum: 1 },
      { n: 2, sum: 3 },
    ],
  ],
  "a frame of groups": [
    select({ n: fn.count().over(orderedBy(products.price.asc()).groups(1, 0)) })
      .from(products)
      .orderBy(byProduct),
    [{ n: 3 }, { n: 3 }, { n: 1 }, { n: 3 }],
    ["WINDOW GROUPS"],
  ],
  "a window over groups": [
    select({ maker: products.makerId, rank: fn.rank().over(orderedBy(products.makerId.desc())) })
      .from(products)
      .where(products.makerId.isNotNull())
      .groupBy(products.makerId)
      // MariaDB forgets an order by what is grouped by where there is a window.
      .orderBy(fn.min(products.id).asc()),
    [
      { maker: 1, rank: 2 },
      { maker: 2, rank: 1 },
    ],
  ],
  "the first of each group": [
    (() => {
      const numbered = select({
        name: products.name,
        n: fn.rowNumber().over(partitionBy(products.sold).orderBy(products.id.asc())),
      })
        .from(products)
        .as("numbered");
      return select({ name: numbered.name }).from(numbered).where(numbered.n.eq(1)).orderBy(numbered.name.asc());
    })(),
    names("anvil", "bell"),
  ],
  "distinct on": [
    select({ sold: products.sold, name: products.name })
      .from(products)
      .distinctOn(products.sold)
      .orderBy(products.sold.asc(), products.id.desc()),
    [
      { sold: false, name: "dart" },
      { sold: true, name: "cup" },
    ],
    ["DISTINCT ON"],
  ],

  case: [
    select({
      size: caseWhen(products.price.gt("50"), literal("dear"))
        .when(products.price.lt("1"), literal("cheap"))
        .else(literal("fair")),
    })
      .from(products)
      .orderBy(byProduct),
    [{ size: "dear" }, { size: "fair" }, { size: "cheap" }, { size: "fair" }],
  ],
  "case of plain values": [
    select({
      size: caseWhen(products.price.gt("50"), "dear").when(products.price.lt("1"), "cheap").else("fair"),
      half: caseWhen(products.sold, 1).else(0.5),
      price: caseWhen(products.sold, products.price).else("0.00"),
      none: caseWhen(products.sold, products.name).else(null),
    })
      .from(products)
      .orderBy(byProduct),
    [
      { size: "dear", half: 0.5, price: "0.00", none: null },
      { size: "fair", half: 1, price: "9.90", none: "bell" },
      { size: "cheap", half: 1, price: "0.10", none: "cup" },
      { size: "fair", half: 0.5, price: "0.00", none: null },
    ],
  ],
  "case of one expression": [
    select({
      name: caseOf(products.name).when("anvil", 1).when("bell", 2).else(3),
      maker: caseOf(products.makerId).when(products.parentId, "same").end(),
    })
      .from(products)
      .orderBy(byProduct),
    [
      { name: 1, maker: null },
      { name: 2, maker: "same" },
      { name: 3, maker: null },
      { name: 3, maker: null },
    ],
  ],
  "between two bounds of any order": [
    select({ id: products.id, there: products.id.betweenSymmetric(3, 2), back: products.id.betweenSymmetric(2, 3) })
      .from(products)
      .orderBy(byProduct),
    [
      { id: 1, there: false, back: false },
      { id: 2, there: true, back: true },
      { id: 3, there: true, back: true },
      { id: 4, there: false, back: false },
    ],
  ],
  "a sample of all rows": [
    select({ id: products.id })
      .from(tableSample(products, 100, { seed: 1 }))
      .orderBy(byProduct),
    ids(1, 2, 3, 4),
    ["TABLESAMPLE"],
  ],
  "a table without its descendants": [
    select({ id: products.id }).from(only(products)).orderBy(byProduct),
    ids(1, 2, 3, 4),
    ["ONLY"],
  ],
  "case without else": [
    select({ name: caseWhen(products.sold, products.name).end() })
      .from(products)
      .orderBy(byProduct),
    [{ name: null }, { name: "bell" }, { name: "cup" }, { name: null }],
  ],
  "raw SQL with values": [
    select({ more: sql(integer())`${products.id} + ${10}` })
      .from(products)
      .orderBy(byProduct)
      .limit(1),
    [{ more: 11 }],
  ],
  "a raw statement": [
    sql.statement({
      id: integer(),
      name: text(),
    })`select ${makers.id}, ${makers.name} from ${makers} where ${makers.id} = ${2}`.reading(),
    [{ id: 2, name: "Bolt" }],
  ],
  "JSON of rows": [
    select({
      maker: makers.name,
      list: jsonArray(
        select({
          name: products.name,
          at: products.at,
          stock: products.stock,
          price: products.price,
          sold: products.sold,
        })
          .from(products)
          .where(made)
          .orderBy(products.id.desc()),
      ),
    })
      .from(makers)
      .where(makers.id.ne(1))
      .orderBy(byMaker),
    [
      { maker: "Bolt", list: [{ name: "cup", at: at(2), stock: 9_007_199_254_740_993n, price: "0.10", sold: true }] },
      { maker: "Cog", list: [] },
    ],
  ],
  "JSON of limited rows": [
    select({
      list: jsonArray(select({ id: products.id }).from(products).where(made).orderBy(products.id.desc()).limit(1)),
    })
      .from(makers)
      .orderBy(byMaker),
    [{ list: ids(2) }, { list: ids(3) }, { list: [] }],
  ],
  "JSON of an aggregate": [
    select({
      list: jsonArray(
        select({ n: fn.count(), last: fn.max(products.at) })
          .from(products)
          .where(made),
      ),
    })
      .from(makers)
      .orderBy(byMaker),
    [{ list: [{ n: 2, last: at(1) }] }, { list: [{ n: 1, last: at(2) }] }, { list: [{ n: 0, last: null }] }],
  ],
  "JSON of whole rows": [
    select({ list: jsonArray(select(products).where(made).orderBy(byProduct)) })
      .from(makers)
      .where(makers.id.eq(2)),
    [{ list: [productRows[2]] }],
  ],
  "JSON of rows that show nothing of their own": [
    select({ list: jsonArray(select({ maker: makers.id }).from(products).where(made)) })
      .from(makers)
      .orderBy(byMaker),
    [{ list: [{ maker: 1 }, { maker: 1 }] }, { list: [{ maker: 2 }] }, { list: [] }],
  ],
  "JSON of rows with JSON in them that are told apart": [
    select({
      list: jsonArray(
        select({
          name: makers.name,
          products: jsonArray(select({ id: products.id }).from(products).where(made).orderBy(byProduct)),
        })
          .from(makers)
          .where(makers.id.eq(1))
          .distinct(),
      ),
    }),
    [{ list: [{ name: "Acme", products: ids(1, 2) }] }],
  ],
  "JSON of groups in their order": [
    select({
      list: jsonArray(
        select({ maker: products.makerId, n: fn.count() })
          .from(products)
          .where(products.makerId.isNotNull())
          .groupBy(products.makerId)
          .orderBy(products.makerId.desc()),
      ),
    }),
    [
      {
        list: [
          { maker: 2, n: 1 },
          { maker: 1, n: 2 },
        ],
      },
    ],
  ],
  "a JSON object of an absent row": [
    select({ o: jsonObject({ maker: makers, name: makers.name, id: products.id }) })
      .from(products)
      .leftJoin(makers, made)
      .where(products.id.eq(4)),
    [{ o: { maker: null, name: null, id: 4 } }],
  ],
  "JSON in JSON": [
    select({
      o: jsonObject({
        id: makers.id,
        list: jsonArray(
          select({
            id: products.id,
            parts: jsonArray(
              select({ at: parent.at }).from(parent).where(parent.parentId.eq(products.id)).orderBy(parent.id.asc()),
            ),
          })
            .from(products)
            .where(made)
            .orderBy(byProduct),
        ),
      }),
    })
      .from(makers)
      .where(makers.id.eq(1)),
    [
      {
        o: {
          id: 1,
          list: [
            { id: 1, parts: [{ at: at(1) }, { at: at(2) }] },
            { id: 2, parts: [{ at: at(3) }] },
          ],
        },
      },
    ],
  ],
  "grouped JSON": [
    select({ id: makers.id, list: fn.jsonAgg({ name: products.name, stock: products.stock }) })
      .from(makers)
      .leftJoin(products, made)
      .where(makers.id.gt(1))
      .groupBy(makers.id)
      .orderBy(byMaker),
    [
      { id: 2, list: [{ name: "cup", stock: 9_007_199_254_740_993n }] },
      { id: 3, list: [] },
    ],
  ],
  "names that are keywords, quoted and long": [
    (() => {
      const odd = select({
        select: makers.id,
        'a "quote" `tick`': makers.name,
        __proto__x: makers.country,
      })
        .from(makers)
        .where(makers.id.eq(1));
      return odd;
    })(),
    [{ select: 1, 'a "quote" `tick`': "Acme", __proto__x: "fr" }],
  ],
  "an alias that is a keyword": [
    (() => {
      const order = alias(makers, "order");
      return select({ id: order.id }).from(order).where(order.name.eq("Bolt"));
    })(),
    ids(2),
  ],
  "locked rows": [select({ id: makers.id }).from(makers).where(makers.id.eq(1)).forUpdate(), ids(1), ["ROW LOCKS"]],
  "rows locked together": [
    select({ id: makers.id }).from(makers).where(makers.id.eq(1)).forShare(),
    ids(1),
    ["ROW LOCKS"],
  ],
  "rows that others hold are skipped": [
    select({ id: makers.id }).from(makers).where(makers.id.eq(1)).forUpdate({ skipLocked: true }),
    ids(1),
    ["ROW LOCKS", "SKIP LOCKED"],
  ],
};

const others: readonly Draft[] = [
  {
    name: "rollup",
    needs: ["ROLLUP"],
    async run(db) {
      const { sold } = products;
      const sums = select({ sold, n: fn.count(), again: sold }).from(products).groupBySets(rollup(sold));
      assert.deepEqual(await db.all(sums.orderBy(sold.asc().nullsLast())), [
        { sold: false, n: 2, again: false },
        { sold: true, n: 2, again: true },
        { sold: null, n: 4, again: null },
      ]);
      assert.deepEqual(await db.all(sums.having(sold.isNull())), [{ sold: null, n: 4, again: null }]);
    },
  },
  {
    name: "parameters by name, one of them twice",
    async run(db) {
      const query = select({ id: products.id, given: param("name", text()) })
        .from(products)
        .where(or(products.name.eq(param("name", text())), products.id.eq(param("id", integer()))))
        .orderBy(byProduct);
      assert.deepEqual(await db.all(query, { name: "cup", id: 1 }), [
        { id: 1, given: "cup" },
        { id: 3, given: "cup" },
      ]);
      assert.deepEqual(await db.all(query, { name: "none", id: 2 }), [{ id: 2, given: "none" }]);
    },
  },
  {
    name: "limit and offset as parameters",
    async run(db) {
      const query = product.limit(param("limit", integer())).offset(param("offset", integer()));
      assert.deepEqual(await db.all(query, { limit: 1, offset: 2 }), names("cup"));
    },
  },
  {
    name: "a prepared statement runs again with other values",
    async run(db) {
      const find = db.prepare(
        select({ name: products.name })
          .from(products)
          .where(products.id.eq(param("id", integer()))),
      );
      assert.deepEqual(await find.all({ id: 1 }), names("anvil"));
      assert.deepEqual(await find.all({ id: 4 }), names("dart"));
    },
  },
  {
    name: "all, one, first and scalar",
    async run(db) {
      assert.deepEqual(await db.first(product), { name: "anvil" });
      assert.equal(await db.first(product.where(products.id.lt(0))), undefined);
      assert.deepEqual(await db.one(product.where(products.id.eq(2))), { name: "bell" });
      assert.equal(await db.scalar(select({ n: fn.count() }).from(products)), 4);
    },
  },
  {
    name: "a stream hands out every row once, in order",
    async run(db) {
      const found: unknown[] = [];
      for await (const one of db.stream(select({ n: numbers.n }).from(numbers).orderBy(numbers.n.asc())))
        found.push(one.n);
      assert.deepEqual(
        found,
        Array.from({ length: 100 }, (_, i) => i + 1),
      );
    },
  },
  {
    name: "a stream that is left early leaves the connection usable",
    async run(db) {
      for await (const one of db.stream(select({ n: numbers.n }).from(numbers))) if (one.n === 3) break;
      assert.deepEqual(await db.all(product.limit(1)), names("anvil"));
    },
  },
  ...[10, 1_000, 5_000].map(
    (count): Draft => ({
      name: `${count} conditions joined by and, and by or`,
      async run(db) {
        const conditions = Array.from({ length: count }, (_, i) => products.id.ne(i + 2));
        assert.deepEqual(await db.all(product.where(and(...conditions))), names("anvil"));
        const either = Array.from({ length: count }, (_, i) => products.id.eq(i + 4));
        assert.deepEqual(await db.all(product.where(or(...either))), names("dart"));
      },
    }),
  ),
  ...[0, 1, 2, 3, 100, 10_000].map(
    (length): Draft => ({
      name: `a list of ${length} for in and not in`,
      async run(db) {
        const list = Array.from({ length }, (_, i) => i + 2);
        const inside = productRows.filter(({ id }) => list.includes(id)).map(({ name }) => name);
        const outside = productRows.filter(({ id }) => !list.includes(id)).map(({ name }) => name);
        assert.deepEqual(await db.all(product.where(products.id.in(list))), names(...inside));
        assert.deepEqual(await db.all(product.where(products.id.notIn(list))), names(...outside));
      },
    }),
  ),
  {
    name: "extending a statement leaves it as it was",
    async run(db) {
      const base = product.where(products.id.gt(1));
      base.where(products.id.gt(2)).limit(1);
      assert.deepEqual(await db.all(base), names("bell", "cup", "dart"));
      const plain = select({ id: products.id }).from(products).where(products.id.gt(1));
      assert.deepEqual(await db.all(plain.select({ n: fn.count() })), [{ n: 3 }]);
    },
  },
  {
    name: "a list of parameter sets gives the rows after each other",
    async run(db) {
      const find = select({ name: products.name })
        .from(products)
        .where(products.id.eq(param("id", integer())));
      assert.deepEqual(await db.all(find, [{ id: 3 }, { id: 1 }]), names("cup", "anvil"));
    },
  },
];

export const selection: Group = {
  name: "select",
  async prepare(db: Database<any>) {
    await createShop(db);
    await refill(db);
  },
  cases: [
    ...Object.entries(statements).map(
      ([name, [query, rows, needs]]): Draft => ({
        name,
        ...(needs && { needs }),
        run: async (db) => assert.deepEqual(await db.all(query as Statement<unknown, never>), rows),
      }),
    ),
    ...others,
  ],
};
