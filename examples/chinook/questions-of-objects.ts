// Questions of questions.ts once more, where objects suit: the same answers, from loaded graphs. What is about sums over many rows
// stays a statement.
import { type Database, fn, select } from "athanor";
import { Session } from "athanor/orm";
import { Album, Artist, Customer, Employee, Genre, Invoice, InvoiceLine, MediaType, Track } from "./mapped.ts";
import type { Question } from "./questions.ts";
import { albums, artists, customers, employees, genres, invoiceLines, mediaTypes, tracks } from "./schema.ts";

type Ask = (session: Session) => Promise<readonly object[]>;

/** Objects beside sums, in one statement. */
const bestSellingAlbums: Ask = async (session) => {
  const found = await session.all(
    select({ album: Album, artist: Artist, sold: fn.sum(invoiceLines.quantity), revenue: fn.sum(InvoiceLine.total) })
      .from(InvoiceLine)
      .join(Track, tracks.id.eq(invoiceLines.trackId))
      .join(Album, albums.id.eq(tracks.albumId))
      .join(Artist, artists.id.eq(albums.artistId))
      .groupBy(albums.id, artists.id)
      .orderBy(fn.sum(InvoiceLine.total).desc(), albums.id.asc())
      .limit(10),
  );
  return found.map(({ album, artist, sold, revenue }) => ({ album: album.title, artist: artist.name, sold, revenue }));
};

/** Every invoice with its lines, in two statements. */
const wrongInvoices: Ask = async (session) => {
  const found = await session.query(Invoice).include(Invoice.lines).all();
  return found.flatMap(({ id, total, lines }) => {
    const sum = lines.reduce((cents, line) => cents + Math.round(Number(line.total) * 100), 0);
    return sum === Math.round(Number(total) * 100) ? [] : [{ invoice: id, total, lines: (sum / 100).toFixed(2) }];
  });
};

const bought = (genre: string) =>
  Customer.invoices.any(Invoice.lines.any(InvoiceLine.track.any(Track.genre.any(genres.name.eq(genre)))));

const jazzAndBluesWithoutMetal: Ask = async (session) => {
  const found = await session
    .query(Customer)
    .where(bought("Jazz"), bought("Blues"), bought("Metal").not())
    .orderBy(customers.id.asc())
    .all();
  return found.map(({ id }) => ({ id }));
};

const customersOfEmployees: Ask = async (session) => {
  const found = await session
    .query(Employee)
    .undefer("revenue")
    .orderBy(employees.id.asc())
    .with({ customers: Employee.customers.count() })
    .all();
  return found.map(({ entity: { lastName, title, revenue }, customers }) => ({
    employee: lastName,
    title,
    customers,
    revenue,
  }));
};

/** Awaiting in loops: one statement for each level of the tree, since those who came together are loaded for together. */
const employeeTree: Ask = async (session) => {
  const lines: { depth: number; path: string; title: string | null }[] = [];
  let level = (await session.query(Employee).where(employees.reportsTo.isNull()).all()).map((employee) => ({
    employee,
    path: employee.lastName,
  }));
  for (let depth = 0; level.length > 0; depth++) {
    level.sort((a, b) => a.employee.id - b.employee.id);
    lines.push(...level.map(({ employee, path }) => ({ depth, path, title: employee.title })));
    const next: typeof level = [];
    for (const { employee, path } of level) {
      for (const report of await employee.reports) {
        next.push({ employee: report, path: `${path} > ${report.lastName}` });
      }
    }
    level = next;
  }
  return lines;
};

const artistsWithoutSales: Ask = async (session) => {
  const found = await session
    .query(Artist)
    .where(Artist.albums.any(), Artist.albums.none(Album.tracks.any(Track.lines.any())))
    .orderBy(artists.id.asc())
    .with({ albums: Artist.albums.count() })
    .all();
  return found.map(({ entity, albums }) => ({ id: entity.id, artist: entity.name, albums }));
};

