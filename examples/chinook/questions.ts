// What the owner of the shop wants to know. No statement needs what only some databases have, so the same questions have the
// same answers on all of them. None sorts by text, which each database does in its own way.
import {
  alias,
  caseWhen,
  cte,
  type Database,
  decimal,
  excluded,
  exists,
  fn,
  insertInto,
  integer,
  jsonArray,
  literal,
  not,
  orderedBy,
  param,
  partitionBy,
  type Queries,
  recursiveAll,
  row,
  select,
  type Transaction,
  text,
  update,
  values,
} from "athanor";
import {
  albums,
  artists,
  customers,
  employees,
  genres,
  invoiceLines,
  invoices,
  mediaTypes,
  playlists,
  playlistTracks,
  tracks,
} from "./schema.ts";

/** A question, and how a database answers it. Whatever is written to find out is rolled back. */
export interface Question {
  readonly title: string;
  readonly ask: (db: Database<never>) => Promise<readonly object[]>;
}

// --- Money ---

const year = fn.extract("year", invoices.date);
const revenue = fn.sum(invoices.total);

export const revenueByCountryAndYear = select({ country: invoices.billingCountry, year, invoices: fn.count(), revenue })
  .from(invoices)
  .groupBy(invoices.billingCountry, year)
  .having(revenue.gt("60"))
  .orderBy(revenue.desc(), year.asc(), fn.min(invoices.id).asc());

const yearly = cte("yearly", select({ year, revenue }).from(invoices).groupBy(year));
const yearBefore = fn.lag(yearly.revenue).over(orderedBy(yearly.year.asc()));

export const growthByYear = select({
  year: yearly.year,
  revenue: yearly.revenue,
  growth: yearly.revenue.sub(yearBefore),
})
  .from(yearly)
  .orderBy(yearly.year.asc());

const month = fn.extract("month", invoices.date);
const monthly = select({ year, month, revenue }).from(invoices).groupBy(year, month).as("monthly");
const byMonth = partitionBy(monthly.year).orderBy(monthly.month.asc());

export const runningTotalOfAYear = select({
  month: monthly.month,
  revenue: monthly.revenue,
  untilThen: fn.sum(monthly.revenue).over(byMonth.rows("unbounded", "current row")),
})
  .from(monthly)
  .where(monthly.year.eq(param("year", integer())))
  .orderBy(monthly.month.asc());

const lineTotal = invoiceLines.unitPrice.mul(invoiceLines.quantity.cast(decimal(10, 0)));

export const bestSellingAlbums = select({
  album: albums.title,
  artist: artists.name,
  sold: fn.sum(invoiceLines.quantity),
  revenue: fn.sum(lineTotal),
})
  .from(invoiceLines)
  .join(tracks, tracks.id.eq(invoiceLines.trackId))
  .join(albums, albums.id.eq(tracks.albumId))
  .join(artists, artists.id.eq(albums.artistId))
  .groupBy(albums.id, artists.id)
  .orderBy(fn.sum(lineTotal).desc(), albums.id.asc())
  .limit(10);

/** Invoices whose total is not what their lines add up to: there should be none. */
export const wrongInvoices = select({ invoice: invoices.id, total: invoices.total, lines: fn.sum(lineTotal) })
  .from(invoices)
  .leftJoin(invoiceLines, invoiceLines.invoiceId.eq(invoices.id))
  .groupBy(invoices.id)
  .having(fn.sum(lineTotal).isDistinctFrom(invoices.total));

// --- Customers ---

const spentOnGenre = cte(
  "spent_on_genre",
  select({ genreId: tracks.genreId, customerId: invoices.customerId, spent: fn.sum(lineTotal) })
    .from(invoiceLines)
    .join(invoices, invoices.id.eq(invoiceLines.invoiceId))
    .join(tracks, tracks.id.eq(invoiceLines.trackId))
    .groupBy(tracks.genreId, invoices.customerId),
);
const ranked = select({
  genreId: spentOnGenre.genreId,
  customerId: spentOnGenre.customerId,
  spent: spentOnGenre.spent,
  place: fn.rank().over(partitionBy(spentOnGenre.genreId).orderBy(spentOnGenre.spent.desc())),
})
  .from(spentOnGenre)
  .as("ranked");

