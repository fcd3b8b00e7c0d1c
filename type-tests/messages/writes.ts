// Writes that cannot be right.
import { deleteFrom, insertInto, update } from "athanor";
import { db, users } from "../tables.ts";

const ann = { name: "Ann", email: "a@b.c", age: 3, role: "admin" } as const;

insertInto(users).values({ name: "Ann", age: 3, role: "admin" });

insertInto(users).values({ ...ann, nope: 1 });

insertInto(users).values({ ...ann, loud: "ANN" });

insertInto(users).values({ ...ann, role: "boss" });

insertInto(users).values(ann).onConflict(users.name);

update(users).set({ nope: 1 });

update(users).set({ name: null });

update(users).set({ loud: "ANN" });

update(users).set({ name: users.age });

await db.run(update(users).set({ age: 1 }));

await db.run(deleteFrom(users));

update(users).set({ age: 1 }).where();

await db.run(
  insertInto(users)
    .values([{ ...ann, age: "3" }])
    .onConflict(users.email)
    .doNothing(),
);
