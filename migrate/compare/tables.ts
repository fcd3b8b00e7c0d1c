// How one table differs, as changes in phases: what goes, what the columns become, what comes. Phases of different tables are
// put beside each other, since keys cross from one to another.
import type { Dialect, ForeignKeyNode, IndexNode, SchemaNode, TableColumnNode, TableNode } from "../../core/index.ts";
import type { DatabaseKind } from "../database.ts";
import { type ColumnChanges, compareColumns } from "./columns.ts";
import { compareKeys, type KeyChanges } from "./keys.ts";
import { stable } from "./same.ts";
import { castFor } from "./using.ts";

export interface Pair {
  readonly from: TableNode;
  readonly to: TableNode;
  readonly columns: ColumnChanges;
  readonly keys: KeyChanges;
}

export interface Databases {
  readonly dialect: Dialect;
  readonly kind: DatabaseKind;
}

export function pairOf(
  from: TableNode,
  to: TableNode,
  renamed: readonly string[],
  replacedTypes: ReadonlySet<string>,
  database: Databases,
): Pair {
  const columns = compareColumns(withOwnCollations(from, to, database.dialect), to, renamed, replacedTypes, database);
  return { from, to, columns, keys: compareKeys(from, to, columns, database.kind) };
}

/** On MySQL a column keeps its collation when the table is given another, and has it as its own from then on. */
function withOwnCollations(from: TableNode, to: TableNode, { tableCollation }: Dialect): TableNode {
  if (tableCollation === undefined || from.options.collate === to.options.collate) return from;
  const collation = String(from.options.collate ?? tableCollation);
  const own = (column: TableColumnNode) => ({ ...column, collation: column.collation ?? collation });
  return { ...from, columns: from.columns.map((column) => (hasCollation(column) ? own(column) : column)) };
}

