// Two-phase commit: a transaction is prepared under a name, after which any session can commit it, even when the server has
// been restarted in between. https://dev.mysql.com/doc/refman/8.4/en/xa.html
import { NameError, stringLiteral } from "../../core/dialect/index.ts";
import { type Database, type Feature, integer, type PinnedConnection, sql, text } from "../../core/index.ts";

type TwoPhase = Feature<"TWO-PHASE COMMIT">;

/**
 * Runs the work in a transaction that is then prepared, not committed: it holds its locks until `commitPrepared` or
 * `rollbackPrepared`. If the work fails, the transaction is rolled back.
 *
 * @example
 * await prepareTransaction(db, "order 7", (connection) => connection.run(insertInto(orders).values({ id: 7 })));
 * await commitPrepared(db, "order 7");
 */
export function prepareTransaction<Provided, T>(
  db: Database<Provided> & Database<TwoPhase>,
  name: string,
  work: (connection: PinnedConnection<Provided>) => T | Promise<T>,
): Promise<T> {
  const xid = nameLiteral(name);
  return db.connection(async (connection) => {
    await connection.execute(`xa start ${xid}`);
    let result: T;
    try {
      result = await work(connection);
      await connection.execute(`xa end ${xid}`);
      await connection.execute(`xa prepare ${xid}`);
    } catch (error) {
      // Whatever is left of the transaction goes with its session, which is not used again.
      await connection.execute(`xa end ${xid}`).catch(ignored);
      await connection.execute(`xa rollback ${xid}`).catch(ignored);
      throw error;
    }
    return result;
  });
}

/** Commits a transaction that was prepared. */
export async function commitPrepared(db: Database<TwoPhase>, name: string): Promise<void> {
  await db.execute(`xa commit ${nameLiteral(name)}`);
}

/** Undoes a transaction that was prepared. */
export async function rollbackPrepared(db: Database<TwoPhase>, name: string): Promise<void> {
  await db.execute(`xa rollback ${nameLiteral(name)}`);
}

/** The names of the transactions that were prepared and wait, on the whole server. */
export async function preparedTransactions(db: Database<TwoPhase>): Promise<string[]> {
  const found = await db.all(
    sql.statement({ format: integer(), length: integer(), qualifier: integer(), data: text() })`xa recover`.reading(),
  );
  return found.map(({ data }) => data);
}

function ignored(): void {}

function nameLiteral(name: string): string {
  if (name.length === 0 || new TextEncoder().encode(name).length > 64) {
    throw new NameError("the name of a prepared transaction has 1 to 64 bytes", "Choose another.");
  }
  return stringLiteral(name);
}