export const topCustomersOfGenres = select({
  genre: genres.name,
  place: ranked.place,
  customer: { id: customers.id, name: customers.firstName.concat(" ").concat(customers.lastName) },
  spent: ranked.spent,
})
  .from(ranked)
  .join(genres, genres.id.eq(ranked.genreId))
  .join(customers, customers.id.eq(ranked.customerId))
  .where(ranked.place.lte(2), genres.id.lte(8))
  .orderBy(genres.id.asc(), ranked.place.asc(), customers.id.asc());

const purchases = select({
  customerId: invoices.customerId,
  date: invoices.date,
  before: fn.lag(invoices.date).over(partitionBy(invoices.customerId).orderBy(invoices.date.asc(), invoices.id.asc())),
})
  .from(invoices)
  .as("purchases");
const days = fn.secondsBetween(purchases.before, purchases.date).div(86_400);

export const longestPauses = select({
  customer: customers.lastName,
  from: purchases.before,
  until: purchases.date,
  days,
})
  .from(purchases)
  .join(customers, customers.id.eq(purchases.customerId))
  .where(days.gt(300))
  .orderBy(days.desc(), customers.id.asc(), purchases.date.asc())
  .limit(8);

const buyersOf = (genre: string) =>
  select({ id: invoices.customerId })
    .from(invoices)
    .join(invoiceLines, invoiceLines.invoiceId.eq(invoices.id))
    .join(tracks, tracks.id.eq(invoiceLines.trackId))
    .join(genres, genres.id.eq(tracks.genreId))
    .where(genres.name.eq(genre));

/** Customers for a newsletter: they know jazz and the blues, and have never tried metal. */
export const jazzAndBluesWithoutMetal = buyersOf("Jazz")
  .intersect(buyersOf("Blues"))
  .except(buyersOf("Metal"))
  .orderBy((customer) => customer.id.asc());

export const customersOfEmployees = select({
  employee: employees.lastName,
  title: employees.title,
  customers: fn.count(customers.id),
  revenue: fn.coalesce(
    select({ sum: revenue })
      .from(invoices)
      .where(
        invoices.customerId.in(
          select({ id: customers.id }).from(customers).where(customers.supportRepId.eq(employees.id)),
        ),
      )
      .scalar(),
    "0.00",
  ),
})
  .from(employees)
  .leftJoin(customers, customers.supportRepId.eq(employees.id))
  .groupBy(employees.id)
  .orderBy(employees.id.asc());

const tree = recursiveAll(
  "tree",
  select({ id: employees.id, depth: literal(0), path: employees.lastName.cast(text()) })
    .from(employees)
    .where(employees.reportsTo.isNull()),
  (above) =>
    select({
      id: employees.id,
      depth: above.depth.add(1),
      path: above.path.concat(" > ").concat(employees.lastName),
    })
      .from(employees)
      .join(above, above.id.eq(employees.reportsTo)),
);

export const employeeTree = select({ depth: tree.depth, path: tree.path, title: employees.title })
  .from(tree)
  .join(employees, employees.id.eq(tree.id))
  .orderBy(tree.depth.asc(), tree.id.asc());

// --- Music ---

const sold = select({ id: invoiceLines.id })
  .from(invoiceLines)
  .join(tracks, tracks.id.eq(invoiceLines.trackId))
  .join(albums, albums.id.eq(tracks.albumId))
  .where(albums.artistId.eq(artists.id));

