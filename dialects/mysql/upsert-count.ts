// How many rows an upsert or REPLACE was about. The server counts a row that was inserted once, and one that was changed
// twice; of several rows it also says in words how many there were and how many were duplicates.

/**
 * Stands in an upsert that leaves existing rows alone: where it does, the server reports this as the key it generated, and
 * not a row too many. https://dev.mysql.com/doc/refman/8.4/en/information-functions.html#function_last-insert-id
 */
export const leftAloneMark = "last_insert_id(18446744073709551615)";

/** The mark as mysql2 reads it, which takes keys for signed. */
const leftAloneKey = -1;

/** What an INSERT or REPLACE was about, given what the server counted and said. */
export function inserted(
  text: string,
  affected: number,
  insertId: number | string,
  info: string | undefined,
): { readonly affected: number; readonly insertId: number | string } {
  const replaces = text.startsWith("replace");
  if (!replaces && !(text.startsWith("insert") && text.includes(" on duplicate key update ")))
    return { affected, insertId };
  const leftAlone = text.includes(leftAloneMark);
  const key = insertId === leftAloneKey ? 0 : insertId;
  const said = /Records: (\d+) {2}Duplicates: (\d+)/.exec(info ?? "");
  if (said !== null) return { affected: Number(said[1]) - (leftAlone ? Number(said[2]) : 0), insertId: key };
  // One row alone comes without words.
  return { affected: leftAlone && insertId === leftAloneKey ? 0 : Math.min(affected, 1), insertId: key };
}
