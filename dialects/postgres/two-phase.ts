// Two-phase commit: a transaction is prepared under a name, after which any session can commit it, even when the server has
// been restarted in between. The server must allow it (`max_prepared_transactions`).
// https://www.postgresql.org/docs/current/sql-prepare-transaction.html
import { stringLiteral } from "../../core/dialect/index.ts";
import { type Database, type Feature, NameError, sql, type Transaction, text, timestamptz } from "../../core/index.ts";

type TwoPhase = Feature<"TWO-PHASE COMMIT">;

/** A transaction that waits to be committed or rolled back. */
export interface PreparedTransaction {
  readonly name: string;
  readonly preparedAt: Date;
  readonly owner: string;
}

/**
 * Prepares the transaction, which is over for its handle: it holds its locks until `commitPrepared` or `rollbackPrepared`.
 *
 * @throws {DatabaseError} if the server does not allow it, or the transaction cannot be committed; it is rolled back then
 */
export async function prepareTransaction(tx: Transaction<TwoPhase>, name: string): Promise<void> {
  await tx.execute(`prepare transaction ${nameLiteral(name)}`);
  // For the server there is no transaction any more; this ends the handle, and is answered with a warning alone.
  await tx.rollback();
}

/** Commits a transaction that was prepared. */
export async function commitPrepared(db: Database<TwoPhase>, name: string): Promise<void> {
  await db.execute(`commit prepared ${nameLiteral(name)}`);
}

/** Undoes a transaction that was prepared. */
export async function rollbackPrepared(db: Database<TwoPhase>, name: string): Promise<void> {
  await db.execute(`rollback prepared ${nameLiteral(name)}`);
}

/** The transactions of this database that were prepared and wait, the oldest first. */
export function preparedTransactions(db: Database<TwoPhase>): Promise<PreparedTransaction[]> {
  return db.all(
    sql.statement({ name: text(), preparedAt: timestamptz(), owner: text() })`
        select gid, prepared, owner from pg_prepared_xacts where database = current_database() order by prepared`.reading(),
  );
}

// The commands take no parameters.
function nameLiteral(name: string): string {
  if (name.length === 0 || new TextEncoder().encode(name).length >= 200) {
    throw new NameError("the name of a prepared transaction has 1 to 199 bytes", "Choose another.");
  }
  return stringLiteral(name);
}