/** Artists in the catalogue, with albums, none of whose tracks was ever sold. */
export const artistsWithoutSales = select({
  id: artists.id,
  artist: artists.name,
  albums: select({ n: fn.count() }).from(albums).where(albums.artistId.eq(artists.id)).scalar(),
})
  .from(artists)
  .where(not(exists(sold)), exists(select({ id: albums.id }).from(albums).where(albums.artistId.eq(artists.id))))
  .orderBy(artists.id.asc());

export const albumsOfArtists = select({
  artist: artists.name,
  albums: jsonArray(
    select({
      title: albums.title,
      tracks: jsonArray(
        select({ name: tracks.name, seconds: tracks.milliseconds.div(1000), price: tracks.unitPrice })
          .from(tracks)
          .where(tracks.albumId.eq(albums.id))
          .orderBy(tracks.id.asc())
          .limit(3),
      ),
    })
      .from(albums)
      .where(albums.artistId.eq(artists.id))
      .orderBy(albums.id.asc()),
  ),
})
  .from(artists)
  .where(artists.id.in([1, 3, 25]))
  .orderBy(artists.id.asc());

const other = alias(playlistTracks, "other");
const otherPlaylist = alias(playlists, "other_playlist");

export const playlistsSharingTracks = select({ one: playlists.name, other: otherPlaylist.name, tracks: fn.count() })
  .from(playlistTracks)
  .join(other, other.trackId.eq(playlistTracks.trackId).and(other.playlistId.gt(playlistTracks.playlistId)))
  .join(playlists, playlists.id.eq(playlistTracks.playlistId))
  .join(otherPlaylist, otherPlaylist.id.eq(other.playlistId))
  .groupBy(playlists.id, otherPlaylist.id)
  .orderBy(fn.count().desc(), playlists.id.asc(), otherPlaylist.id.asc())
  .limit(8);

const everyTrack = select({ n: fn.count() }).from(tracks);

export const shareOfMediaTypes = select({
  type: mediaTypes.name,
  tracks: fn.count(tracks.id),
  percent: fn.count(tracks.id).mul(100).div(everyTrack.scalar()),
})
  .from(mediaTypes)
  .leftJoin(tracks, tracks.mediaTypeId.eq(mediaTypes.id))
  .groupBy(mediaTypes.id)
  .orderBy(fn.count(tracks.id).desc(), mediaTypes.id.asc());

const lengths = values("lengths", { name: text(), from: integer(), below: integer() }, [
  { name: "up to two minutes", from: 0, below: 120 },
  { name: "up to five minutes", from: 120, below: 300 },
  { name: "up to ten minutes", from: 300, below: 600 },
  { name: "longer", from: 600, below: 100_000 },
]);
const seconds = tracks.milliseconds.div(1000);

export const tracksByLength = select({
  length: lengths.name,
  tracks: fn.count(tracks.id),
  withComposer: fn.count(tracks.id).filter(tracks.composer.isNotNull()),
  kind: caseWhen(fn.avg(tracks.milliseconds).gt(900_000), literal("episodes")).else(literal("songs")),
})
  .from(lengths)
  .leftJoin(tracks, seconds.gte(lengths.from).and(seconds.lt(lengths.below)))
  .groupBy(lengths.name, lengths.from)
  .orderBy(lengths.from.asc());

export const tracksAbout = select({ track: tracks.name, genre: genres.name, seconds })
  .from(tracks)
  .leftJoin(genres, genres.id.eq(tracks.genreId))
  .where(tracks.name.ilike(fn.concat(literal("%"), param("word", text()), literal("%"))))
  .orderBy(tracks.milliseconds.desc(), tracks.id.asc())
  .limit(8);

// --- Paging and writing ---

const pageSize = 500;
const byLength = select({ id: tracks.id, milliseconds: tracks.milliseconds })
  .from(tracks)
  .orderBy(tracks.milliseconds.desc(), tracks.id.desc())
  .limit(pageSize);
const laterByLength = byLength.where(
  row(tracks.milliseconds, tracks.id).lt([param("milliseconds", integer()), param("id", integer())]),
);