function hasCollation({ type }: TableColumnNode): boolean {
  if (type.kind === "custom") return /^(tiny|medium|long)?text|^(var)?char|^set\(/.test(type.sql);
  return type.kind === "text" || type.kind === "varchar" || type.kind === "char" || type.kind === "enumeration";
}

/** The pairs, with the foreign keys that go and come again because of what happens at their other end. */
export function withCrossingKeys(pairs: readonly Pair[], kind: DatabaseKind): readonly Pair[] {
  if (kind === "sqlite") return pairs;
  const at = ({ schema, table }: ForeignKeyNode["target"]) =>
    pairs.find(({ from }) => from.schema === schema && from.name === table);
  return pairs.map((pair) => {
    const going = new Set(pair.keys.foreignKeys.gone);
    const again = pair.from.foreignKeys.filter((key) => !going.has(key) && isCut(key, pair, at(key.target), kind));
    if (again.length === 0) return pair;
    const { gone, added } = pair.keys.foreignKeys;
    return { ...pair, keys: { ...pair.keys, foreignKeys: { gone: [...gone, ...again], added: [...added, ...again] } } };
  });
}

function isCut(key: ForeignKeyNode, own: Pair, target: Pair | undefined, kind: DatabaseKind): boolean {
  if (target !== undefined) {
    if (key.target.columns.some((name) => target.columns.touched.has(name))) return true;
    if (losesIndex(target, key.target.columns, kind)) return true;
  }
  // MySQL keeps a foreign key only as long as there is an index to look it up by, on either side.
  return (kind === "mysql" || kind === "mariadb") && losesIndex(own, key.columns, kind);
}

/** Whether an index that begins with these columns goes; on PostgreSQL one of exactly these columns. */
function losesIndex({ keys }: Pair, columns: readonly string[], kind: DatabaseKind): boolean {
  const serves = (own: readonly string[]) =>
    kind === "postgres"
      ? own.length === columns.length && columns.every((name) => own.includes(name))
      : columns.every((name) => own.slice(0, columns.length).includes(name));
  return [
    ...keys.primaryKey.gone.map((key) => key.columns),
    ...keys.uniques.gone.map((key) => key.columns),
    ...keys.indexes.gone.map(namesOf),
  ].some(serves);
}

function namesOf({ items }: IndexNode): readonly string[] {
  return items.flatMap(({ of }) => (of.kind === "name" ? of.name : []));
}

interface Place {
  readonly schema?: string | undefined;
  readonly table: string;
}

/** The changes of one table, by the phase they belong to. */
export interface Phases {
  readonly dropForeignKeys: readonly SchemaNode[];
  readonly dropKeys: readonly SchemaNode[];
  readonly columns: readonly SchemaNode[];
  readonly addKeys: readonly SchemaNode[];
  readonly addForeignKeys: readonly SchemaNode[];
  readonly comments: readonly SchemaNode[];
}

/** What is called how before anything is renamed. */
export interface NamesBefore {
  readonly table: string;
  column(name: string): string;
}

/** @param named what things are called while keys are dropped, which is before they are renamed */
export function phasesOf({ from, to, columns, keys }: Pair, named: NamesBefore, { dialect, kind }: Databases): Phases {
  const { schema } = to;
  const before = { schema, table: named.table };
  const after = { schema, table: to.name };
  const drop =
    (of: Extract<SchemaNode, { kind: "dropConstraint" }>["of"]) => (part: { readonly name: string | undefined }) =>
      ({ kind: "dropConstraint", ...before, name: part.name ?? "PRIMARY", of }) satisfies SchemaNode;
  const numbers = numberingOf({ from, to, columns, keys }, kind);
  const alter = (a: TableColumnNode, b: TableColumnNode): SchemaNode => ({
    kind: "alterColumn",
    ...after,
    from: a,
    to: b,
    using: castFor(a, b, dialect, kind),
  });
  return {
    dropForeignKeys: keys.foreignKeys.gone.map(drop("foreign key")),
    dropKeys: [
      ...numbers.stop.map(
        (column): SchemaNode => ({
          kind: "alterColumn",
          ...before,
          from: { ...column, name: named.column(column.name) },
          to: { ...column, name: named.column(column.name), identity: undefined },
        }),
      ),
      ...keys.indexes.gone.map(
        (index): SchemaNode => ({
          kind: "dropIndex",
          ...before,
          name: index.name ?? "",
          ifExists: false,
        }),
      ),
      ...keys.checks.gone.map(drop("check")),
      ...keys.exclusions.gone.map(drop("exclusion")),
      ...keys.uniques.gone.map(drop("unique")),
      ...keys.primaryKey.gone.map(drop("primary key")),
      // MySQL renames no column that another is computed from.
      ...[...columns.gone.filter(isComputed), ...columns.recomputed.map((pair) => pair.from)].map(
        ({ name }): SchemaNode => ({ kind: "dropColumn", ...before, column: named.column(name) }),
      ),
    ],
    columns: [
      ...optionsOf(from, to, after),
      ...columns.added
        .filter((column) => !isComputed(column))
        .map((column): SchemaNode => ({ kind: "addColumn", ...after, column: numbers.without(column) })),
      ...columns.altered.flatMap((pair): SchemaNode[] => {
        const a = numbers.stop.includes(pair.from) ? { ...pair.from, identity: undefined } : pair.from;
        const b = numbers.without(pair.to);
        if (isAlike(a, b)) return [];
        const between = throughText(a, b, kind);
        return between === undefined ? [alter(a, b)] : [alter(a, between), alter(between, b)];
      }),
      ...[...columns.added.filter(isComputed), ...columns.recomputed.map((pair) => pair.to)].map(
        (column): SchemaNode => ({ kind: "addColumn", ...after, column }),
      ),
      ...columns.gone
        .filter((column) => !isComputed(column))
        .map(({ name }): SchemaNode => ({ kind: "dropColumn", ...after, column: name })),
    ],
    addKeys: [
      ...keys.primaryKey.added.map((primaryKey): SchemaNode => ({ kind: "addPrimaryKey", ...after, primaryKey })),
      ...numbers.start.map((column) => alter({ ...column, identity: undefined }, column)),
      ...keys.uniques.added.map((unique): SchemaNode => ({ kind: "addUnique", ...after, unique })),
      ...keys.indexes.added.map((index): SchemaNode => ({ kind: "createIndex", ...after, index, ifNotExists: false })),
    ],
    addForeignKeys: [
      ...keys.checks.added.map((check): SchemaNode => ({ kind: "addCheck", ...after, check })),
      ...keys.exclusions.added.map((exclusion): SchemaNode => ({ kind: "addExclusion", ...after, exclusion })),
      ...keys.foreignKeys.added.map((foreignKey): SchemaNode => ({ kind: "addForeignKey", ...after, foreignKey })),
    ],
    comments: [
      ...(from.comment === to.comment ? [] : [{ kind: "commentTable", ...after, comment: to.comment } as const]),
      ...columns.commented.map((column): SchemaNode => ({ kind: "commentColumn", ...after, column })),
    ],
  };
}

/** How a table is partitioned no database changes. */
function optionsOf(from: TableNode, to: TableNode, place: Place): readonly SchemaNode[] {
  const { partitionBy } = from.options;
  const { partitionBy: _, ...others } = to.options;
  const options = partitionBy === undefined ? others : { ...others, partitionBy };
  return stable(from.options) === stable(options)
    ? []
    : [{ kind: "alterOptions", ...place, from: from.options, to: options }];
}

function isComputed({ computed }: TableColumnNode): boolean {
  return computed !== undefined;
}

/** MariaDB turns a UUID into nothing but text, and nothing but text into one. */
function throughText(a: TableColumnNode, b: TableColumnNode, kind: DatabaseKind): TableColumnNode | undefined {
  if (kind !== "mariadb" || (a.type.kind === "uuid") === (b.type.kind === "uuid")) return undefined;
  const other = a.type.kind === "uuid" ? b.type.kind : a.type.kind;
  if (other === "varchar" || other === "char" || other === "text") return undefined;
  return { key: b.key, name: b.name, type: { kind: "varchar", length: 255 }, nullable: a.nullable };
}

function isAlike(a: TableColumnNode, b: TableColumnNode): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

interface Numbering {
  /** Columns that stop numbering themselves before keys are dropped. */
  readonly stop: readonly TableColumnNode[];
  /** Columns that begin to once keys are there. */
  readonly start: readonly TableColumnNode[];
  /** The column as it is in between. */
  without(column: TableColumnNode): TableColumnNode;
}

/** On MySQL only a key can number itself, at every moment; on PostgreSQL only an integer. */
function numberingOf({ from, to, columns, keys }: Pair, kind: DatabaseKind): Numbering {
  const isMysql = kind === "mysql" || kind === "mariadb";
  const before = from.columns.find(({ identity }) => identity !== undefined);
  const after = to.columns.find(({ identity }) => identity !== undefined);
  const losesKey = keys.primaryKey.gone.length > 0 || keys.uniques.gone.length > 0 || keys.indexes.gone.length > 0;
  const isAltered = (column: TableColumnNode | undefined) =>
    columns.altered.some(({ from, to }) => (from === column || to === column) && from.type.kind !== to.type.kind);
  if (kind === "postgres") {
    const stop = before !== undefined && isAltered(before) ? [before] : [];
    const start = after !== undefined && isAltered(after) ? [after] : [];
    return {
      stop,
      start,
      without: (column) => (start.includes(column) ? { ...column, identity: undefined } : column),
    };
  }
  const stays = before?.name === after?.name && !losesKey && !columns.added.some(({ name }) => name === after?.name);
  if (!isMysql || stays) return { stop: [], start: [], without: (column) => column };
  return {
    stop: before === undefined ? [] : [before],
    start: after === undefined ? [] : [after],
    without: (column) => (column === after ? { ...column, identity: undefined } : column),
  };
}