const albumsOfArtists: Ask = async (session) => {
  const found = await session
    .query(Artist)
    .where(artists.id.in([1, 3, 25]))
    .include(Artist.albums.include(Album.tracks))
    .orderBy(artists.id.asc())
    .all();
  return found.map((artist) => ({
    artist: artist.name,
    albums: artist.albums.map((album) => ({
      title: album.title,
      tracks: album.tracks.slice(0, 3).map(({ name, seconds, unitPrice }) => ({ name, seconds, price: unitPrice })),
    })),
  }));
};

const shareOfMediaTypes: Ask = async (session) => {
  const all = await session.query(Track).count();
  const found = await session
    .query(MediaType)
    .orderBy(MediaType.tracks.count().desc(), mediaTypes.id.asc())
    .with({ tracks: MediaType.tracks.count() })
    .all();
  return found.map(({ entity, tracks }) => ({ type: entity.name, tracks, percent: Math.floor((tracks * 100) / all) }));
};

const tracksAboutLove: Ask = async (session) => {
  const found = await session
    .query(Track)
    .filter({ name: { ilike: "%love%" } })
    .include(Track.genre)
    .orderBy(tracks.milliseconds.desc(), tracks.id.asc())
    .limit(8)
    .all();
  return found.map(({ name, genre, seconds }) => ({ track: name, genre: genre?.name ?? null, seconds }));
};

const pagesOfTracks: Ask = async (session) => {
  const pages: object[] = [];
  const ordered = session.query(Track).orderBy(tracks.milliseconds.desc(), tracks.id.desc());
  for (let cursor: string | null = null, more = true; more; ) {
    const page = await ordered.after(cursor, { size: 500 });
    pages.push({
      page: pages.length + 1,
      tracks: page.items.length,
      first: page.items[0]?.id,
      last: page.items.at(-1)?.id,
    });
    more = page.next !== null;
    cursor = page.next;
  }
  return pages;
};

/** Changes every object, looks at what the database makes of it, and takes it back: the objects are as before, too. */
const dearerRock: Ask = async (session) => {
  const price = () =>
    session.all(
      select({ tracks: fn.count(), price: fn.sum(tracks.unitPrice) })
        .from(Track)
        .where(tracks.genreId.eq(1)),
    );
  const [before] = await price();
  for (const track of await session.query(Track).where(tracks.genreId.eq(1)).all())
    track.unitPrice = (Number(track.unitPrice) + 0.3).toFixed(2) as `${number}`;
  const [during] = await price();
  await session.rollback();
  const [after] = await price();
  return [
    { when: "before", ...before },
    { when: "inside the transaction", ...during },
    { when: "after it was rolled back", ...after },
  ];
};

const mergedGenres: Ask = async (session) => {
  await session.merge(new Genre({ id: 23, name: "Coffee & Alternative" }));
  await session.merge(new Genre({ id: 26, name: "Audiobook" }));
  const found = await session.query(Genre).where(genres.id.gte(22)).orderBy(genres.id.asc()).all();
  const answer = found.map(({ id, name }) => ({ id, name }));
  await session.rollback();
  return answer;
};

const asked: Readonly<Record<string, Ask>> = {
  "Which albums earn most?": bestSellingAlbums,
  "Which invoices do not add up?": wrongInvoices,
  "Who buys jazz and blues, and no metal?": jazzAndBluesWithoutMetal,
  "Whom do our employees look after?": customersOfEmployees,
  "Who reports to whom?": employeeTree,
  "Which artists have never sold anything?": artistsWithoutSales,
  "What is on the albums of some artists?": albumsOfArtists,
  "In which formats do we sell?": shareOfMediaTypes,
  "What do we have about love?": tracksAboutLove,
  "Can we page through all tracks?": pagesOfTracks,
  "What if rock were 0.30 dearer?": dearerRock,
  "What would the new list of genres change?": mergedGenres,
};

/** Each in a session of its own. */
export const questionsOfObjects: readonly Question[] = Object.entries(asked).map(([title, ask]) => ({
  title,
  ask: async (db: Database<never>) => {
    const session = new Session(db);
    try {
      return await ask(session);
    } finally {
      await session.close();
    }
  },
}));
