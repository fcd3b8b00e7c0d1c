// What the right operand needs is met like what the left one needs, however many kinds of needs it has.
import { caseWhen, type Database, type Expr, fn, integer, jsonArray, orderedBy, param, select, table } from "athanor";
import { expectType } from "tsd";

declare const db: Database<never>;

const years = table("years", { year: integer(), revenue: integer() });
const other = table("other", { year: integer() });
const before = fn.lag(years.revenue).over(orderedBy(years.year.asc()));

expectType<{ growth: number | null }[]>(await db.all(select({ growth: years.revenue.sub(before) }).from(years)));
expectType<{ year: number; revenue: number }[]>(
  await db.all(select(years).where(years.revenue.gt(years.year.add(param("more", integer())))), { more: 1 }),
);
await db.all(
  select(years).where(
    years.year.in(
      select({ year: other.year })
        .from(other)
        .where(other.year.gt(years.revenue.add(param("more", integer())))),
    ),
  ),
  { more: 1 },
);
// @ts-expect-error other is not in FROM
await db.all(select(years).where(years.revenue.gt(other.year.add(param("more", integer())))), { more: 1 });
// @ts-expect-error a window function in WHERE
await db.all(select(years).where(years.revenue.gt(before)));

// A limit that is a number needs nothing, wherever its query stands.
expectType<{ year: number; others: { year: number }[] }[]>(
  await db.all(
    select({
      year: years.year,
      others: jsonArray(select({ year: other.year }).from(other).where(other.year.gt(years.year)).limit(3).offset(1)),
    }).from(years),
  ),
);

// The branches of a CASE are of one type, as the column that it makes.
declare const name: Expr<string>;
declare const bio: Expr<string | null>;
caseWhen(years.year.gt(1), bio).else(name);
// @ts-expect-error a number beside a text
caseWhen(years.year.gt(1), name).else(years.year);
// @ts-expect-error and in a further branch
caseWhen(years.year.gt(1), name).when(years.year.gt(2), years.year);
