// Copies all of Chinook from one database to another, through Athanor alone: rows are streamed from the one and go to the
// other in batches, so that memory stays small however large the database is.
import { type Database, insertInto, select } from "athanor";
import * as schema from "./schema.ts";

type AnyTable = typeof schema.artists;

/**
 * Each table after those it refers to. Rows of a table go into the same table, which the compiler cannot follow through a
 * loop: to it, all of them are like the first.
 */
const tables = {
  Artist: schema.artists,
  Genre: schema.genres,
  MediaType: schema.mediaTypes,
  Playlist: schema.playlists,
  Album: schema.albums,
  Employee: schema.employees,
  Customer: schema.customers,
  Track: schema.tracks,
  Invoice: schema.invoices,
  PlaylistTrack: schema.playlistTracks,
  InvoiceLine: schema.invoiceLines,
} as unknown as Readonly<Record<string, AnyTable>>;

export interface Progress {
  readonly table: string;
  readonly rows: number;
  /** Whether that was all of the table. */
  readonly done: boolean;
}

/** Creates the tables in `to`, and fills all of them or none. */
export async function copyTables(
  from: Database<never>,
  to: Database<never>,
  report: (progress: Progress) => void,
): Promise<void> {
  await to.create(schema);
  await to.transaction(async (tx) => {
    for (const [name, table] of Object.entries(tables)) {
      let rows = 0;
      for await (const batch of from.stream(select(table), { batch: 500 }).batches()) {
        await tx.run(insertInto(table).values(batch));
        rows += batch.length;
        report({ table: name, rows, done: false });
      }
      report({ table: name, rows, done: true });
    }
  });
  if (to.dialect.name === "PostgreSQL") await continueNumbering(to);
}

/** PostgreSQL goes on counting where it was, whatever keys were given: it is told the largest. */
async function continueNumbering(to: Database<never>): Promise<void> {
  for (const name of Object.keys(tables)) {
    if (name === "PlaylistTrack") continue;
    await to.execute(
      `select setval(pg_get_serial_sequence('"${name}"', '${name}Id'), max("${name}Id")) from "${name}"`,
    );
  }
}
