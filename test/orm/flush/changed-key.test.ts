// Keys that the database keeps in another form than they were given in.
import { integer, select, sql, table, uuid } from "athanor";
import { FlushError, mapped, Session } from "athanor/orm";
import { expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const cards = table("changed_key_cards", { id: uuid().primaryKey(), rank: integer().default(sql(integer())`(1 + 2)`) });
class Card extends mapped(cards) {}

test.each(databases)(
  "$name: new rows that are not told by their keys leave nothing in an open transaction",
  async ({ db }) => {
    await db.create({ cards });
    try {
      await using session = new Session<any>(db);
      session.add(new Card({ id: "00000000-0000-4000-8000-000000000001" }));
      await session.flush();
      const others = ["AAAAAAAA-0000-4000-8000-000000000002", "BBBBBBBB-0000-4000-8000-000000000003"];
      const added = others.map((id) => new Card({ id }));
      session.add(...added);
      await expect(session.flush()).rejects.toThrow(FlushError);
      session.delete(...added);
      await session.commit();
      expect(await db.all(select(cards))).toEqual([{ id: "00000000-0000-4000-8000-000000000001", rank: 3 }]);
    } finally {
      await db.drop({ cards });
    }
  },
);
