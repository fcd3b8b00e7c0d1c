// 100 mapped classes in a circle of relationships, each with a filter, a two-level include and a constructor. Over the cost of one.
const imports = `import { boolean, integer, table, text, timestamp } from "athanor";
import { many, mapped, one, optional, type Session } from "athanor/orm";
declare const session: Session;
`;

/** The declaration of a class, its table, and what is asked of it. */
function entityText(i: number, count: number): string {
  const next = (i + 1) % count;
  const before = (i + count - 1) % count;
  return `const t${i} = table("t${i}", {
  id: integer().primaryKey(), nextId: integer().references(() => t${next}.id), maybeId: integer().references(() => t${next}.id).nullable(),
  name: text(), bio: text().nullable(), age: integer(), active: boolean(), createdAt: timestamp(),
});
export class E${i} extends mapped(t${i}, {
  get next() { return one(E${next}); },
  get maybe() { return optional(E${next}); },
  get before() { return many(E${before}); },
}) {}
`;
}

function useText(i: number, count: number): string {
  const next = (i + 1) % count;
  return `const f${i} = await session.query(E${i})
  .filter({ name: { startsWith: "a" }, bio: null, next: { age: { gt: ${i} } }, before: { any: { active: true, maybe: { name: "x" } } }, or: [{ age: 1 }] })
  .include(E${i}.next.include(E${next}.before)).all();
void f${i}[0]!.next.before[0]!.name;
new E${i}({ name: "a", age: ${i}, active: true, createdAt: new Date(), next: f${i}[0]!.next });
`;
}

function program(count: number): string {
  const all = Array.from({ length: count }, (_, i) => i);
  return [imports, ...all.map((i) => entityText(i, count)), ...all.map((i) => useText(i, count))].join("");
}

export default program(100);
