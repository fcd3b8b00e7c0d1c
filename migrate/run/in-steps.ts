// A revision step by step, where no transaction can hold all of it: MySQL commits with each change of schema, and PostgreSQL
// builds an index concurrently only outside a transaction. Each step is written down as begun and as done. A revision that
// was interrupted is run again from its beginning: steps that are done are passed over, and of the one that was begun the
// database itself shows whether it took effect.
import { compile, define, type PinnedConnection, type Queries } from "../../core/index.ts";
import { MigrationError } from "../errors.ts";
import { withNames } from "../operation/named.ts";
import { Operations, type Step, type StepRunner } from "../operation/operations.ts";
import { hashOf, type Revision } from "../revision/file.ts";
import type { JournalEntry } from "../revision/history.ts";
import { afterwards, carryOut, describe, unlimited } from "./carry-out.ts";
import type { Direction, RunContext } from "./context.ts";
import { effectOf } from "./effect.ts";
import { refuseObstacles } from "./obstacles.ts";
import { rehearse } from "./rehearse.ts";

export async function runInSteps(
  connection: PinnedConnection<any>,
  revision: Revision,
  direction: Direction,
  context: RunContext,
): Promise<void> {
  const { history } = context;
  const journal = await history.journal(connection);
  refuseOther(journal, revision, direction);
  if (journal.length === 0) {
    for (const node of await rehearse(revision, direction, connection)) await refuseObstacles(node, connection);
  }
  const steps = new JournalledSteps(connection, revision, direction, context, journal);
  await revision[direction](new Operations(steps));
  steps.refuseMissing();
  await connection.transaction(async (tx) => {
    await history.finished(tx);
    if (direction === "up") await history.add(tx, revision.id);
    else await history.remove(tx, revision.id);
  }, unlimited);
}

/** @throws {MigrationError} if another revision was interrupted, or this one as another text */
export function refuseOther(journal: readonly JournalEntry[], revision: Revision, direction: Direction): void {
  const [first] = journal;
  if (first === undefined) return;
  const way = { up: "an upgrade", down: "a downgrade" };
  if (first.revision !== revision.id || first.direction !== direction) {
    throw new MigrationError(
      `${way[first.direction]} was interrupted in revision "${first.revision}", after ${journal.length} steps`,
      `Finish it first: athanor ${first.direction === "up" ? "upgrade" : "downgrade"} resumes where it stopped.`,
    );
  }
  if (first.hash !== revision.hash) {
    throw new MigrationError(
      `revision "${revision.id}" was interrupted, and its file has been changed since`,
      "Bring the file back as it was, so that it can be resumed. What else is to change goes into a revision after it.",
    );
  }
}

class JournalledSteps implements StepRunner {
  readonly #connection: PinnedConnection<any>;
  readonly #revision: Revision;
  readonly #direction: Direction;
  readonly #context: RunContext;
  readonly #journal: readonly JournalEntry[];
  #next = 0;

  constructor(
    connection: PinnedConnection<any>,
    revision: Revision,
    direction: Direction,
    context: RunContext,
    journal: readonly JournalEntry[],
  ) {
    this.#connection = connection;
    this.#revision = revision;
    this.#direction = direction;
    this.#context = context;
    this.#journal = journal;
  }

  progress(rows: number): void {
    this.#context.report({ kind: "progress", revision: this.#revision, rows });
  }

  async reading(): Promise<Queries<any>> {
    return this.#connection;
  }

