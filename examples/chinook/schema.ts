// The eleven tables of Chinook, a shop for digital music (https://github.com/lerocha/chinook-database), under their names in
// the database. Tables may refer to those declared later.
import { decimal, index, integer, table, timestamp, varchar } from "athanor";

export const artists = table("Artist", {
  id: integer("ArtistId").primaryKey(),
  name: varchar(120, "Name").nullable(),
});

export const albums = table(
  "Album",
  {
    id: integer("AlbumId").primaryKey(),
    title: varchar(160, "Title"),
    artistId: integer("ArtistId").references(() => artists.id),
  },
  { constraints: (album) => [index(album.artistId).named("IFK_AlbumArtistId")] },
);

export const tracks = table(
  "Track",
  {
    id: integer("TrackId").primaryKey(),
    name: varchar(200, "Name"),
    albumId: integer("AlbumId")
      .references(() => albums.id)
      .nullable(),
    mediaTypeId: integer("MediaTypeId").references(() => mediaTypes.id),
    genreId: integer("GenreId")
      .references(() => genres.id)
      .nullable(),
    composer: varchar(220, "Composer").nullable(),
    milliseconds: integer("Milliseconds"),
    bytes: integer("Bytes").nullable(),
    unitPrice: decimal(10, 2, { name: "UnitPrice" }),
  },
  {
    constraints: (track) => [
      index(track.albumId).named("IFK_TrackAlbumId"),
      index(track.genreId).named("IFK_TrackGenreId"),
      index(track.mediaTypeId).named("IFK_TrackMediaTypeId"),
    ],
  },
);

export const genres = table("Genre", {
  id: integer("GenreId").primaryKey(),
  name: varchar(120, "Name").nullable(),
});

export const mediaTypes = table("MediaType", {
  id: integer("MediaTypeId").primaryKey(),
  name: varchar(120, "Name").nullable(),
});

export const playlists = table("Playlist", {
  id: integer("PlaylistId").primaryKey(),
  name: varchar(120, "Name").nullable(),
});

export const playlistTracks = table(
  "PlaylistTrack",
  {
    playlistId: integer("PlaylistId").references(() => playlists.id),
    trackId: integer("TrackId").references(() => tracks.id),
  },
  {
    primaryKey: ["playlistId", "trackId"],
    constraints: (entry) => [
      index(entry.playlistId).named("IFK_PlaylistTrackPlaylistId"),
      index(entry.trackId).named("IFK_PlaylistTrackTrackId"),
    ],
  },
);

export const employees = table(
  "Employee",
  {
    id: integer("EmployeeId").primaryKey(),
    lastName: varchar(20, "LastName"),
    firstName: varchar(20, "FirstName"),
    title: varchar(30, "Title").nullable(),
    reportsTo: integer("ReportsTo")
      .references(() => employees.id)
      .nullable(),
    birthDate: timestamp("BirthDate").nullable(),
    hireDate: timestamp("HireDate").nullable(),
    address: varchar(70, "Address").nullable(),
    city: varchar(40, "City").nullable(),
    state: varchar(40, "State").nullable(),
    country: varchar(40, "Country").nullable(),
    postalCode: varchar(10, "PostalCode").nullable(),
    phone: varchar(24, "Phone").nullable(),
    fax: varchar(24, "Fax").nullable(),
    email: varchar(60, "Email").nullable(),
  },
  { constraints: (employee) => [index(employee.reportsTo).named("IFK_EmployeeReportsTo")] },
);

export const customers = table(
  "Customer",
  {
    id: integer("CustomerId").primaryKey(),
    firstName: varchar(40, "FirstName"),
    lastName: varchar(20, "LastName"),
    company: varchar(80, "Company").nullable(),
    address: varchar(70, "Address").nullable(),
    city: varchar(40, "City").nullable(),
    state: varchar(40, "State").nullable(),
    country: varchar(40, "Country").nullable(),
    postalCode: varchar(10, "PostalCode").nullable(),
    phone: varchar(24, "Phone").nullable(),
    fax: varchar(24, "Fax").nullable(),
    email: varchar(60, "Email"),
    supportRepId: integer("SupportRepId")
      .references(() => employees.id)
      .nullable(),
  },
  { constraints: (customer) => [index(customer.supportRepId).named("IFK_CustomerSupportRepId")] },
);

export const invoices = table(
  "Invoice",
  {
    id: integer("InvoiceId").primaryKey(),
    customerId: integer("CustomerId").references(() => customers.id),
    date: timestamp("InvoiceDate"),
    billingAddress: varchar(70, "BillingAddress").nullable(),
    billingCity: varchar(40, "BillingCity").nullable(),
    billingState: varchar(40, "BillingState").nullable(),
    billingCountry: varchar(40, "BillingCountry").nullable(),
    billingPostalCode: varchar(10, "BillingPostalCode").nullable(),
    total: decimal(10, 2, { name: "Total" }),
  },
  { constraints: (invoice) => [index(invoice.customerId).named("IFK_InvoiceCustomerId")] },
);

export const invoiceLines = table(
  "InvoiceLine",
  {
    id: integer("InvoiceLineId").primaryKey(),
    invoiceId: integer("InvoiceId").references(() => invoices.id),
    trackId: integer("TrackId").references(() => tracks.id),
    unitPrice: decimal(10, 2, { name: "UnitPrice" }),
    quantity: integer("Quantity"),
  },
  {
    constraints: (line) => [
      index(line.invoiceId).named("IFK_InvoiceLineInvoiceId"),
      index(line.trackId).named("IFK_InvoiceLineTrackId"),
    ],
  },
);
