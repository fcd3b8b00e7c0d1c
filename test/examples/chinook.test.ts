// The questions of the shop, asked once more as SQL written by hand and run by better-sqlite3 alone: the answers are the
// same, on every database that the data is copied to.

import { type Database, fn, insertInto, select } from "athanor";
import { sqlite } from "athanor/sqlite";
import BetterSqlite3 from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { copyTables, type Progress } from "../../examples/chinook/copy-tables.ts";
import { questions } from "../../examples/chinook/questions.ts";
import * as schema from "../../examples/chinook/schema.ts";
import { chinookCopy, missing } from "../support/chinook.ts";
import { databases } from "../support/databases.ts";

/** Rows as better-sqlite3 gives them, made into what Athanor promises. */
type Answer = (db: BetterSqlite3.Database) => readonly object[];

type Raw = Readonly<Record<string, unknown>>;
const rows =
  (text: string, ...values: unknown[]) =>
  (db: BetterSqlite3.Database): Raw[] =>
    db.prepare<unknown[], Raw>(text).all(...values);

/** Money comes as a double from SQLite. */
const money = (value: unknown): string | null => (value === null ? null : (value as number).toFixed(2));
const withMoney = (answer: (db: BetterSqlite3.Database) => Raw[], ...names: string[]): Answer => {
  return (db) =>
    answer(db).map((row) => ({ ...row, ...Object.fromEntries(names.map((name) => [name, money(row[name])])) }));
};
const date = (value: unknown): Date => new Date(`${(value as string).replace(" ", "T")}Z`);

