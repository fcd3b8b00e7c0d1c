// Prisma: its client is generated for each database from schema.prisma when it is first asked for.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  booksOf,
  type DatabaseName,
  lookups,
  type OpenPeer,
  people,
  sumAuthors,
  sumGroups,
  sumNested,
  sumTagged,
} from "./peer.ts";
import { versionOf } from "./raw.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const openPrisma: OpenPeer = async (database, url) => {
  const { PrismaClient } = await import(generated(database));
  const db = new PrismaClient({ adapter: await adapter(database, url) });
  return {
    name: "Prisma",
    version: await versionOf("@prisma/client"),
    close: () => db.$disconnect(),
    tasks: {
      async point(first) {
        let sum = 0;
        for (let i = 0; i < lookups; i++) sum += (await db.author.findUnique({ where: { id: first + i } })).age;
        return sum;
      },
      rows: async () => sumAuthors(await db.author.findMany()),
      keep: async () => db.author.findMany(),
      // Prisma groups one table only: a join with grouping is SQL of one's own.
      aggregate: async () =>
        sumGroups(
          await db.$queryRawUnsafe(
            "select a.city, count(p.id) as n, sum(p.views) as views from authors a join posts p on p.author_id = a.id where a.age > 20 group by a.city having count(p.id) > 3 order by a.city",
          ),
        ),
      nested: async () =>
        sumNested(
          await db.author.findMany({
            where: { id: { lte: 100 } },
            include: { posts: { include: { comments: true } } },
          }),
        ),
      manyToMany: async () =>
        sumTagged(
          (await db.post.findMany({ include: { tags: { include: { tag: true } } } })).map((post: any) => ({
            ...post,
            tags: post.tags.map((link: any) => link.tag),
          })),
        ),
      async insert() {
        // MySQL gives no keys back for many rows: there they are inserted without.
        if (database === "mariadb") return (await db.person.createMany({ data: people(5000) })).count;
        return (await db.person.createManyAndReturn({ data: people(5000), select: { id: true } })).length;
      },
      async change() {
        const found: any[] = await db.person.findMany({ orderBy: { id: "asc" } });
        await db.$transaction(
          found
            .filter((_, i) => i % 4 === 0)
            .map(({ id, age }) => db.person.update({ where: { id }, data: { age: age + 1 } })),
        );
        return found.length;
      },
      ...(database === "mariadb"
        ? {}
        : {
            async graph() {
              await db.$transaction(async (tx: any) => {
                const made = await tx.person.createManyAndReturn({ data: people(2000), select: { id: true } });
                await tx.book.createMany({
                  data: made.flatMap(({ id }: { id: number }, i: number) =>
                    booksOf(i).map((book) => ({ ...book, authorId: id })),
                  ),
                });
              });
              return 8000;
            },
          }),
      async tenWrites() {
        await db.$transaction(async (tx: any) => {
          for (let i = 1; i <= 10; i++)
            await tx.author.updateMany({ where: { id: i * 3 - 1 }, data: { note: "note" } });
        });
        return 10;
      },
    },
  };
};

/** The module of the generated client. */
function generated(database: DatabaseName): string {
  const folder = here(`../.prisma/${database}/`);
  if (!existsSync(`${folder}client/client.ts`)) {
    mkdirSync(folder, { recursive: true });
    const provider = { sqlite: "sqlite", postgres: "postgresql", mariadb: "mysql" }[database];
    writeFileSync(
      `${folder}schema.prisma`,
      readFileSync(here("schema.prisma"), "utf8").replace("PROVIDER", provider).replace("OUTPUT", "./client"),
    );
    // Generating needs no engine that would have to be downloaded, though the command asks for its path.
    execFileSync(process.execPath, [here("../node_modules/prisma/build/index.js"), "generate"], {
      cwd: folder,
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: "1" },
      stdio: "pipe",
    });
  }
  return `${folder}client/client.ts`;
}

async function adapter(database: DatabaseName, url: string): Promise<any> {
  if (database === "sqlite")
    return new (await import("@prisma/adapter-better-sqlite3")).PrismaBetterSqlite3({ url: `file:${url}` });
  if (database === "postgres") return new (await import("@prisma/adapter-pg")).PrismaPg({ connectionString: url });
  const { hostname, port, username, password, pathname } = new URL(url);
  return new (await import("@prisma/adapter-mariadb")).PrismaMariaDb({
    host: hostname,
    port: Number(port || 3306),
    user: username,
    password,
    database: pathname.slice(1),
  });
}
