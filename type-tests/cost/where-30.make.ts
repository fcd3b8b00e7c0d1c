// A statement with 30 calls of where.
import { tablesOnly } from "./support/shop.ts";

const calls = Array.from({ length: 30 }, (_, i) => `.where(t${i % 2}.age.gt(${i}))`).join("");

export const fixed: string = tablesOnly(3);
export default `${fixed}
const rows = await db.all(
  select({ id: t0.id }).from(t0).join(t1, t1.parentId.eq(t0.id))${calls},
);
void rows[0]!.id;
`;