  async run(given: Step): Promise<number> {
    const { dialect } = this.#connection;
    const step: Step = given.kind === "schema" ? { kind: "schema", node: withNames(given.node, dialect) } : given;
    const number = this.#next++;
    const what = hashOf(this.#meaningOf(step));
    const text = describe(step, dialect);
    const before = this.#journal.find((entry) => entry.step === number);
    if (before !== undefined && before.what !== what) this.#refuseChanged(number, text);
    if (before?.state === "done") {
      this.#context.report({ kind: "skipped", revision: this.#revision, text });
      return before.affected ?? 0;
    }
    this.#context.report({ kind: "step", revision: this.#revision, step, text });
    const entry = {
      revision: this.#revision.id,
      direction: this.#direction,
      step: number,
      hash: this.#revision.hash,
      what,
    } as const;
    if (before === undefined) await this.#context.history.begin(this.#connection, entry);
    return before === undefined ? this.#runNew(step, entry) : this.#runBegun(step, entry, text);
  }

  /** @throws {MigrationError} if the revision has fewer steps than were done before */
  refuseMissing(): void {
    if (this.#journal.some(({ step }) => step >= this.#next)) this.#refuseChanged(this.#next, "nothing");
  }

  async #runNew(step: Step, entry: Omit<JournalEntry, "state" | "affected">): Promise<number> {
    if (step.kind === "statement") return this.#runStatement(step, entry);
    if (step.kind === "schema") await refuseObstacles(step.node, this.#connection);
    const affected = await carryOut(step, this.#connection);
    await this.#context.history.done(this.#connection, entry, affected);
    return affected;
  }

  /** A statement and the note that it is done are one transaction, so it was not done if there is no note. */
  async #runStatement(step: Step, entry: Omit<JournalEntry, "state" | "affected">): Promise<number> {
    return this.#connection.transaction(async (tx) => {
      const affected = await carryOut(step, tx);
      await this.#context.history.done(tx, entry, affected);
      return affected;
    }, unlimited);
  }

  async #runBegun(step: Step, entry: Omit<JournalEntry, "state" | "affected">, text: string): Promise<number> {
    const { history } = this.#context;
    if (step.kind === "statement") return this.#runStatement(step, entry);
    if (step.kind === "text") {
      if (this.#context.step === undefined) {
        throw new MigrationError(
          `revision "${this.#revision.id}" was interrupted in step ${entry.step + 1}, and nobody knows whether it took effect: ${text}`,
          "Look at the database. Then run the same command with --step done if it did, or with --step redo if it is to run again.",
        );
      }
      if (this.#context.step === "redo") await carryOut(step, this.#connection);
    } else {
      await this.#resumeChange(step);
    }
    await history.done(this.#connection, entry, 0);
    return 0;
  }

  async #resumeChange(step: Extract<Step, { kind: "schema" }>): Promise<void> {
    const { node } = step;
    const schema = schemaOf(node);
    const found = await this.#connection.inspect(schema === undefined ? {} : { schemas: [schema] });
    const effect = effectOf(node, found);
    if (effect === "done") return afterwards(node, this.#connection);
    if (node.kind === "createIndex" && node.concurrently) {
      const drop = { ...node, kind: "dropIndex", name: node.index.name ?? "", ifExists: true } as const;
      await carryOut({ kind: "schema", node: drop }, this.#connection);
    }
    await carryOut(step, this.#connection);
  }

  #refuseChanged(number: number, text: string): never {
    throw new MigrationError(
      `revision "${this.#revision.id}" was interrupted, and its step ${number + 1} is another one now: ${text}`,
      "Its steps must not depend on rows that they change. Bring the database to one of its ends by hand, and stamp it.",
    );
  }

  #meaningOf(step: Step): string {
    const { dialect } = this.#connection;
    switch (step.kind) {
      case "schema":
        return define(step.node, dialect).join(";\n");
      case "statement":
        return compile(step.statement, dialect).text;
      case "text":
        return step.text;
    }
  }
}

function schemaOf(node: Extract<Step, { kind: "schema" }>["node"]): string | undefined {
  if (node.kind === "createTable") return node.table.schema;
  if (node.kind === "createView") return node.view.schema;
  if (node.kind === "createSequence") return node.sequence.schema;
  if (node.kind === "createType") return node.type.schema;
  if (node.kind === "createSchema" || node.kind === "dropSchema") return undefined;
  return node.schema;
}
