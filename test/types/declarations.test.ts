// A module that exports tables, sources and statements can be shipped as declarations: every compiler writes them, with
// names of the public doors alone, and a module that sees only those declarations infers the same types.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";

// Inside the repository, so that `athanor` resolves to its sources.
const folder = mkdtempSync(join(process.cwd(), "test/types/.declared-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shop = `
import {
  alias, array, bigint, boolean, bytes, caseWhen, coalesce, cte, customType, date, decimal, deleteFrom, enumeration, excluded, fn, insertInto,
  integer, interval, json, jsonArray, jsonObject, literal, param, partitionBy, recursive, select, sql, table, text, timestamp, timestamptz,
  update, uuid, values, view,
} from "athanor";

const point = customType<{ x: number }>({ sql: "text", encode: ({ x }) => String(x), decode: (x) => ({ x: Number(x) }) });
export const users = table("users", {
  id: integer().primaryKey(), name: text().unique(), bio: text().nullable(), age: integer().default(3), big: bigint(), flag: boolean(),
  price: decimal(10, 2), role: enumeration(["a", "b"]), doc: json<{ a: number[] }>(), at: timestamp(), seen: timestamptz().nullable(),
  day: date(), data: bytes(), key: uuid(), spot: point(), bossId: integer().references(() => users.id).nullable(),
  loud: text().generatedAs(() => fn.upper(users.name)),
});
export const posts = table("posts", { id: integer().primaryKey(), authorId: integer().references(() => users.id), title: text(), at: timestamptz() }, { schema: "blog" });
export const links = table("links", { from: integer(), to: integer(), note: text().nullable() }, { primaryKey: ["from", "to"] });
export const spans = table("spans", { id: integer().primaryKey(), length: interval(), tags: array(text()) });
export const boss = alias(users, "boss");
const wrote = posts.authorId.eq(users.id);
export const isAdult = users.age.gte(18);
export const point1 = point;
export const busy = cte("busy", select({ id: posts.authorId, n: fn.count() }).from(posts).groupBy(posts.authorId));
export const tree = recursive("tree", select({ id: users.id, depth: literal(0) }).from(users).where(users.bossId.isNull()),
  (tree) => select({ id: users.id, depth: tree.depth.add(1) }).from(users).join(tree, users.bossId.eq(tree.id)));
export const summary = select({ id: users.id, last: fn.max(posts.at), title: posts.title }).from(users).leftJoin(posts, wrote).groupBy(users.id, posts.title).as("summary");
export const adults = view("adults", select({ id: users.id, name: users.name }).from(users).where(isAdult));
export const prices = values("prices", { id: integer(), cents: bigint() }, [{ id: 1, cents: 2n }]);
export const everyone = select(users);
export const joined = select({ id: users.id, title: posts.title, post: posts, up: coalesce(fn.upper(users.bio), "-") }).from(users).leftJoin(posts, wrote).where(isAdult).orderBy(users.id.asc()).limit(3);
export const nested = select({ id: users.id, posts: jsonArray(select({ title: posts.title, at: posts.at }).from(posts).where(wrote)), o: jsonObject({ boss: boss.name }) }).from(users).leftJoin(boss, boss.id.eq(users.bossId));
export const ranked = select({ n: fn.rowNumber().over(partitionBy(users.role).orderBy(users.id.asc())), size: caseWhen(users.age.gt(1), literal("x")).end() }).from(users);
export const either = select({ a: users.name }).from(users).union(select({ a: users.bio }).from(users)).orderBy((row) => row.a.asc());
export const byId = select({ name: users.name }).from(users).where(users.id.eq(param("id", integer())));
export const full = select({ a: users.id, b: posts.id }).from(users).fullJoin(posts, wrote);
export const raw = sql.statement({ id: integer(), at: timestamptz().nullable() })\`select id, at from posts\`;
export const add = insertInto(links).values({ from: 1, to: 2 }).onConflict(links.from, links.to).doUpdate({ note: excluded(links.note) }).returning(links);
export const change = update(users).set({ bio: null }).where(isAdult).returning({ id: users.id });
export const remove = deleteFrom(posts).where(posts.id.eq(1));
export function older(than: number) { return everyone.where(users.age.gt(than)); }
`;

const reader = `
import { type Database, insertInto, select } from "athanor";
import type { SqliteFeatures } from "athanor/sqlite";
import * as shop from "./shop.js";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends (<T>() => T extends B ? 1 : 2) ? true : false;
declare function same<T extends true>(): void;
declare const db: Database<SqliteFeatures>;
type User = { id: number; name: string; bio: string | null; age: number; big: bigint; flag: boolean; price: \`\${number}\`; role: "a" | "b"; doc: { a: number[] }; at: Date; seen: Date | null; day: string; data: Uint8Array; key: string; spot: { x: number }; bossId: number | null; loud: string };

const joined = await db.all(shop.joined);
same<Same<(typeof joined)[0], { id: number; title: string | null; post: { id: number; authorId: number; title: string; at: Date } | null; up: string }>>();
const nested = await db.all(shop.nested);
same<Same<(typeof nested)[0], { id: number; posts: { title: string; at: Date }[]; o: { boss: string | null } }>>();
const older = await db.all(shop.older(3));
const everyone: User[] = older;
same<Same<keyof (typeof older)[0], keyof User>>();
const either = await db.all(shop.either);
same<Same<(typeof either)[0], { a: string | null }>>();
const byId = await db.all(shop.byId, { id: 3 });
same<Same<(typeof byId)[0], { name: string }>>();
const extended = await db.all(select({ depth: shop.tree.depth, n: shop.busy.n, last: shop.summary.last, cents: shop.prices.cents, name: shop.adults.name }).from(shop.tree)
  .leftJoin(shop.busy, shop.busy.id.eq(shop.tree.id)).join(shop.summary, shop.summary.id.eq(shop.tree.id)).join(shop.prices, shop.prices.id.eq(shop.tree.id)).join(shop.adults, shop.adults.id.eq(shop.tree.id)));
same<Same<(typeof extended)[0], { depth: number; n: number | null; last: Date | null; cents: bigint; name: string }>>();
await db.run(insertInto(shop.posts).values({ authorId: 1, title: "x", at: new Date() }));
insertInto(shop.links).values({ from: 1, to: 2 }).onConflict(shop.links.from, shop.links.to);
await db.run(shop.remove);
void everyone;
// @ts-expect-error a parameter is missing
await db.all(shop.byId);
// @ts-expect-error this database has no arrays
await db.all(select({ tags: shop.spans.tags }).from(shop.spans));
// @ts-expect-error posts is not in FROM
await db.all(shop.everyone.where(shop.posts.id.eq(1)));
// @ts-expect-error the database writes it
insertInto(shop.users).values({ loud: "X" });
`;

writeFileSync(join(folder, "shop.ts"), shop);
const options = (more: object) => ({
  extends: "../../../tsconfig.json",
  compilerOptions: {
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: false,
    skipLibCheck: true,
    ...more,
  },
  exclude: [],
});

describe.each(["typescript-5.9", "typescript-6.0", "typescript"])("%s", (compiler) => {
  const out = join(folder, compiler);
  const tsc = (project: string): string => {
    try {
      return execFileSync("node", [`node_modules/${compiler}/bin/tsc`, "-p", project, "--pretty", "false"], {
        encoding: "utf8",
      });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };

  test("declarations are written, with public names, and read", () => {
    // Only what is about the module itself counts: the sources of the library are checked elsewhere.
    const own = (output: string) =>
      output
        .split("\n")
        .filter((line) => line.includes(".declared-") || line.startsWith("shop") || line.startsWith("reader"));
    const emit = join(folder, `${compiler}.emit.json`);
    writeFileSync(
      emit,
      JSON.stringify({
        ...options({
          declaration: true,
          emitDeclarationOnly: true,
          noEmit: false,
          outDir: out,
          rootDir: process.cwd(),
        }),
        include: ["shop.ts"],
      }),
    );
    expect(own(tsc(emit))).toEqual([]);
    const written = readFileSync(join(out, folder.slice(process.cwd().length + 1), "shop.d.ts"), "utf8");
    const imported = [...written.matchAll(/(?:from |import\()"([^"]+)"/g)].map(([, path]) => path);
    expect([...new Set(imported)]).toEqual(["athanor"]);

    rmSync(out, { recursive: true });
    const read = join(folder, `${compiler}-read`);
    execFileSync("mkdir", [read]);
    writeFileSync(join(read, "shop.d.ts"), written);
    writeFileSync(join(read, "reader.ts"), reader);
    writeFileSync(
      join(read, "tsconfig.json"),
      JSON.stringify({ ...options({ noEmit: true }), extends: "../../../../tsconfig.json", include: ["*.ts"] }),
    );
    expect(own(tsc(join(read, "tsconfig.json")))).toEqual([]);
  }, 120_000);
});
