// A table with one column for each value that can be a default, and what comes back from a row that says nothing.
import { columnOf, insertInto, select, table } from "athanor";
import type { Database } from "../../core/database/database.ts";
import type { SqlType } from "../../core/types/sql-type.ts";
import type { Traits } from "./random-schema.ts";

export interface FilledIn {
  readonly type: SqlType;
  readonly declared: unknown;
  readonly found: unknown;
}

export async function filledIn(db: Database<any>, traits: Traits): Promise<readonly FilledIn[]> {
  const cases = traits.types.flatMap(({ type, values }) => values.map((declared) => ({ type, declared })));
  const columns = cases.map(({ type, declared }, place) => [`c${place}`, columnOf(type).default(declared as never)]);
  const defaults = table("defaults", {
    id: columnOf<number>({ kind: "integer", size: 4 }).primaryKey(),
    ...Object.fromEntries(columns),
  });
  await db.create([defaults]);
  await db.run(insertInto(defaults).values({ id: 1 } as never) as never);
  const row = (await db.one(select(defaults) as never)) as Record<string, unknown>;
  await db.drop([defaults]);
  return cases.map((given, place) => ({ ...given, found: row[`c${place}`] }));
}