const byHand: Readonly<Record<string, Answer>> = {
  "Where and when did we sell for more than 60?": withMoney(
    rows(`
      select BillingCountry as country, cast(strftime('%Y', InvoiceDate) as integer) as year, count(*) as invoices,
             sum(Total) as revenue
      from Invoice group by 1, 2 having round(sum(Total), 2) > 60 order by round(sum(Total), 2) desc, year, min(InvoiceId)`),
    "revenue",
  ),
  "How does revenue grow?": withMoney(
    rows(`
      with yearly as (
        select cast(strftime('%Y', InvoiceDate) as integer) as year, sum(Total) as revenue from Invoice group by 1)
      select year, revenue, revenue - lag(revenue) over (order by year) as growth from yearly order by year`),
    "revenue",
    "growth",
  ),
  "How did 2023 add up?": withMoney(
    rows(`
      with monthly as (
        select cast(strftime('%m', InvoiceDate) as integer) as month, sum(Total) as revenue
        from Invoice where InvoiceDate >= '2023-01-01' and InvoiceDate < '2024-01-01' group by 1)
      select month, revenue, sum(revenue) over (order by month) as untilThen from monthly order by month`),
    "revenue",
    "untilThen",
  ),
  "Which albums earn most?": withMoney(
    rows(`
      select a.Title as album, r.Name as artist, sum(l.Quantity) as sold, sum(l.UnitPrice * l.Quantity) as revenue
      from InvoiceLine l join Track t using (TrackId) join Album a using (AlbumId) join Artist r using (ArtistId)
      group by a.AlbumId order by round(sum(l.UnitPrice * l.Quantity), 2) desc, a.AlbumId limit 10`),
    "revenue",
  ),
  "Which invoices do not add up?": withMoney(
    rows(`
      select InvoiceId as invoice, Total as total, sum(UnitPrice * Quantity) as lines
      from Invoice left join InvoiceLine using (InvoiceId)
      group by InvoiceId having round(lines, 2) is not round(total, 2)`),
    "total",
    "lines",
  ),
  "Who spends most on each genre?": (db) =>
    withMoney(
      rows(`
        with spent as (
          select t.GenreId, i.CustomerId, round(sum(l.UnitPrice * l.Quantity), 2) as spent
          from InvoiceLine l join Invoice i using (InvoiceId) join Track t using (TrackId) group by 1, 2),
        ranked as (select *, rank() over (partition by GenreId order by spent desc) as place from spent)
        select g.Name as genre, place, c.CustomerId as id, c.FirstName || ' ' || c.LastName as name, spent
        from ranked join Genre g using (GenreId) join Customer c using (CustomerId)
        where place <= 2 and GenreId <= 8 order by GenreId, place, CustomerId`),
      "spent",
    )(db).map((row) => {
      const { genre, place, id, name, spent } = row as Raw;
      return { genre, place, customer: { id, name }, spent };
    }),
  "Who stayed away longest between two purchases?": (db) =>
    rows(`
      with purchase as (
        select CustomerId, InvoiceDate,
               lag(InvoiceDate) over (partition by CustomerId order by InvoiceDate, InvoiceId) as before
        from Invoice)
      select c.LastName as customer, before as "from", InvoiceDate as until,
             julianday(InvoiceDate) - julianday(before) as days
      from purchase join Customer c using (CustomerId)
      where days > 300 order by days desc, CustomerId, InvoiceDate limit 8`)(db).map((row) => ({
      ...row,
      from: date(row.from),
      until: date(row.until),
    })),
  "Who buys jazz and blues, and no metal?": (db) => {
    const buyers = (genre: string) =>
      rows(
        `select distinct i.CustomerId as id from Invoice i join InvoiceLine using (InvoiceId) join Track using (TrackId)
         join Genre g using (GenreId) where g.Name = ?`,
        genre,
      )(db).map(({ id }) => id as number);
    const [jazz, blues, metal] = [buyers("Jazz"), buyers("Blues"), buyers("Metal")];
    const found = jazz.filter((id) => blues.includes(id) && !metal.includes(id));
    return found.toSorted((a, b) => a - b).map((id) => ({ id }));
  },
  "Whom do our employees look after?": withMoney(
    rows(`
      select e.LastName as employee, e.Title as title, count(distinct c.CustomerId) as customers,
             coalesce(sum(i.Total), 0.0) as revenue
      from Employee e left join Customer c on c.SupportRepId = e.EmployeeId left join Invoice i using (CustomerId)
      group by e.EmployeeId order by e.EmployeeId`),
    "revenue",
  ),
  "Who reports to whom?": rows(`
    with recursive tree(id, depth, path) as (
      select EmployeeId, 0, LastName from Employee where ReportsTo is null
      union all
      select EmployeeId, depth + 1, path || ' > ' || LastName from Employee join tree on tree.id = ReportsTo)
    select depth, path, Title as title from tree join Employee on EmployeeId = id order by depth, id`),
  "Which artists have never sold anything?": rows(`
    select ArtistId as id, r.Name as artist, count(distinct AlbumId) as albums
    from Artist r join Album using (ArtistId) left join Track t using (AlbumId) left join InvoiceLine l using (TrackId)
    group by ArtistId having count(l.InvoiceLineId) = 0 order by ArtistId`),
  "What is on the albums of some artists?": (db) =>
    rows("select ArtistId, Name from Artist where ArtistId in (1, 3, 25) order by ArtistId")(db).map((artist) => ({
      artist: artist.Name,
      albums: rows(
        "select * from Album where ArtistId = ? order by AlbumId",
        artist.ArtistId,
      )(db).map((album) => ({
        title: album.Title,
        tracks: rows(
          "select * from Track where AlbumId = ? order by TrackId limit 3",
          album.AlbumId,
        )(db).map((track) => ({
          name: track.Name,
          seconds: Math.trunc((track.Milliseconds as number) / 1000),
          price: money(track.UnitPrice),
        })),
      })),
    })),
  "Which playlists share most tracks?": rows(`
    select p.Name as one, q.Name as other, count(*) as tracks
    from PlaylistTrack a join PlaylistTrack b on b.TrackId = a.TrackId and b.PlaylistId > a.PlaylistId
    join Playlist p on p.PlaylistId = a.PlaylistId join Playlist q on q.PlaylistId = b.PlaylistId
    group by a.PlaylistId, b.PlaylistId order by tracks desc, a.PlaylistId, b.PlaylistId limit 8`),
  "In which formats do we sell?": rows(`
    select m.Name as type, count(TrackId) as tracks, count(TrackId) * 100 / (select count(*) from Track) as percent
    from MediaType m left join Track using (MediaTypeId) group by MediaTypeId order by tracks desc, MediaTypeId`),
  "How long is our music?": rows(`
    select case when s < 120 then 'up to two minutes' when s < 300 then 'up to five minutes'
                when s < 600 then 'up to ten minutes' else 'longer' end as length,
           count(*) as tracks, count(Composer) as withComposer,
           iif(avg(Milliseconds) > 900000, 'episodes', 'songs') as kind
    from (select *, Milliseconds / 1000 as s from Track) group by 1 order by min(s)`),
  "What do we have about love?": rows(`
    select t.Name as track, g.Name as genre, Milliseconds / 1000 as seconds
    from Track t left join Genre g using (GenreId) where lower(t.Name) like '%love%'
    order by Milliseconds desc, TrackId limit 8`),
  "Can we page through all tracks?": (db) => {
    const ids = rows("select TrackId as id from Track order by Milliseconds desc, TrackId desc")(db).map(
      ({ id }) => id,
    );
    return Array.from({ length: Math.ceil(ids.length / 500) }, (_, page) => {
      const own = ids.slice(page * 500, (page + 1) * 500);
      return { page: page + 1, tracks: own.length, first: own[0], last: own.at(-1) };
    });
  },
  "What if rock were 0.30 dearer?": (db) => {
    const price = rows("select count(*) as tracks, sum(UnitPrice) as price from Track where GenreId = 1");
    const [before] = withMoney(price, "price")(db);
    db.exec("begin; update Track set UnitPrice = UnitPrice + 0.30 where GenreId = 1");
    const [during] = withMoney(price, "price")(db);
    db.exec("rollback");
    return [
      { when: "before", ...before },
      { when: "inside the transaction", ...during },
      { when: "after it was rolled back", ...before },
    ];
  },
  "What would the new list of genres change?": (db) => {
    db.exec(`
      begin;
      insert into Genre (GenreId, Name) values (23, 'Coffee & Alternative'), (26, 'Audiobook')
      on conflict (GenreId) do update set Name = excluded.Name`);
    const found = rows("select GenreId as id, Name as name from Genre where GenreId >= 22 order by GenreId")(db);
    db.exec("rollback");
    return found;
  },
};

