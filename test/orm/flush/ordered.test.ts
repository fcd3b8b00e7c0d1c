// Lists in an order that people give, which a column of their rows keeps.
import { insertInto, integer, select, table, text } from "athanor";
import { MappingError, many, mapped, optional, ordered, Session } from "athanor/orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { databases } from "../../support/databases.ts";

const slides = table("ordered_slides", { id: integer().primaryKey(), title: text() });
const bullets = table("ordered_bullets", {
  id: integer().primaryKey(),
  slideId: integer("slide_id")
    .references(() => slides.id)
    .nullable(),
  text: text(),
  position: integer(),
});
class Slide extends mapped(slides, {
  get bullets() {
    return ordered(Bullet, "position", { cascade: { orphans: true } });
  },
}) {}
class Bullet extends mapped(bullets, {
  get slide() {
    return optional(Slide);
  },
}) {}
class Plain extends mapped(slides, {
  get bullets() {
    return many(Line);
  },
}) {}
class Line extends mapped(bullets) {}
class FromOne extends mapped(slides, {
  get bullets() {
    return ordered(Line, "position", { from: 1 });
  },
}) {}

for (const { name, db } of databases) {
  describe(name, () => {
    let session: Session<any>;
    const kept = async (): Promise<string[]> => {
      await session.commit();
      const rows = await db.all(
        select({ slide: bullets.slideId, text: bullets.text, at: bullets.position })
          .from(bullets)
          .orderBy(bullets.slideId.asc(), bullets.position.asc(), bullets.id.asc()),
      );
      return rows.map(({ slide, text, at }) => `${slide}${text}${at}`);
    };
    const load = (): Promise<Slide & { readonly bullets: readonly Bullet[] }> =>
      session.query(Slide).include(Slide.bullets).where(slides.id.eq(1)).one();
    const bullet = (of: string): Bullet => new Bullet({ text: of } as never);
    const shown = (list: readonly Bullet[]): string => list.map((one) => `${one.text}${one.position}`).join(" ");

    beforeEach(async () => {
      await db.create({ slides, bullets });
      await db.run(insertInto(slides).values([{ title: "x" }, { title: "y" }]));
      // Not in the order of their keys.
      await db.run(
        insertInto(bullets).values([
          { slideId: 1, text: "c", position: 2 },
          { slideId: 1, text: "a", position: 0 },
          { slideId: 1, text: "b", position: 1 },
        ]),
      );
      session = new Session<any>(db);
    });
    afterEach(async () => {
      await session.close();
      await db.drop({ slides, bullets });
    });

    test("a list is loaded in its order, and what is added comes last", async () => {
      const slide = await load();
      expect(shown(slide.bullets)).toBe("a0 b1 c2");
      slide.bullets.add(bullet("d"));
      expect(shown(slide.bullets)).toBe("a0 b1 c2 d3");
      expect(await kept()).toEqual(["1a0", "1b1", "1c2", "1d3"]);
    });

    test("inserting, moving, removing and setting keep the positions", async () => {
      const slide = await load();
      const [a, b, c] = [...slide.bullets] as [Bullet, Bullet, Bullet];
      slide.bullets.insert(1, bullet("n"), bullet("m"));
      expect(shown(slide.bullets)).toBe("a0 n1 m2 b3 c4");
      slide.bullets.move(c, 0);
      expect(shown(slide.bullets)).toBe("c0 a1 n2 m3 b4");
      slide.bullets.remove(a);
      expect(shown(slide.bullets)).toBe("c0 n1 m2 b3");
      expect(await kept()).toEqual(["1c0", "1n1", "1m2", "1b3"]);
      slide.bullets.set([b, c]);
      expect(shown(slide.bullets)).toBe("b0 c1");
      slide.bullets.insert(0, c);
      expect(shown(slide.bullets)).toBe("c0 b1");
      expect(await kept()).toEqual(["1c0", "1b1"]);
      expect(session.isChanged(slide)).toBe(false);
    });

    test("a rollback gives back the order, whether it was flushed or not", async () => {
      const slide = await load();
      slide.bullets.move(slide.bullets[2] as Bullet, 0);
      await session.rollback();
      expect(shown(slide.bullets)).toBe("a0 b1 c2");
      slide.bullets.move(slide.bullets[2] as Bullet, 0);
      await session.flush();
      await session.rollback();
      expect(shown(slide.bullets)).toBe("a0 b1 c2");
      expect(await kept()).toEqual(["1a0", "1b1", "1c2"]);
    });

    test("what is added unread comes last, in the order it was added", async () => {
      const slide = await session.getOne(Slide, 1);
      slide.bullets.add(bullet("d"), bullet("e"));
      expect(await kept()).toEqual(["1a0", "1b1", "1c2", "1d3", "1e4"]);
      const other = await session.getOne(Slide, 2);
      other.bullets.add(bullet("z"));
      expect(await kept()).toEqual(["1a0", "1b1", "1c2", "1d3", "1e4", "2z0"]);
    });

    test("the other side of the relationship moves objects between lists", async () => {
      const slide = await load();
      const other = await session.query(Slide).include(Slide.bullets).where(slides.id.eq(2)).one();
      (slide.bullets[0] as Bullet).slide = other;
      expect([shown(slide.bullets), shown(other.bullets)]).toEqual(["b0 c1", "a0"]);
      expect(await kept()).toEqual(["1b0", "1c1", "2a0"]);
    });

    test("what comes by the other side into a list that is not read comes last", async () => {
      const [first, second] = (await session.query(Slide).orderBy(slides.id).all()) as [Slide, Slide];
      const other = bullet("z");
      other.slide = second;
      session.add(other);
      expect(await kept()).toContain("2z0");
      const moved = await session.query(Bullet).where(bullets.text.eq("z")).one();
      await session.close();
      session = new Session(db);
      const [to, one] = [await session.getOne(Slide, first.id), await session.getOne(Bullet, moved.id)];
      one.slide = to;
      expect((await kept()).at(-1)).toBe("1z3");
      expect((await to.bullets).at(-1)).toBe(one);
    });

    test("a new list has its order from the start, from any number", async () => {
      const slide = new Slide({ title: "new", bullets: [bullet("p"), bullet("q")] });
      slide.bullets.insert(0, bullet("o"));
      session.add(slide);
      expect((await kept()).slice(3)).toEqual([`${slide.id}o0`, `${slide.id}p1`, `${slide.id}q2`]);
      await using own = new Session<any>(db);
      const one = await own.query(FromOne).include(FromOne.bullets).where(slides.id.eq(1)).one();
      one.bullets.move(one.bullets[2] as Line, 0);
      expect(one.bullets.map((line) => line.position)).toEqual([1, 2, 3]);
    });
  });
}

test("places are only known where an order is kept and loaded", async () => {
  const [{ db }] = databases as [(typeof databases)[number]];
  await db.create({ slides, bullets });
  try {
    await db.run(insertInto(slides).values({ title: "x" }));
    await using session = new Session(db);
    const slide = await session.getOne(Slide, 1);
    expect(() => slide.bullets.insert(0)).toThrow("Slide.bullets is changed by insert() before it is loaded");
    await slide.bullets;
    expect(() => slide.bullets.move(new Bullet({ text: "x", position: 0 }), 0)).toThrow(MappingError);
    await using other = new Session(db);
    const plain = await other.getOne(Plain, 1);
    // @ts-expect-error a list without an order has no places
    expect(() => plain.bullets.insert(0)).toThrow("Plain.bullets keeps no order");
  } finally {
    await db.drop({ slides, bullets });
  }
});
