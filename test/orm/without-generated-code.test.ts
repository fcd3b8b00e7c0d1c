// Where a program may not make code out of text, objects are loaded, changed and written all the same.
import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

const program = `
import { canGenerate, integer, table, text, timestamp } from "athanor";
import { mapped, Session } from "athanor/orm";
import { sqlite } from "athanor/sqlite";
const db = sqlite(":memory:");
const things = table("things", {
  id: integer().primaryKey(),
  "a name'\\"\\u2028": text(),
  at: timestamp().nullable(),
  n: integer().default(7),
  street: text().nullable(),
  city: text().nullable(),
});
class Thing extends mapped(things, {}, {
  embed: { address: { columns: ["street", "city"], nullable: true } },
}) {}
await db.create({ things });
const session = new Session(db);
const one = new Thing({ "a name'\\"\\u2028": "x", address: { street: "s", city: "c" } });
const two = new Thing({ "a name'\\"\\u2028": "y", at: new Date(0) });
session.add(one, two);
await session.commit();
one.address.city = "d";
two.at.setTime(1000);
await session.commit();
const other = new Session(db);
console.log(JSON.stringify([canGenerate(), one, two, await other.query(Thing).orderBy(things.id.asc()).all()]));
`;

test("the ORM does the same without generated code", () => {
  const run = (...flags: string[]): unknown[] =>
    JSON.parse(
      execFileSync(
        process.execPath,
        [...flags, "--conditions=athanor-source", "--input-type=module-typescript", "-e", program],
        { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] },
      ),
    );
  const [generates, ...results] = run();
  const [forbidden, ...same] = run("--disallow-code-generation-from-strings");
  expect([generates, forbidden]).toEqual([true, false]);
  expect(same).toEqual(results);
  const name = "a name'\"\u2028";
  const rows = [
    { id: 1, [name]: "x", at: null, n: 7, address: { street: "s", city: "d" } },
    { id: 2, [name]: "y", at: "1970-01-01T00:00:01.000Z", n: 7, address: null },
  ];
  expect(results).toEqual([rows[0], rows[1], rows]);
});
