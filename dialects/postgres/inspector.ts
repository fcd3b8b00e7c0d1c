// What a PostgreSQL database tells of itself: six questions to its catalogue, however many tables there are, and the nodes
// that are made of the answers.
import type {
  Connection,
  ExclusionNode,
  ForeignKeyNode,
  IdentityNode,
  IndexItem,
  IndexNode,
  InspectOptions,
  PrimaryKeyNode,
  Query,
  ReferentialAction,
  Reflected,
  Result,
  SequenceNode,
  SqlText,
  TableColumnNode,
  TableNode,
  TypeNode,
  UniqueNode,
  ViewNode,
} from "../../core/dialect/index.ts";
import {
  type ColumnRow,
  type ConstraintRow,
  columns,
  constraints,
  type IndexItemRow,
  type IndexRow,
  indexes,
  type OwnTypeRow,
  ownTypes,
  type RelationRow,
  relations,
  type SequenceRow,
  sequences,
} from "./catalogue.ts";
import { reflectedType } from "./reflected-type.ts";

export async function inspect(connection: Connection, options: InspectOptions): Promise<Reflected> {
  const found = await ask(connection, options.schemas);
  const wanted = ({ name }: { readonly name: string }): boolean => options.only?.includes(name) ?? true;
  const relationsOf = (...kinds: readonly RelationRow["kind"][]) =>
    found.relations.filter((relation) => kinds.includes(relation.kind) && wanted(relation));
  return {
    tables: relationsOf("r", "p")
      .map((relation) => tableNode(relation, found))
      .sort(byName),
    others: [
      ...found.sequences.filter(wanted).map(sequenceNode).sort(byName),
      ...[...found.ownTypes.values()]
        .filter((type) => type.wanted && wanted(type))
        .map((type) => typeNode(type, found))
        .sort(byName),
      ...relationsOf("v", "m")
        .map((relation) => viewNode(relation, found))
        .sort(byName),
    ],
  };
}

interface Found {
  readonly relations: readonly RelationRow[];
  readonly columns: ReadonlyMap<number, readonly ColumnRow[]>;
  readonly constraints: ReadonlyMap<number, readonly ConstraintRow[]>;
  readonly indexes: ReadonlyMap<number, readonly IndexRow[]>;
  readonly ownTypes: ReadonlyMap<number, OwnTypeRow>;
  readonly sequences: readonly SequenceRow[];
}

/** All questions in one round trip, where the connection can. */
async function ask(connection: Connection, schemas: readonly string[] | undefined): Promise<Found> {
  const place =
    schemas === undefined ? "n.nspname = current_schema()" : "n.nspname in (select json_array_elements_text($1::json))";
  const parameters = schemas === undefined ? [] : [JSON.stringify(schemas)];
  const queries = [relations, columns, constraints, indexes, ownTypes, sequences].map(
    (question): Query => ({ text: question(place), parameters, rows: true }),
  );
  const answers = await runAll(connection, queries);
  const rows = <T>(index: number): T[] => (answers[index]?.rows ?? []).map(([json]) => JSON.parse(json as string) as T);
  const byTable = <T extends { readonly table: number }>(list: readonly T[]) => Map.groupBy(list, ({ table }) => table);
  return {
    relations: rows(0),
    columns: byTable(rows<ColumnRow>(1)),
    constraints: byTable(rows<ConstraintRow>(2)),
    indexes: byTable(rows<IndexRow>(3)),
    ownTypes: new Map(rows<OwnTypeRow>(4).map((type) => [type.id, type])),
    sequences: rows(5),
  };
}