test("every question is asked by hand too", () => {
  expect(questions.map(({ title }) => title)).toEqual(Object.keys(byHand));
});

const tables = "Artist Genre MediaType Playlist Album Employee Customer Track Invoice PlaylistTrack InvoiceLine".split(
  " ",
);

describe.skipIf(missing)(missing ?? "Chinook", () => {
  let copy: ReturnType<typeof chinookCopy>;
  let db: Database<never>;
  let raw: BetterSqlite3.Database;
  beforeAll(() => {
    copy = chinookCopy();
    db = sqlite(copy.path, { create: false });
    raw = new BetterSqlite3(copy.path);
  });
  afterAll(async () => {
    await db.close();
    raw.close();
    copy[Symbol.dispose]();
  });
  const contents = () => tables.map((name) => rows(`select * from "${name}"`)(raw));

  for (const { title, ask } of questions) {
    test(`as it is: ${title}`, async () => {
      expect(await ask(db)).toEqual(byHand[title]?.(raw));
    });
  }

  test("no question changes anything", async () => {
    const before = contents();
    for (const { ask } of questions) await ask(db);
    expect(contents()).toEqual(before);
  });

  describe.each(databases)("copied to $name", ({ db: to }) => {
    const reports: Progress[] = [];
    beforeAll(() => copyTables(db, to, (report) => void reports.push(report)));

    test("every row arrives, and is reported", async () => {
      const counts = contents().map((found, i) => ({ table: tables[i], rows: found.length, done: true }));
      expect(reports.filter(({ done }) => done)).toEqual(counts);
      for (const table of Object.values(schema)) {
        const every = select(table as typeof schema.artists);
        const byKey = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
        expect((await to.all(every)).toSorted(byKey)).toEqual((await db.all(every)).toSorted(byKey));
      }
    });

    for (const { title, ask } of questions) {
      test(title, async () => {
        expect(await ask(to)).toEqual(byHand[title]?.(raw));
      });
    }

    test("numbering goes on behind the rows that were copied", async () => {
      await using tx = await to.begin();
      await tx.run(insertInto(schema.artists).values({ name: "Someone new" }));
      const last = select({ id: fn.max(schema.artists.id) }).from(schema.artists);
      expect(await tx.scalar(last)).toBe(276);
    });
  });
});
