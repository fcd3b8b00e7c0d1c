// Rows as the driver gives them, whatever their types, for comparing what was with what is.
import type { Database } from "athanor";

export async function rawRows(
  db: Database<any>,
  columns: readonly string[],
  text: string,
): Promise<readonly unknown[]> {
  const connection = await db.driver.acquire("read");
  try {
    const { rows } = await connection.query({ text, parameters: [], rows: true, prepare: false });
    return rows.map((row) => Object.fromEntries(columns.map((column, place) => [column, row[place]])));
  } finally {
    connection.release();
  }
}
