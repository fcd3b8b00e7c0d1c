// Rows that are in the way of a change, looked for before it is tried: the database's own refusal names one of them at best, and
// on MySQL it comes when half of the revision has been done.
import {
  type CheckNode,
  type Dialect,
  integer,
  type Queries,
  type SchemaNode,
  type SqlFragment,
  type SqlType,
  sql,
  type TableColumnNode,
} from "../../core/index.ts";
import { kindOf } from "../database.ts";
import { MigrationError } from "../errors.ts";

interface Obstacle {
  /** Which rows are in the way, as a condition. */
  readonly where: string;
  /** What they have: `have null in "bio"`. */
  readonly what: string;
  readonly hint: string;
}

/** @throws {MigrationError} if rows are in the way of the change: how many, and what they have */
export async function refuseObstacles(node: SchemaNode, queries: Queries<any>): Promise<void> {
  if (!canMeetRows(node)) return;
  const { dialect } = queries;
  for (const obstacle of obstaclesOf(node, dialect)) {
    const n = await count(queries, placeOf(node, dialect), obstacle.where);
    if (n === 0) continue;
    throw new MigrationError(`${n} rows of "${node.table}" ${obstacle.what}`, obstacle.hint);
  }
}

/** The kinds of change that rows can be in the way of. */
export function canMeetRows(
  node: SchemaNode,
): node is Extract<SchemaNode, { readonly kind: "alterColumn" | "addColumn" | "addCheck" }> {
  return node.kind === "alterColumn" || node.kind === "addColumn" || node.kind === "addCheck";
}

/** The condition for each obstacle that a change can meet; also for scripts, which look for themselves. */
export function obstaclesOf(node: SchemaNode, dialect: Dialect): readonly Obstacle[] {
  if (node.kind === "addColumn") return missingValues(node.column);
  if (node.kind === "addCheck") return node.notValid ? [] : failures(node.check);
  if (node.kind !== "alterColumn") return [];
  const { from, to } = node;
  const name = dialect.quote(to.name);
  return [...nulls(from, to, name), ...tooLong(from, to, name, dialect), ...unknownValues(from, to, name, dialect)];
}

export function placeOf(
  { schema, table }: { readonly schema?: string | undefined; readonly table: string },
  dialect: Dialect,
): string {
  return schema === undefined ? dialect.quote(table) : `${dialect.quote(schema)}.${dialect.quote(table)}`;
}

async function count(queries: Queries<any>, place: string, where: string): Promise<number> {
  const text: SqlFragment = sql.raw(`${place} where ${where}`);
  return (await queries.one(sql.statement({ n: integer() })`select count(*) as n from ${text}`)).n;
}

function missingValues(column: TableColumnNode): readonly Obstacle[] {
  const isGiven =
    column.nullable || column.default !== undefined || column.identity !== undefined || column.computed !== undefined;
  if (isGiven) return [];
  return [
    {
      where: "1 = 1",
      what: `are there, and "${column.name}" is NOT NULL without a default`,
      hint: "Give it a default, or add it as nullable, fill it, and make it NOT NULL then.",
    },
  ];
}

/** Only of a condition that is text; others the database refuses by itself. */
function failures({ name, expression }: CheckNode): readonly Obstacle[] {
  const text = expression.kind === "raw" && expression.holes.length === 0 ? expression.text[0] : textIn(expression);
  if (text === undefined) return [];
  return [
    {
      where: `not (${text})`,
      what: `fail the check${name === undefined ? "" : ` "${name}"`}`,
      hint: "Change them first, in a revision before this one or in a step before it.",
    },
  ];
}

function textIn(expression: CheckNode["expression"]): string | undefined {
  return expression.kind === "sqlText" ? expression.text : undefined;
}

function nulls(from: TableColumnNode, to: TableColumnNode, name: string): readonly Obstacle[] {
  if (!from.nullable || to.nullable || to.computed !== undefined) return [];
  return [
    {
      where: `${name} is null`,
      what: `have null in "${to.name}", which is to be NOT NULL`,
      hint: "Fill them first, in a revision before this one or in a step before it.",
    },
  ];
}

/** SQLite keeps texts of any length, whatever is declared. */
function tooLong(from: TableColumnNode, to: TableColumnNode, name: string, dialect: Dialect): readonly Obstacle[] {
  const length = lengthOf(to.type);
  if (length === undefined || (lengthOf(from.type) ?? Number.POSITIVE_INFINITY) <= length) return [];
  if (!isText(from.type) || kindOf(dialect) === "sqlite") return [];
  return [
    {
      where: `char_length(${name}) > ${length}`,
      what: `are longer in "${to.name}" than the ${length} characters it shall have`,
      hint: "Shorten them first, or keep the column as long as it is.",
    },
  ];
}

function isText(type: SqlType): boolean {
  return type.kind === "text" || type.kind === "varchar" || type.kind === "char";
}

function lengthOf(type: SqlType): number | undefined {
  return type.kind === "varchar" || type.kind === "char" ? type.length : undefined;
}

function unknownValues(
  from: TableColumnNode,
  to: TableColumnNode,
  name: string,
  dialect: Dialect,
): readonly Obstacle[] {
  if (to.type.kind !== "enumeration" || !(from.type.kind === "enumeration" || isText(from.type))) return [];
  const { values } = to.type;
  const cast = kindOf(dialect) === "postgres" ? `${name}::text` : name;
  const list = values.map((value) => dialect.literal(value, { kind: "text" })).join(", ");
  return [
    {
      where: `${cast} not in (${list})`,
      what: `have values in "${to.name}" that it shall not have any more`,
      hint: "Give them another value first.",
    },
  ];
}
