// Revisions that are to stay in the database they run in. On MySQL and MariaDB a schema is another database of the same server:
// a trial of revisions on a scratch database would change the real ones.
import type { Queries, SchemaNode } from "../../core/index.ts";
import { MigrationError } from "../errors.ts";
import { Operations, type Step } from "../operation/operations.ts";
import type { Revision } from "../revision/file.ts";

/** The revision, which refuses a change in a schema that it names. */
export function withinOwnSchema(revision: Revision): Revision {
  const guarded = (op: Operations): Operations =>
    new Operations({
      async run(step) {
        refuseSchemas(step, revision);
        if (step.kind === "statement") return op.run(step.statement, step.params as object | undefined);
        await (step.kind === "schema" ? op.change(step.node) : op.execute(step.text));
        return 0;
      },
      reading: async () =>
        ({ all: (...args: Parameters<Operations["all"]>) => op.all(...args) }) as unknown as Queries<any>,
    });
  return {
    ...revision,
    up: (op) => revision.up(guarded(op)),
    ...(typeof revision.down === "function" ? { down: (op: Operations) => revision.down(guarded(op)) } : {}),
  };
}

function refuseSchemas(step: Step, { id }: Revision): void {
  if (step.kind !== "schema") return;
  const named = schemaIn(step.node);
  if (named === undefined) return;
  throw new MigrationError(
    `revision "${id}" names the database "${named}", which is not the scratch database`,
    "Name an empty database on a server of its own with --scratch, where such databases may be changed.",
  );
}

/** Nodes are plain data: any part of one may say a schema. */
function schemaIn(node: SchemaNode): string | undefined {
  if (node.kind === "createSchema" || node.kind === "dropSchema") return node.name;
  const text = JSON.stringify(node, (_key, value) => (typeof value === "bigint" ? 0 : value));
  return /"schema":"([^"]*)"/.exec(text)?.[1];
}
