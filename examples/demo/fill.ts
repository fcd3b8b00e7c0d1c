// Makes up the data of the demo: the same each time, so that what it shows can be compared.
import { type Database, insertInto } from "athanor";
import { coffees, customers, lines, orders } from "./schema.ts";

const people = "Ada Ben Cleo Dan Edda Finn Gwen Hugo Iris Jan Kaya Leo".split(" ");
const cities = ["Lisbon, Portugal", "Oslo, Norway", "Kyoto, Japan", "Lima, Peru"];
const notes = ["ring twice", "ground, please", "a gift"];
const beans = [
  { name: "Yirgacheffe", origin: "Ethiopia", price: "14.50", tastes: ["jasmine", "lemon"] },
  { name: "Sidamo", origin: "Ethiopia", price: "13.20", tastes: ["blueberry"] },
  { name: "Nyeri AA", origin: "Kenya", price: "16.80", tastes: ["currant", "tomato"] },
  { name: "Huila", origin: "Colombia", price: "12.90", tastes: ["caramel", "apple"] },
  { name: "Cerrado", origin: "Brazil", price: "10.40", tastes: ["nut", "chocolate"] },
  { name: "Mandheling", origin: "Sumatra", price: "11.60", tastes: ["cedar"], soldOut: "2026-03-01" },
] as const;

export async function fill(db: Database<never>): Promise<void> {
  const random = randomNumbers(7);
  const below = (n: number) => Math.floor(random() * n);
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n, 8 + below(9), below(60)));

  await db.transaction(async (tx) => {
    await tx.run(insertInto(coffees).values(beans.map((bean) => ({ ...bean, tastes: [...bean.tastes] }))));
    await tx.run(
      insertInto(customers).values(
        people.map((name, i) => {
          const [city = "", country = ""] = (cities[below(cities.length)] ?? "").split(", ");
          return {
            name,
            address: { city, country },
            wholesale: i % 5 === 3,
            invitedBy: i === 0 ? null : 1 + below(Math.min(i, 4)),
            joined: day(i * 3),
          };
        }),
      ),
    );
    // The last two have ordered nothing yet.
    const placed = Array.from({ length: 40 }, (_, i) => ({
      customerId: 1 + below(people.length - 2),
      placed: day(40 + i * 2),
      note: below(4) === 0 ? (notes[below(notes.length)] ?? null) : null,
    }));
    await tx.run(insertInto(orders).values(placed));
    const picked = placed.flatMap((_, i) => {
      // Nobody orders the Mandheling.
      const first = below(5);
      return [first, (first + 1 + below(4)) % 5]
        .slice(0, 1 + below(2))
        .map((coffee) => ({ orderId: i + 1, coffeeId: coffee + 1, bags: 1 + below(6) }));
    });
    await tx.run(insertInto(lines).values(picked));
  });
}

/** Numbers from 0 to below 1 that depend on the seed alone (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
