// A revision in one transaction: all of it happens or none.
import {
  integer,
  type PinnedConnection,
  type Queries,
  type SchemaNode,
  sql,
  type Transaction,
} from "../../core/index.ts";
import { kindOf } from "../database.ts";
import { MigrationError } from "../errors.ts";
import type { TableChange } from "../operation/apply.ts";
import { withNames } from "../operation/named.ts";
import { Operations, type Step, type StepRunner } from "../operation/operations.ts";
import type { Revision } from "../revision/file.ts";
import { carryOut, describe, unlimited } from "./carry-out.ts";
import type { Direction, RunContext } from "./context.ts";
import { checkForeignKeys, copyTable, needsCopy } from "./copy-table.ts";
import { refuseObstacles } from "./obstacles.ts";

/** Runs a revision on a connection, in a transaction of its own. */
export async function runInTransaction(
  connection: PinnedConnection<any>,
  revision: Revision,
  direction: Direction,
  context: RunContext,
): Promise<void> {
  const isSqlite = kindOf(connection.dialect) === "sqlite";
  const enforced = isSqlite && (await enforcesForeignKeys(connection));
  const attempt = (keys: ForeignKeys): Promise<void> =>
    connection.transaction((tx) => runSteps(tx, revision, direction, context, keys), unlimited);
  try {
    return await attempt(enforced ? "enforced" : "not enforced");
  } catch (error) {
    if (!(error instanceof CopyWanted)) throw error;
  }
  // Whether keys are enforced cannot be changed inside a transaction, so the revision begins anew.
  await connection.execute("pragma foreign_keys = off");
  try {
    await attempt("not enforced");
  } finally {
    await connection.execute("pragma foreign_keys = on");
  }
}

/** Runs a revision in a transaction that somebody else has begun, and commits. */
export async function runInside(
  tx: Transaction<any>,
  revision: Revision,
  direction: Direction,
  context: RunContext,
): Promise<void> {
  const enforced = kindOf(tx.dialect) === "sqlite" && (await enforcesForeignKeys(tx));
  try {
    await tx.transaction((inner) =>
      runSteps(inner, revision, direction, context, enforced ? "enforced" : "not enforced"),
    );
  } catch (error) {
    if (!(error instanceof CopyWanted)) throw error;
    throw new MigrationError(
      `revision "${revision.id}" copies a table, which SQLite does only while foreign keys are not enforced`,
      "Run `pragma foreign_keys = off` before the transaction, or let upgrade() have the database itself.",
    );
  }
}

type ForeignKeys = "enforced" | "not enforced";

/** Thrown to begin again without foreign keys: a table must be copied. */
class CopyWanted extends Error {}

async function enforcesForeignKeys(queries: Queries<any>): Promise<boolean> {
  const { on } = await queries.one(
    sql.statement({ on: integer() })`select foreign_keys as "on" from pragma_foreign_keys`,
  );
  return on === 1;
}

async function runSteps(
  tx: Queries<any>,
  revision: Revision,
  direction: Direction,
  context: RunContext,
  keys: ForeignKeys,
): Promise<void> {
  const steps = new TransactionSteps(tx, revision, context, keys);
  await revision[direction](new Operations(steps));
  await steps.finish();
  if (direction === "up") await context.history.add(tx, revision.id);
  else await context.history.remove(tx, revision.id);
}

class TransactionSteps implements StepRunner {
  readonly #tx: Queries<any>;
  readonly #revision: Revision;
  readonly #context: RunContext;
  readonly #keys: ForeignKeys;
  /** Changes of one table that a single copy will make. */
  #pending: TableChange[] = [];
  #wrote = false;

  constructor(tx: Queries<any>, revision: Revision, context: RunContext, keys: ForeignKeys) {
    this.#tx = tx;
    this.#revision = revision;
    this.#context = context;
    this.#keys = keys;
  }

  async run(given: Step): Promise<number> {
    const { dialect } = this.#tx;
    const step: Step = given.kind === "schema" ? { kind: "schema", node: withNames(given.node, dialect) } : given;
    this.#context.report({ kind: "step", revision: this.#revision, step, text: describe(step, dialect) });
    if (step.kind !== "schema") {
      await this.#flush();
      this.#wrote = true;
      return carryOut(step, this.#tx);
    }
    await this.#change(step.node);
    return 0;
  }

  progress(rows: number): void {
    this.#context.report({ kind: "progress", revision: this.#revision, rows });
  }

  async reading(): Promise<Queries<any>> {
    await this.#flush();
    return this.#tx;
  }

  /** What is left to do when the last step has been called. */
  async finish(): Promise<void> {
    await this.#flush();
    if (kindOf(this.#tx.dialect) === "sqlite" && this.#keys === "not enforced") await checkForeignKeys(this.#tx);
  }

  async #change(node: SchemaNode): Promise<void> {
    const kind = kindOf(this.#tx.dialect);
    if (kind === "sqlite") {
      if (await this.#wantsKeysOff(node)) throw new CopyWanted();
      const [first] = this.#pending;
      // A column that could be added by itself is made by the copy that is due anyway.
      const rides = node.kind === "addColumn" && first?.table === node.table && first.schema === node.schema;
      if (rides || needsCopy(node)) {
        if (first !== undefined && (first.table !== node.table || first.schema !== node.schema)) await this.#flush();
        if (this.#pending.length === 0) await refuseObstacles(node, this.#tx);
        this.#pending.push(node);
        return;
      }
      await this.#flush();
    } else if (kind === "postgres" && this.#wrote) {
      // A table with checks that wait for the end of the transaction cannot be altered.
      await this.#tx.execute("set constraints all immediate");
      this.#wrote = false;
    }
    await refuseObstacles(node, this.#tx);
    await carryOut({ kind: "schema", node }, this.#tx);
  }

  /** Copying a table drops it; and dropping a table that others refer to would delete their rows. */
  async #wantsKeysOff(node: SchemaNode): Promise<boolean> {
    if (this.#keys === "not enforced") return false;
    if (needsCopy(node)) return true;
    if (node.kind !== "dropTable") return false;
    const { tables } = await this.#tx.inspect(node.schema === undefined ? {} : { schemas: [node.schema] });
    const name = node.table.toLowerCase();
    return tables.some(
      (table) =>
        table.name.toLowerCase() !== name &&
        table.foreignKeys.some(({ target }) => target.table.toLowerCase() === name),
    );
  }

  async #flush(): Promise<void> {
    const changes = this.#pending;
    this.#pending = [];
    if (changes.length === 0) return;
    await copyTable(this.#tx, changes);
  }
}
