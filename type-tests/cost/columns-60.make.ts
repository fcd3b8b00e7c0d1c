// A statement that selects 60 columns.
import { tablesOnly } from "./support/shop.ts";

const columns = "id parentId name email bio age score active status notes createdAt updatedAt".split(" ");
const selected = [0, 1, 2, 3, 4].flatMap((i) => columns.map((column) => `${column}${i}: t${i}.${column}`));

export const fixed: string = tablesOnly(5);
export default `${fixed}
const rows = await db.all(
  select({ ${selected.join(", ")} }).from(t0).crossJoin(t1).crossJoin(t2).crossJoin(t3).crossJoin(t4),
);
void rows[0]!.notes4;
`;