/** All tracks from the longest to the shortest, page by page: each page starts behind the last row of the one before. */
async function pagesOfTracks(db: Queries<never>): Promise<readonly object[]> {
  const pages: object[] = [];
  let page = await db.all(byLength);
  for (let last = page.at(-1); last !== undefined; last = page.at(-1)) {
    pages.push({ page: pages.length + 1, tracks: page.length, first: page[0]?.id, last: last.id });
    page = await db.all(laterByLength, last);
  }
  return pages;
}

const priceOfRock = select({ tracks: fn.count(), price: fn.sum(tracks.unitPrice) })
  .from(tracks)
  .where(tracks.genreId.eq(1));

/** Raises the price of all rock, looks at it, and thinks better of it. */
async function dearerRock(db: Database<never>): Promise<readonly object[]> {
  const before = await db.one(priceOfRock);
  const during = await undone(db, async (tx) => {
    await tx.run(
      update(tracks)
        .set({ unitPrice: tracks.unitPrice.add("0.30") })
        .where(tracks.genreId.eq(1)),
    );
    return tx.one(priceOfRock);
  });
  const after = await db.one(priceOfRock);
  return [
    { when: "before", ...before },
    { when: "inside the transaction", ...during },
    { when: "after it was rolled back", ...after },
  ];
}

/** Brings the genres up to date with a list from elsewhere: one is renamed, one is new. */
function mergedGenres(db: Database<never>): Promise<readonly object[]> {
  return undone(db, async (tx) => {
    await tx.run(
      insertInto(genres)
        .values([
          { id: 23, name: "Coffee & Alternative" },
          { id: 26, name: "Audiobook" },
        ])
        .onConflict(genres.id)
        .doUpdate({ name: excluded(genres.name) }),
    );
    return tx.all(select(genres).where(genres.id.gte(22)).orderBy(genres.id.asc()));
  });
}

async function undone<T>(db: Database<never>, work: (tx: Transaction<never>) => Promise<T>): Promise<T> {
  return db.transaction(async (tx) => {
    const found = await work(tx);
    await tx.rollback();
    return found;
  });
}

export const questions: readonly Question[] = [
  { title: "Where and when did we sell for more than 60?", ask: (db) => db.all(revenueByCountryAndYear) },
  { title: "How does revenue grow?", ask: (db) => db.all(growthByYear) },
  { title: "How did 2023 add up?", ask: (db) => db.all(runningTotalOfAYear, { year: 2023 }) },
  { title: "Which albums earn most?", ask: (db) => db.all(bestSellingAlbums) },
  { title: "Which invoices do not add up?", ask: (db) => db.all(wrongInvoices) },
  { title: "Who spends most on each genre?", ask: (db) => db.all(topCustomersOfGenres) },
  { title: "Who stayed away longest between two purchases?", ask: (db) => db.all(longestPauses) },
  { title: "Who buys jazz and blues, and no metal?", ask: (db) => db.all(jazzAndBluesWithoutMetal) },
  { title: "Whom do our employees look after?", ask: (db) => db.all(customersOfEmployees) },
  { title: "Who reports to whom?", ask: (db) => db.all(employeeTree) },
  { title: "Which artists have never sold anything?", ask: (db) => db.all(artistsWithoutSales) },
  { title: "What is on the albums of some artists?", ask: (db) => db.all(albumsOfArtists) },
  { title: "Which playlists share most tracks?", ask: (db) => db.all(playlistsSharingTracks) },
  { title: "In which formats do we sell?", ask: (db) => db.all(shareOfMediaTypes) },
  { title: "How long is our music?", ask: (db) => db.all(tracksByLength) },
  { title: "What do we have about love?", ask: (db) => db.all(tracksAbout, { word: "LOVE" }) },
  { title: "Can we page through all tracks?", ask: pagesOfTracks },
  { title: "What if rock were 0.30 dearer?", ask: dearerRock },
  { title: "What would the new list of genres change?", ask: mergedGenres },
];
