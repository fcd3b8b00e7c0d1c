// Ten wrong calls over a schema of 50 tables: the compiler explains each by comparing whatever could have been meant.
import { tablesOnly } from "./support/shop.ts";

const wrong = [
  "await db.all(select({ id: t1.id }).from(t0));",
  "t0.age.eq('x');",
  "t0.name.gt(t0.age);",
  "await db.all(select({ id: t0.id, n: fn.count() }).from(t0));",
  "await db.all(select({ id: t0.id }).from(t0).where(fn.count().gt(1)));",
  "await db.all(select({ id: t0.id }).from(t0).join(t0, t0.id.eq(t0.age)));",
  "await db.all(select({ id: t0.id }).from(t0).limit(1).forUpdate());",
  "select({ id: t0.id }).from(t0).union(select({ name: t1.name }).from(t1));",
  "insertInto(t0).values({ name: 'x' });",
  "update(t0).set({ nope: 1 });",
];

export const fixed: string = `${tablesOnly(50)}import { insertInto, update } from "athanor";\n`;
export default `${fixed}${wrong.map((line) => `// @ts-expect-error wrong on purpose\n${line}`).join("\n")}\n`;
