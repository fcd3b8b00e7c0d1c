// Chinook as classes. The tables say how they refer to each other; a relationship only has to be named.
import { decimal, fn, select } from "athanor";
import { many, mapped, one, optional } from "athanor/orm";
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

export class Artist extends mapped(artists, {
  get albums() {
    return many(Album);
  },
}) {}

export class Album extends mapped(albums, {
  get artist() {
    return one(Artist);
  },
  get tracks() {
    return many(Track);
  },
}) {}

export class Track extends mapped(tracks, {
  get album() {
    return optional(Album);
  },
  get genre() {
    return optional(Genre);
  },
  get mediaType() {
    return one(MediaType);
  },
  get lines() {
    return many(InvoiceLine);
  },
  get playlists() {
    return many(Playlist, { through: playlistTracks });
  },
}) {
  get seconds() {
    return Math.floor(this.milliseconds / 1000);
  }
}

export class Genre extends mapped(genres, {
  get tracks() {
    return many(Track);
  },
}) {}

export class MediaType extends mapped(mediaTypes, {
  get tracks() {
    return many(Track);
  },
}) {}

export class Playlist extends mapped(playlists, {
  get tracks() {
    return many(Track, { through: playlistTracks });
  },
}) {}

export class Employee extends mapped(
  employees,
  {
    get boss() {
      return optional(Employee);
    },
    get reports() {
      return many(Employee);
    },
    get customers() {
      return many(Customer);
    },
    /** What the employee's customers have paid. */
    get revenue() {
      const theirs = select({ id: customers.id }).from(customers).where(customers.supportRepId.eq(employees.id));
      const paid = select({ sum: fn.sum(invoices.total) })
        .from(invoices)
        .where(invoices.customerId.in(theirs));
      return fn.coalesce(paid.scalar(), "0.00");
    },
  },
  { deferred: ["revenue"] },
) {}

export class Customer extends mapped(customers, {
  get supportRep() {
    return optional(Employee);
  },
  get invoices() {
    return many(Invoice);
  },
}) {}

export class Invoice extends mapped(invoices, {
  get customer() {
    return one(Customer);
  },
  get lines() {
    return many(InvoiceLine);
  },
}) {}

export class InvoiceLine extends mapped(invoiceLines, {
  get invoice() {
    return one(Invoice);
  },
  get track() {
    return one(Track);
  },
}) {
  // The same name on the class and on its objects: an expression in a query, a value on what was loaded.
  static get total() {
    return invoiceLines.unitPrice.mul(invoiceLines.quantity.cast(decimal(10, 0)));
  }
  get total() {
    return (Number(this.unitPrice) * this.quantity).toFixed(2);
  }
}
