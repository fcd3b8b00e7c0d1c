// The same class for the same cause, with what is known of it; and statements that are refused before they are sent.
import assert from "node:assert/strict";
import {
  CheckViolation,
  CompileError,
  type Database,
  DatabaseError,
  DecodeError,
  DialectLimit,
  deleteFrom,
  ForeignKeyViolation,
  fn,
  insertInto,
  integer,
  literal,
  MultipleRowsError,
  NameError,
  NoRowError,
  NotNullViolation,
  ParameterError,
  param,
  SyntaxErrorInSql,
  select,
  sql,
  table,
  text,
  UndefinedObject,
  UniqueViolation,
  update,
} from "../../core/index.ts";
import { createShop, items, makers, pairs, products, refill } from "./shop.ts";
import type { Draft, Group } from "./suite.ts";

type ErrorClass = abstract new (...args: never) => Error;
type Fails = readonly [run: (db: Database<any>) => unknown, of: ErrorClass, message?: RegExp];

const missing = table("conformance_missing", { id: integer().primaryKey() });
const deep = (depth: number) => {
  let expression = literal(1).add(1);
  for (let i = 0; i < depth; i++) expression = expression.add(1).neg().neg();
  return expression;
};

const fails: Readonly<Record<string, Fails>> = {
  "a key that exists": [(db) => db.run(insertInto(items).values({ id: 1, name: "x" })), UniqueViolation],
  "a unique value that exists": [(db) => db.run(insertInto(items).values({ id: 9, name: "one" })), UniqueViolation],
  "a unique value that exists, by update": [
    (db) => db.run(update(items).set({ name: "one" }).where(items.id.eq(2))),
    UniqueViolation,
  ],
  "a composite key that exists": [(db) => db.run(insertInto(pairs).values({ left: 1, right: 2 })), UniqueViolation],
  "a reference to nothing": [
    (db) => db.run(insertInto(items).values({ id: 9, name: "x", productId: 99 })),
    ForeignKeyViolation,
  ],
  "a row that is referred to": [(db) => db.run(deleteFrom(products).where(products.id.eq(1))), ForeignKeyViolation],
  "a condition that fails": [(db) => db.run(update(items).set({ count: -1 }).where(items.id.eq(1))), CheckViolation],
  "null that comes out of a query": [
    (db) => db.run(update(items).set({ name: sql(text())`null` }).where(items.id.eq(1))),
    NotNullViolation,
  ],
  "a table that is not there": [(db) => db.all(select({ id: missing.id }).from(missing)), UndefinedObject],
  "SQL that does not parse": [(db) => db.all(sql.statement({ id: integer() })`selekt 1`), SyntaxErrorInSql],
  "any of them is a DatabaseError": [(db) => db.run(insertInto(items).values({ id: 1, name: "x" })), DatabaseError],

  "one() of none": [
    (db) => db.one(select({ id: items.id }).from(items).where(items.id.lt(0))),
    NoRowError,
    /first\(\)/,
  ],
  "one() of many": [(db) => db.one(select({ id: items.id }).from(items)), MultipleRowsError],
  "scalar() of none": [(db) => db.scalar(select({ id: items.id }).from(items).where(items.id.lt(0))), NoRowError],
  "scalar() of many": [(db) => db.scalar(select({ id: items.id }).from(items)), MultipleRowsError],

  "a parameter that is not given": [
    (db) =>
      db.all(
        select({ id: items.id })
          .from(items)
          .where(items.id.eq(param("id", integer()))),
        {} as never,
      ),
    ParameterError,
    /"?id"?/,
  ],
  "a parameter of another type": [
    (db) =>
      db.all(
        select({ id: items.id })
          .from(items)
          .where(items.id.eq(param("id", integer()))),
        { id: "1" } as never,
      ),
    ParameterError,
    /id/,
  ],
  "a value of another type": [
    (db) =>
      db.all(
        select({ id: items.id })
          .from(items)
          .where(items.id.eq("1" as never)),
      ),
    ParameterError,
    /column "id" of "conformance_items"/,
  ],
  "null in an operator": [() => items.id.eq(null as never), ParameterError, /isNull/],
  "undefined in a value": [
    () => insertInto(items).values({ name: undefined as never }),
    ParameterError,
    /column "name"/,
  ],
  "null for what is not nullable": [() => update(items).set({ name: null as never }), ParameterError, /column "name"/],
  "an unknown column": [() => insertInto(items).values({ id: 1, name: "x", nope: 1 } as never), CompileError, /nope/],
  "no rows to insert": [() => insertInto(items).values([]), CompileError],
  "an empty list of conditions": [() => deleteFrom(items).where(...([] as never as [never])), CompileError, /everyRow/],
  "an update that sets nothing": [(db) => db.run(update(items).set({}).everyRow()), CompileError],
  "a delete that says nothing": [(db) => db.run(deleteFrom(items) as never), CompileError, /everyRow/],
  "an update that says nothing": [(db) => db.run(update(items).set({ count: 1 }) as never), CompileError, /everyRow/],
  "a column of no source": [(db) => db.all(select({ id: items.id }).from(makers) as never), UndefinedObject],
  "a union of different columns": [
    () =>
      select({ a: items.id })
        .from(items)
        .union(select({ b: items.id }).from(items) as never),
    CompileError,
  ],
  "a column that the group does not fix": [
    (db) =>
      db.all(
        select({ up: fn.upper(items.name), n: fn.count() })
          .from(items)
          .groupBy(fn.lower(items.name) as never) as never,
      ),
    CompileError,
  ],
  "a name with NUL": [(db) => db.all(select({ "a\0b": items.id }).from(items)), NameError],
  "a name with a lone surrogate": [(db) => db.all(select({ "\ud800": items.id }).from(items)), NameError],
  "a value that is not what was declared": [
    (db) => db.all(select({ n: sql(integer())`${items.name}` }).from(items)),
    DecodeError,
    /n/,
  ],
  "null that was declared not to be": [
    (db) => db.all(select({ note: items.note.notNull() }).from(items)),
    DecodeError,
    /note/,
  ],
  "an expression that is too deep": [(db) => db.all(select({ n: deep(20_000) })), DialectLimit],
};

const others: readonly Draft[] = [
  {
    name: "a violation has the statement, says where, and hides the values",
    async run(db) {
      await refill(db);
      const error = await db
        .run(insertInto(items).values({ id: 9, name: "one", note: "secret value" }))
        .catch((error: unknown) => error);
      assert.ok(error instanceof UniqueViolation);
      assert.match(error.sql ?? "", /insert into/);
      assert.equal(error.code, "UNIQUE_VIOLATION");
      assert.equal(error.retryable, "no");
      assert.equal(error.connectionInvalidated, false);
      assert.ok(!error.message.includes("secret value"));
      assert.ok(!JSON.stringify(error).includes("secret value"));
    },
  },
  {
    name: "the database works on after each of the errors",
    async run(db) {
      await refill(db);
      for (const [run] of Object.values(fails)) await (async () => run(db))().catch(() => undefined);
      assert.equal(await db.scalar(select({ n: fn.count() }).from(items)), 3);
    },
  },
];

export const errors: Group = {
  name: "errors",
  prepare: createShop,
  cases: [
    ...Object.entries(fails).map(
      ([name, [run, of, message]]): Draft => ({
        name: `${name}: ${of.name}`,
        async run(db) {
          await refill(db);
          await assert.rejects(
            async () => run(db),
            (error) => {
              assert.ok(error instanceof of, `${error}`);
              if (message !== undefined) assert.match((error as Error).message, message);
              return true;
            },
          );
        },
      }),
    ),
    ...others,
  ],
};
