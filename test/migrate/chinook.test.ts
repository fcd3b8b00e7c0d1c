// A history over Chinook, from the command line, in a folder as a project has it: what was not made by Athanor is taken as it
// is, thirteen revisions change it in every way that people do, and going all the way down leaves every row as it was.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Database, integer, sql, text } from "athanor";
import { sqlite } from "athanor/sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyTables } from "../../examples/chinook/copy-tables.ts";
import { chinookCopy, missing } from "../support/chinook.ts";
import { databases } from "../support/databases.ts";
import { MigrationProject } from "../support/migration-project.ts";
import { rawRows } from "../support/raw-rows.ts";

interface Place {
  readonly url: string;
  readonly db: Database<any>;
  readonly end: () => Promise<void>;
}

async function sqlitePlace(): Promise<Place> {
  const copy = chinookCopy();
  const db = sqlite(copy.path);
  return {
    url: `sqlite:${copy.path}`,
    db,
    end: async () => {
      await db.close();
      copy[Symbol.dispose]();
    },
  };
}

async function serverPlace(name: "postgres" | "mariadb"): Promise<Place> {
  const found = databases.find((it) => it.name === name);
  if (found?.server === undefined) throw new Error(`no ${name}`);
  const { host, port } = found.server;
  const current = name === "postgres" ? sql.raw("current_database()") : sql.raw("database()");
  const { it } = await found.db.one(sql.statement({ it: text() })`select ${current} as it`);
  const user = name === "postgres" ? "postgres" : "root";
  using copy = chinookCopy();
  await using from = sqlite(copy.path, { readOnly: true });
  await copyTables(from as never, found.db as never, () => {});
  return { url: `${name}://${user}@${host}:${port}/${it}`, db: found.db, end: async () => {} };
}

const places = [
  ["sqlite", sqlitePlace] as const,
  ...(["postgres", "mariadb"] as const)
    .filter((name) => databases.some((it) => it.name === name))
    .map((name) => [name, () => serverPlace(name)] as const),
];

