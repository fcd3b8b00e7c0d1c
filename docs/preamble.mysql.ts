// What examples for MySQL and MariaDB stand on. Nothing is connected: they are compiled, and not run.
import { integer, table, text } from "athanor";
import { mysql } from "athanor/mysql";

export const db = mysql("mysql://localhost/shop");

export const posts = table("posts", { id: integer().primaryKey(), title: text(), body: text() });
export const orders = table("orders", { id: integer().primaryKey() });

export const writeReport = (): Promise<void> => Promise.resolve();