async function runAll(connection: Connection, queries: readonly Query[]): Promise<readonly Result[]> {
  if (connection.pipeline !== undefined) return connection.pipeline(queries);
  const results: Result[] = [];
  for (const query of queries) results.push(await connection.query(query));
  return results;
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

// --- tables ---

function tableNode(relation: RelationRow, found: Found): TableNode {
  const all = found.constraints.get(relation.id) ?? [];
  const of = (kind: ConstraintRow["kind"]) => all.filter((constraint) => constraint.kind === kind);
  return {
    kind: "table",
    name: relation.name,
    schema: relation.schema ?? undefined,
    columns: (found.columns.get(relation.id) ?? []).map((column) => columnNode(column, found)),
    primaryKey: of("p").map(primaryKeyNode)[0],
    foreignKeys: of("f").map(foreignKeyNode),
    uniques: of("u").map(uniqueNode),
    checks: of("c").map(({ name, check }) => ({ name, expression: sqlText(check ?? "") })),
    indexes: indexesOf(relation, found),
    exclusions: of("x").map((constraint) => exclusionNode(constraint, found)),
    comment: relation.comment ?? undefined,
    options: {
      ...optionsOf(relation.options),
      ...(relation.unlogged ? { unlogged: true } : {}),
      ...(relation.tablespace === null ? {} : { tablespace: relation.tablespace }),
      ...(relation.partitionBy === null ? {} : { partitionBy: relation.partitionBy }),
    },
  };
}

function sqlText(text: string): SqlText {
  return { kind: "sqlText", text };
}

function columnNode(column: ColumnRow, found: Found): TableColumnNode {
  const identity = identityOf(column);
  const expression = column.expression === null ? undefined : sqlText(column.expression);
  return {
    key: column.name,
    name: column.name,
    type: reflectedType(column.type, found.ownTypes),
    nullable: !column.notNull,
    default: column.generated === "" && identity === undefined ? expression : undefined,
    identity,
    computed: column.generated !== "" && expression ? { expression, stored: column.generated === "s" } : undefined,
    collation: column.collation ?? undefined,
    comment: column.comment ?? undefined,
  };
}

function identityOf({ identity, sequence, expression }: ColumnRow): IdentityNode | undefined {
  if (sequence === null) return undefined;
  const serial = identity === "" && sequence.owned && expression?.startsWith("nextval(") === true;
  if (identity === "" && !serial) return undefined;
  return {
    always: identity === "a",
    ...(serial ? { serial } : {}),
    start: unless(sequence.start, "1"),
    increment: unless(sequence.increment, "1"),
  };
}

/** The number in a text, or undefined if it is what it would be anyway. */
function unless(text: string, usual: string): number | bigint | undefined {
  if (text === usual) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function primaryKeyNode({ name, columns, include }: ConstraintRow): PrimaryKeyNode {
  return { name, columns: columns ?? [], ...(include ? { include } : {}) };
}

function uniqueNode(constraint: ConstraintRow): UniqueNode {
  const { name, columns, include, nullsNotDistinct } = constraint;
  return {
    name,
    columns: columns ?? [],
    ...(include ? { include } : {}),
    ...(nullsNotDistinct ? { nullsNotDistinct } : {}),
    deferrable: deferrableOf(constraint),
  };
}

function foreignKeyNode(constraint: ConstraintRow): ForeignKeyNode {
  const { onDeleteColumns } = constraint;
  return {
    name: constraint.name,
    columns: constraint.columns ?? [],
    target: {
      schema: constraint.targetSchema ?? undefined,
      table: constraint.targetTable ?? "",
      columns: constraint.targetColumns ?? [],
    },
    onDelete: actions[constraint.onDelete] ?? "no action",
    onUpdate: actions[constraint.onUpdate] ?? "no action",
    ...(onDeleteColumns ? { onDeleteColumns } : {}),
    deferrable: deferrableOf(constraint),
  };
}

/** https://www.postgresql.org/docs/current/catalog-pg-constraint.html */
const actions: Readonly<Record<string, ReferentialAction>> = {
  a: "no action",
  r: "restrict",
  c: "cascade",
  n: "set null",
  d: "set default",
};

function deferrableOf({ deferrable, deferred }: ConstraintRow): "immediate" | "deferred" | undefined {
  return deferrable ? (deferred ? "deferred" : "immediate") : undefined;
}

// --- indexes ---

/** The indexes that are not a constraint's. */
function indexesOf(relation: RelationRow, found: Found): IndexNode[] {
  return (found.indexes.get(relation.id) ?? []).filter(({ ofConstraint }) => !ofConstraint).map(indexNode);
}

function indexNode(index: IndexRow): IndexNode {
  const include = index.items.slice(index.keys).flatMap(({ column }) => column ?? []);
  const options = optionsOf(index.options);
  return {
    name: index.name,
    unique: index.unique,
    items: index.items.slice(0, index.keys).map(indexItem),
    where: index.where === null ? undefined : sqlText(index.where),
    method: index.method === "btree" ? undefined : index.method,
    ...(include.length > 0 ? { include } : {}),
    ...(index.nullsNotDistinct ? { nullsNotDistinct: true } : {}),
    ...(Object.keys(options).length > 0 ? { options } : {}),
  };
}

function indexItem(item: IndexItemRow): IndexItem {
  const direction = (item.order ?? 0) & 1 ? "desc" : "asc";
  const nulls = (item.order ?? 0) & 2 ? "first" : "last";
  return {
    of: indexed(item),
    direction,
    // Null counts as greater than any value, so it comes last unless the order is descending.
    nulls: nulls === (direction === "asc" ? "last" : "first") ? undefined : nulls,
    operatorClass: item.operatorClass ?? undefined,
    collation: item.collation ?? undefined,
  };
}

function indexed({ column, text }: IndexItemRow): IndexItem["of"] {
  if (column !== null) return { kind: "name", name: column };
  // The catalogue puts every expression but a call between the parentheses that CREATE INDEX wants.
  return sqlText(text.startsWith("(") ? text.slice(1, -1) : text);
}

function exclusionNode(constraint: ConstraintRow, found: Found): ExclusionNode {
  const index = found.indexes.get(constraint.table)?.find(({ id }) => id === constraint.index);
  return {
    name: constraint.name,
    method: index?.method ?? "gist",
    items: (index?.items ?? []).map((item, place) => ({
      of: indexed(item),
      with: constraint.operators?.[place] ?? "=",
    })),
    where: index?.where ? sqlText(index.where) : undefined,
  };
}

/** `name=value` each; a number or boolean where it reads as one. */
function optionsOf(options: readonly string[] | null): Record<string, string | number | boolean> {
  return Object.fromEntries(
    (options ?? []).map((option) => {
      const at = option.indexOf("=");
      return [option.slice(0, at), optionValue(option.slice(at + 1))];
    }),
  );
}

function optionValue(text: string): string | number | boolean {
  if (text === "true" || text === "on") return true;
  if (text === "false" || text === "off") return false;
  return text !== "" && String(Number(text)) === text ? Number(text) : text;
}

// --- what is no table ---

function viewNode(relation: RelationRow, found: Found): ViewNode {
  const materialized = relation.kind === "m";
  const indexes = indexesOf(relation, found);
  return {
    kind: "view",
    name: relation.name,
    schema: relation.schema ?? undefined,
    materialized,
    query: sqlText((relation.query ?? "").trim().replace(/;$/, "")),
    columns: (found.columns.get(relation.id) ?? []).map(({ name, type }) => ({
      key: name,
      name,
      type: reflectedType(type, found.ownTypes),
      // Whether an expression can be null is not known.
      nullable: true,
    })),
    ...(indexes.length > 0 ? { indexes } : {}),
    comment: relation.comment ?? undefined,
  };
}

function typeNode(type: OwnTypeRow, found: Found): TypeNode {
  const { name, values, of, notNull, checks } = type;
  return {
    kind: "type",
    name,
    schema: type.schema ?? undefined,
    definition:
      of === null
        ? { kind: "enumeration", values: values ?? [] }
        : {
            kind: "domain",
            of: reflectedType(of, found.ownTypes),
            nullable: !notNull,
            default: type.default === null ? undefined : sqlText(type.default),
            checks: (checks ?? []).map(({ name, text }) => ({ name, expression: sqlText(text) })),
          },
  };
}

function sequenceNode(sequence: SequenceRow): SequenceNode {
  const { name, start, increment, min, max, cycle, cache } = sequence;
  const rising = !increment.startsWith("-");
  return {
    kind: "sequence",
    name,
    schema: sequence.schema ?? undefined,
    start: unless(start, rising ? min : max),
    increment: unless(increment, "1"),
    min: unless(min, rising ? "1" : "-9223372036854775808"),
    max: unless(max, rising ? "9223372036854775807" : "-1"),
    cycle: cycle || undefined,
    cache: cache === 1 ? undefined : cache,
  };
}
