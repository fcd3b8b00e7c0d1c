// One step, carried out.
import { type Dialect, define, type Queries, type SchemaNode } from "../../core/index.ts";
import type { Change } from "../compare/change.ts";
import { kindOf } from "../database.ts";
import { isAt } from "../operation/apply.ts";
import type { Step } from "../operation/operations.ts";

/** A migration takes as long as it takes. */
export const unlimited: { readonly timeout: number } = { timeout: Number.POSITIVE_INFINITY };

/** Carries a step out, and gives how many rows it changed. */
export async function carryOut(step: Step, queries: Queries<any>): Promise<number> {
  switch (step.kind) {
    case "schema":
      for (const text of define(step.node, queries.dialect)) await queries.execute(text, unlimited);
      await afterwards(step.node, queries);
      return 0;
    case "statement":
      return runStatement(step, queries);
    case "text":
      await queries.execute(step.text, unlimited);
      return 0;
  }
}

async function runStatement(
  { statement, params }: Extract<Step, { kind: "statement" }>,
  queries: Queries<any>,
): Promise<number> {
  const run = queries.run as (statement: unknown, ...given: unknown[]) => Promise<{ readonly affected: number }>;
  const { affected } = await run.call(queries, statement, ...(params === undefined ? [] : [params]), unlimited);
  return affected;
}

/** What a database leaves behind of a change, and should not. */
export async function afterwards(node: SchemaNode, queries: Queries<any>): Promise<void> {
  if (node.kind !== "dropConstraint" || node.of !== "foreign key" || !isMysql(queries.dialect)) return;
  // MySQL makes an index for a foreign key that has none, called like it, and keeps it when the key is dropped.
  const { tables } = await queries.inspect({
    only: [node.table],
    ...(node.schema === undefined ? {} : { schemas: [node.schema] }),
  });
  const table = tables.find((table) => isAt(table, node));
  if (!table?.indexes.some(({ name }) => name === node.name)) return;
  for (const text of define({ ...node, kind: "dropIndex", ifExists: false }, queries.dialect)) {
    await queries.execute(text, unlimited);
  }
}

function isMysql(dialect: Dialect): boolean {
  return ["mysql", "mariadb"].includes(kindOf(dialect));
}

/** What a step does, in a line: for people who watch. */
export function describe(step: Step, dialect: Dialect): string {
  switch (step.kind) {
    case "schema":
      return describeChange(step.node);
    case "statement":
      return "run a statement";
    case "text":
      return firstLine(step.text);
  }
  function firstLine(text: string): string {
    const line = text.trim().split("\n", 1)[0] ?? "";
    return line.length > 100 ? `${line.slice(0, 99)}…` : line || `nothing for ${dialect.name}`;
  }
}

/** `add column "bio" to "users"`. */
export function describeChange(node: Change): string {
  switch (node.kind) {
    case "own":
      return node.text;
    case "replaceEnum":
      return `replace the values of enumeration "${node.name}"`;
    case "createTable":
      return `create table "${node.table.name}"`;
    case "dropTable":
      return `drop table "${node.table}"`;
    case "renameTable":
      return `rename table "${node.table}" to "${node.to}"`;
    case "addColumn":
      return `add column "${node.column.name}" to "${node.table}"`;
    case "dropColumn":
      return `drop column "${node.column}" of "${node.table}"`;
    case "renameColumn":
      return `rename column "${node.column}" of "${node.table}" to "${node.to}"`;
    case "alterColumn":
      return `alter column "${node.to.name}" of "${node.table}"`;
    case "addPrimaryKey":
      return `add the primary key of "${node.table}"`;
    case "addForeignKey":
      return `add foreign key "${node.foreignKey.name}" to "${node.table}"`;
    case "addUnique":
      return `add unique constraint "${node.unique.name}" to "${node.table}"`;
    case "addCheck":
      return `add check "${node.check.name}" to "${node.table}"`;
    case "addExclusion":
      return `add exclusion constraint "${node.exclusion.name}" to "${node.table}"`;
    case "validateConstraint":
      return `validate "${node.name}" of "${node.table}"`;
    case "dropConstraint":
      return `drop ${node.of} "${node.name}" of "${node.table}"`;
    case "createIndex":
      return `create index "${node.index.name}" on "${node.table}"`;
    case "dropIndex":
      return `drop index "${node.name}" of "${node.table}"`;
    case "commentTable":
      return `comment on table "${node.table}"`;
    case "commentColumn":
      return `comment on column "${node.column.name}" of "${node.table}"`;
    case "createView":
      return `create view "${node.view.name}"`;
    case "dropView":
      return `drop view "${node.name}"`;
    case "createSequence":
      return `create sequence "${node.sequence.name}"`;
    case "dropSequence":
      return `drop sequence "${node.name}"`;
    case "createType":
      return `create type "${node.type.name}"`;
    case "dropType":
      return `drop type "${node.name}"`;
    case "alterDomain":
      return `alter domain "${node.name}"`;
    case "alterOptions":
      return `alter the options of "${node.table}"`;
    case "renameType":
      return `rename type "${node.name}" to "${node.to}"`;
    case "addEnumValue":
      return `add "${node.value}" to type "${node.name}"`;
    case "createSchema":
      return `create schema "${node.name}"`;
    case "dropSchema":
      return `drop schema "${node.name}"`;
  }
}
