// A statement of 20 joins.
import { tablesOnly } from "./support/shop.ts";

const names = Array.from({ length: 20 }, (_, i) => i + 1);
const joins = names.map((i) => `.join(t${i}, t${i}.parentId.eq(t${i - 1}.id))`).join("");

export const fixed: string = tablesOnly(21);
export default `${fixed}
const rows = await db.all(select({ first: t0.name, last: t20.bio }).from(t0)${joins});
void rows[0]!.last;
`;
