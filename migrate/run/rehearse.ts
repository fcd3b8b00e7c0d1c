// The changes that a revision begins with, found out by calling it without doing anything: up to the first step that reads or
// writes rows, since what comes after it may depend on them. Only changes of what is there already and is called as it was.
import type { Queries, SchemaNode } from "../../core/index.ts";
import { isAt } from "../operation/apply.ts";
import { Operations, type StepRunner } from "../operation/operations.ts";
import type { Revision } from "../revision/file.ts";
import type { Direction } from "./context.ts";
import { canMeetRows } from "./obstacles.ts";

class Enough extends Error {}

export async function rehearse(
  revision: Revision,
  direction: Direction,
  queries: Queries<any>,
): Promise<readonly SchemaNode[]> {
  const nodes: SchemaNode[] = [];
  const runner: StepRunner = {
    async run(step) {
      if (step.kind !== "schema") throw new Enough();
      nodes.push(step.node);
      return 0;
    },
    async reading() {
      throw new Enough();
    },
  };
  try {
    await revision[direction](new Operations(runner));
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  const { tables } = await queries.inspect();
  const renamed = new Set<string>();
  const reshaped = new Set<string>();
  return nodes.filter((node) => {
    if (node.kind === "renameTable") renamed.add(node.to);
    if (node.kind === "renameColumn") renamed.add(node.table);
    const isShape = node.kind === "addColumn" || node.kind === "dropColumn" || node.kind === "alterColumn";
    const wasReshaped = "table" in node && typeof node.table === "string" && reshaped.has(node.table);
    if (isShape) reshaped.add(node.table);
    if (!canMeetRows(node) || renamed.has(node.table)) return false;
    const table = tables.find((table) => isAt(table, node));
    if (node.kind === "alterColumn") return table?.columns.some(({ name }) => name === node.from.name) ?? false;
    // A condition may speak of columns that are not as they will be then.
    return table !== undefined && (node.kind === "addColumn" || !wasReshaped);
  });
}
