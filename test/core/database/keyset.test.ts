// What is sent for a page: one range over the keys of the order, and nothing that an index could not follow where no key is null.
import {
  compile,
  type ExpressionNode,
  enumeration,
  integer,
  nodeOf,
  real,
  select,
  table,
  text,
  timestamp,
} from "athanor";
import { describe, expect, test } from "vitest";
import { Keyset } from "../../../core/database/keyset.ts";
import { databases } from "../../support/databases.ts";

const notes = table("notes", {
  id: integer().primaryKey(),
  title: text(),
  rank: integer().nullable(),
  at: timestamp(),
  size: real(),
  kind: enumeration(["b", "a"]),
});
const isNotNull = (node: ExpressionNode): boolean => node.kind === "column" && node.name !== "rank";
const kinds = ["sqlite", "postgres", "mariadb"] as const;

describe.each(databases.filter(({ name }) => kinds.includes(name as never)))("$name", ({ name, db }) => {
  /** The statement behind FROM. */
  const sent = (orderBy: readonly unknown[], values: readonly unknown[], reversed = false): string => {
    const keyset = new Keyset(orderBy, [nodeOf(notes.id)], isNotNull);
    const query = select({ id: notes.id }).from(notes).where(keyset.beyond(values, reversed)) as any;
    const { text } = compile(query.orderBy(...keyset.order(reversed)), db.dialect);
    return text.slice(text.indexOf("where")).replaceAll("`", '"').replaceAll(/\$\d+/g, "?");
  };

  test("the key alone", () => {
    expect(sent([], [7])).toBe('where "id" > ? order by "id" asc');
    expect(sent([], [7], true)).toBe('where "id" < ? order by "id" desc');
    expect(sent([notes.id.desc()], [7])).toBe('where "id" < ? order by "id" desc');
  });

  test("ties are broken in the direction of the last key; the first key's range is said by itself", () => {
    expect(sent([notes.title.desc()], ["x", 7])).toBe(
      'where "title" <= ? and ("title" < ? or ("title" = ? and "id" < ?)) order by "title" desc, "id" desc',
    );
    expect(sent([notes.title.desc(), notes.at], ["x", "2024-01-01", 7])).toBe(
      'where "title" <= ? and ("title" < ? or ("title" = ? and ("at" > ? or ("at" = ? and "id" > ?)))) ' +
        'order by "title" desc, "at" asc, "id" asc',
    );
  });

  test("nulls ahead are part of what follows, nulls behind are not", () => {
    expect(sent([notes.rank.asc()], [3, 7])).toBe(
      `where "rank" > ? or "rank" is null or ("rank" = ? and "id" > ?) order by ${nullsLast[name as "sqlite"]}, "id" asc`,
    );
    expect(sent([notes.rank.asc().nullsFirst()], [3, 7])).toContain('where "rank" >= ? and ("rank" > ? or ("rank" = ?');
    expect(sent([notes.rank.asc()], [null, 7])).toContain('where "rank" is null and "id" > ?');
    expect(sent([notes.rank.asc()], [null, 7], true)).toContain(
      'where "rank" is not null or ("rank" is null and "id" < ?)',
    );
  });

  test("what is compared otherwise than it is sorted, or read, is made comparable", () => {
    const cast =
      name === "postgres"
        ? 'cast("size" as double precision)'
        : name === "mariadb"
          ? 'cast("size" as double)'
          : 'cast("size" as real)';
    expect(sent([notes.size.asc()], [0.1, 7])).toContain(`where ${cast} >= ?`);
    expect(sent([notes.kind.asc()], [1, 7])).toContain("case");
  });
});

const nullsLast = {
  sqlite: '"rank" asc nulls last',
  postgres: '"rank" asc nulls last',
  mariadb: '"rank" is null, "rank" asc',
};
