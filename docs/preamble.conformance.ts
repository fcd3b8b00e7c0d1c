// What examples for the tests of dialects stand on.
import { sqlite } from "athanor/sqlite";

export { test } from "node:test";

export const mydb = (_url: string) => sqlite(":memory:");