describe.skipIf(missing !== undefined).each(places)("%s", (name, open) => {
  let place: Place;
  let project: MigrationProject;
  beforeAll(async () => {
    place = await open();
    project = new MigrationProject(place.url);
  }, 120_000);
  afterAll(async () => {
    project?.[Symbol.dispose]();
    await place?.end();
  });

  const quote = (word: string) => (name === "mariadb" ? `\`${word}\`` : `"${word}"`);

  /** Every row of every table of Chinook, as one text. */
  async function rows(): Promise<Record<string, unknown>> {
    const { tables } = await place.db.inspect();
    const all: Record<string, unknown> = {};
    for (const table of tables.filter(({ name }) => !name.startsWith("athanor_"))) {
      const list = table.columns.map((column) => quote(column.name)).join(", ");
      const order = (table.primaryKey?.columns ?? []).map(quote).join(", ") || "1";
      const names = table.columns.map((column) => column.name);
      all[table.name] = await rawRows(place.db, names, `select ${list} from ${quote(table.name)} order by ${order}`);
    }
    return all;
  }
  const count = async (table: string): Promise<number> =>
    (await place.db.one(sql.statement({ n: integer() })`select count(*) as n from ${sql.id(table)}`)).n;

  const ok = async (...args: string[]) => {
    const outcome = await project.run(...args);
    expect(outcome, outcome.err).toMatchObject({ code: 0 });
    return outcome;
  };

  test("a history of thirteen revisions, there and back", { timeout: 300_000 }, async () => {
    // What somebody else made differs in nothing from what is read of it.
    await ok("pull", "-o", "schema.ts");
    expect((await ok("check")).out).toContain("nothing differs");
    const before = await rows();
    const shape = await place.db.inspect();

    const p = project;
    p.revision("r01", [], {
      up: '    await op.renameColumn("Artist", "Name", "ArtistName");',
      down: '    await op.renameColumn("Artist", "ArtistName", "Name");',
    });
    p.revision("r02", ["r01"], {
      up: '    await op.renameTable("Genre", "Style");',
      down: '    await op.renameTable("Style", "Genre");',
    });
    p.revision("r03", ["r02"], {
      head: `import { integer, select, table, update, varchar } from "athanor";
const artists = table("Artist", { id: integer("ArtistId").primaryKey(), whole: varchar(120, "ArtistName").nullable(), first: varchar(120, "FirstWord").nullable(), rest: varchar(120, "Rest").nullable() });`,
      up: `    await op.addColumn("Artist", { FirstWord: varchar(120).nullable(), Rest: varchar(120).nullable() });
    for (const { id, whole } of await op.all(select({ id: artists.id, whole: artists.whole }).from(artists))) {
      if (whole === null) continue;
      const at = whole.indexOf(" ");
      const [first, rest] = at === -1 ? [whole, null] : [whole.slice(0, at), whole.slice(at + 1)];
      await op.run(update(artists).set({ first, rest }).where(artists.id.eq(id)));
    }
    await op.dropColumn("Artist", "ArtistName");`,
      down: `    await op.addColumn("Artist", { ArtistName: varchar(120).nullable() });
    for (const { id, first, rest } of await op.all(select({ id: artists.id, first: artists.first, rest: artists.rest }).from(artists))) {
      await op.run(update(artists).set({ whole: first === null ? null : rest === null ? first : first + " " + rest }).where(artists.id.eq(id)));
    }
    await op.dropColumn("Artist", "FirstWord");
    await op.dropColumn("Artist", "Rest");`,
    });
    p.revision("r04", ["r03"], {
      head: 'import { varchar } from "athanor";',
      up: '    await op.alterColumn("Track", "Name", { from: varchar(200), to: varchar(400) });',
      down: '    await op.alterColumn("Track", "Name", { from: varchar(400), to: varchar(200) });',
    });
    p.revision("r05", ["r04"], {
      head: `import { table, update, varchar } from "athanor";
const tracks = table("Track", { composer: varchar(220, "Composer").nullable() });`,
      up: `    await op.run(update(tracks).set({ composer: "" }).where(tracks.composer.isNull()));
    await op.alterColumn("Track", "Composer", { from: varchar(220).nullable(), to: varchar(220) });`,
      down: `    await op.alterColumn("Track", "Composer", { from: varchar(220), to: varchar(220).nullable() });
    await op.run(update(tracks).set({ composer: null }).where(tracks.composer.eq("")));`,
    });
    p.revision("r06", ["r05"], {
      head: 'import { boolean, check, enumeration, sql } from "athanor";',
      up: `    await op.addColumn("Customer", { Level: enumeration(["basic", "plus"]).default("basic") });
    await op.addConstraints("Customer", {}, () => [check(sql(boolean())\`${quote("Level").replaceAll("`", "\\`")} in ('basic', 'plus')\`, "known_level")]);`,
      down: `    await op.dropConstraint("Customer", "known_level", "check");
    await op.dropColumn("Customer", "Level");`,
    });
    p.revision("r07", ["r06"], {
      head: 'import { boolean, check, enumeration, sql } from "athanor";',
      up: `    await op.dropConstraint("Customer", "known_level", "check");
    await op.alterColumn("Customer", "Level", { from: enumeration(["basic", "plus"]).default("basic"), to: enumeration(["basic", "plus", "gold"]).default("basic") });
    await op.addConstraints("Customer", {}, () => [check(sql(boolean())\`${quote("Level").replaceAll("`", "\\`")} in ('basic', 'plus', 'gold')\`, "known_level")]);`,
      down: `    await op.dropConstraint("Customer", "known_level", "check");
    await op.alterColumn("Customer", "Level", { from: enumeration(["basic", "plus", "gold"]).default("basic"), to: enumeration(["basic", "plus"]).default("basic") });
    await op.addConstraints("Customer", {}, () => [check(sql(boolean())\`${quote("Level").replaceAll("`", "\\`")} in ('basic', 'plus')\`, "known_level")]);`,
    });
    p.revision("r08", ["r07"], {
      head: `import { insertInto, integer, select, table } from "athanor";
const albums = table("Album", { id: integer("AlbumId").primaryKey() });
const styles = table("Style", { id: integer("GenreId").primaryKey() });
const tracks = table("Track", { album: integer("AlbumId").nullable(), style: integer("GenreId").nullable() });
const albumStyles = table("AlbumStyle", {
  album: integer("AlbumId").references(() => albums.id, { onDelete: "cascade" }),
  style: integer("GenreId").references(() => styles.id),
}, { primaryKey: ["album", "style"] });`,
      up: `    await op.createTable(albumStyles);
    await op.run(insertInto(albumStyles).select(select({ album: tracks.album.notNull(), style: tracks.style.notNull() }).from(tracks).where(tracks.album.isNotNull()).distinct()));`,
      down: '    await op.dropTable("AlbumStyle");',
    });
    p.revision("r09", ["r08"], {
      head: 'import { index, integer } from "athanor";',
      more: name === "postgres" ? "transaction: false," : "",
      up: `    await op.addConstraints("PlaylistTrack", { TrackId: integer(), PlaylistId: integer() }, (t) => [index(t.TrackId, t.PlaylistId).named("by_track")]${name === "postgres" ? ", { concurrently: true }" : ""});`,
      down: '    await op.dropIndex("PlaylistTrack", "by_track");',
    });
    p.revision("r10a", ["r09"], {
      head: `import { integer, table, text } from "athanor";
const audits = table("Audit", { id: integer().primaryKey(), what: text() });`,
      more: 'label: "audit",',
      up: "    await op.createTable(audits);",
      down: '    await op.dropTable("Audit");',
    });
    p.revision("r10b", ["r09"], {
      head: 'import { decimal } from "athanor";',
      up: '    await op.addColumn("Invoice", { Discount: decimal(10, 2).default("0") });',
      down: '    await op.dropColumn("Invoice", "Discount");',
    });
    const split = await project.run("upgrade");
    expect(split.code).toBe(2);
    expect(split.err).toContain("there are 2 heads: r10a (r10a), r10b (r10b)");
    await ok("merge", "-m", "audit and discounts");
    await ok("upgrade");

    // What was not lost on the way.
    expect(await count("Track")).toBe((before.Track as unknown[]).length);
    expect(await count("AlbumStyle")).toBeGreaterThan(300);

    // The declaration follows the database, is changed by hand, and the database follows the declaration.
    await ok("pull", "-o", "schema.ts");
    expect((await ok("check")).out).toContain("nothing differs");
    const schema = readFileSync(join(p.folder, "schema.ts"), "utf8");
    p.write(
      "schema.ts",
      schema
        .replace('varchar(20, "LastName")', 'varchar(40, "LastName")')
        .replace(
          'rest: varchar(120, "Rest").nullable()',
          'rest: varchar(120, "Rest").nullable(), stars: integer("Stars").default(3)',
        ),
    );
    expect((await project.run("check")).code).toBe(1);
    await ok("revision", "--autogenerate", "-m", "longer names and stars");
    await ok("upgrade");
    expect((await ok("check")).out).toContain("nothing differs");
    expect(JSON.parse((await ok("history", "--json")).out)).toHaveLength(13);
    expect((await ok("branches")).out).toContain("r09");

    await ok("downgrade", "base");
    expect((await ok("current")).out).toContain("base");
    expect(await rows()).toEqual(before);
    const plain = (found: typeof shape) =>
      found.tables
        .filter((table) => !table.name.startsWith("athanor_"))
        .map(({ name, columns }) => [
          name,
          columns.map((column) => [column.name, place.db.dialect.typeName(column.type), column.nullable]).sort(),
        ]);
    expect(plain(await place.db.inspect())).toEqual(plain(shape));
    await ok("upgrade", "heads");
    await ok("downgrade", "base");
    expect(await rows()).toEqual(before);
  });
});
