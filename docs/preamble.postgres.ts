// What examples for PostgreSQL stand on. Nothing is connected: they are compiled, and not run.
export { createWriteStream } from "node:fs";
export { pipeline } from "node:stream/promises";

import { array, integer, table, text } from "athanor";
import { postgres } from "athanor/postgres";

export const db = postgres("postgres://localhost/shop");

export const posts = table("posts", { id: integer().primaryKey(), title: text(), tags: array(text()) });

export const writeReport = (): Promise<void> => Promise.resolve();
export const monday = new Date("2026-01-05");
export const sunday = new Date("2026-01-11");
