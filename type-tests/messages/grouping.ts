// Aggregates, groups and windows where they cannot stand.
import { fn, partitionBy, select } from "athanor";
import { db, posts, users, wrote } from "../tables.ts";

await db.all(select({ name: users.name, n: fn.count() }).from(users));

await db.all(select({ name: users.name, age: users.age }).from(users).groupBy(users.name));

await db.all(select({ id: users.id }).from(users).where(fn.count().gt(1)));

await db.all(select({ s: fn.sum(fn.count(users.id)) }).from(users));

await db.all(select({ n: fn.count() }).from(users).groupBy(users.name).having(users.age.gt(1)));

await db.all(select({ n: fn.count() }).from(users).groupBy(users.name).orderBy(users.age.asc()));

await db.all(
  select({ id: users.id })
    .from(users)
    .where(fn.rowNumber().over(partitionBy(users.name)).eq(1)),
);

const faulty = select({ name: users.name, n: fn.count() }).from(users).join(posts, wrote).as("faulty");
await db.all(select({ n: faulty.n }).from(faulty));

fn.sum(users.name);
