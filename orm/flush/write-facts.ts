// What writing needs to know of a class, worked out once: what becomes of a column that was given no value, which columns refer to
// other rows, and which values no two rows may share.
import type { ForeignKeyNode } from "../../core/index.ts";
import { type Relationship, relationshipsOf } from "../mapping/join-condition.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import type { TablePart } from "../mapping/table-part.ts";

/** What an insert writes into a column without a value. */
export type Absent =
  | { readonly kind: "null" | "required" | "version" }
  /** The key of the row of the base, which a subclass's own table repeats. */
  | { readonly kind: "key" }
  /** The database gives it: a counter, a default, a computed column. */
  | { readonly kind: "counter" | "server" | "computed" }
  | { readonly kind: "generate"; readonly generate: () => unknown }
  | { readonly kind: "value"; readonly value: unknown };

/** A foreign key. */
export interface Reference {
  readonly positions: readonly number[];
  /** The table it refers to, as `tableKey` has it. */
  readonly target: string;
  readonly targetColumns: readonly string[];
  /** The columns that may be null, and are no part of the key. */
  readonly nullable: readonly number[];
  readonly onDelete: ForeignKeyNode["onDelete"];
  readonly onUpdate: ForeignKeyNode["onUpdate"];
}

export interface WriteFacts {
  readonly absent: readonly Absent[];
  readonly references: readonly Reference[];
  /** Columns whose values together no two rows may share, the primary key among them. */
  readonly uniques: readonly (readonly number[])[];
  /** Columns that the database or a function of the user's fills in at each update. */
  readonly onUpdate: readonly { readonly position: number; readonly generate: () => unknown }[];
  readonly serverUpdates: readonly number[];
  /** What the database computes from the other columns. */
  readonly computed: readonly number[];
  readonly version: number | undefined;
  /** The single key column, if the database counts it. */
  readonly counter: number | undefined;
}

const known = new WeakMap<Mapper, WriteFacts>();

export function writeFacts(mapper: Mapper): WriteFacts {
  let facts = known.get(mapper);
  if (facts === undefined) {
    facts = workOut(mapper);
    known.set(mapper, facts);
  }
  return facts;
}

const written = new WeakMap<Mapper, readonly Relationship[]>();

/** The relationships of a class whose changes are written. */
export function writtenRelations(mapper: Mapper): readonly Relationship[] {
  let relations = written.get(mapper);
  if (relations === undefined) {
    relations = [...relationshipsOf(mapper).values()].filter(({ viewOnly }) => !viewOnly);
    written.set(mapper, relations);
  }
  return relations;
}

/** A table as a key of maps: its name with its schema. */
export function tableKey(table: { readonly schema?: string | undefined; readonly name: string }): string {
  return table.schema === undefined ? table.name : `${table.schema}:${table.name}`;
}

/** The position of a column of one of a class's tables, which is told as `tableKey` has it; -1 if there is none. */
export function positionIn(mapper: Mapper, table: string, name: string): number {
  const part = mapper.parts.find((one) => tableKey(one.table) === table);
  return part === undefined ? -1 : mapper.positionOf(part.table, name);
}

/** Whether rows of a class have a part in a table. */
export function isIn({ parts }: Mapper, table: string): boolean {
  for (let i = 0; i < parts.length; i++) if (tableKey((parts[i] as TablePart).table) === table) return true;
  return false;
}

function workOut(mapper: Mapper): WriteFacts {
  const absent = mapper.columns.map((column, i) => absentOf(mapper, column, i));
  const computed = absent.flatMap(({ kind }, i) => (kind === "computed" ? [i] : []));
  return {
    absent,
    computed,
    references: mapper.foreignKeys
      .filter(({ positions }) => !positions.includes(-1))
      .map(({ key, positions }) => ({
        positions,
        target: tableKey({ schema: key.target.schema, name: key.target.table }),
        targetColumns: key.target.columns,
        nullable: positions.filter((i) => mapper.columns[i]?.facts.nullable && !mapper.key.includes(i)),
        onDelete: key.onDelete,
        onUpdate: key.onUpdate,
      })),
    uniques: mapper.parts.flatMap((part, i) =>
      i === 0 ? [part.key, ...uniquesOf(mapper, part)] : uniquesOf(mapper, part),
    ),
    onUpdate: mapper.columns.flatMap(({ facts }, position) =>
      facts.onUpdate !== undefined && "generate" in facts.onUpdate
        ? [{ position, generate: facts.onUpdate.generate }]
        : [],
    ),
    serverUpdates: mapper.columns.flatMap(({ facts }, i) => (facts.onUpdate && "node" in facts.onUpdate ? [i] : [])),
    version: mapper.version === undefined ? undefined : mapper.columns.indexOf(mapper.version),
    counter: mapper.key.length === 1 && absent[mapper.key[0] as number]?.kind === "counter" ? mapper.key[0] : undefined,
  };
}

/** What no two rows of a table may share beside its key. */
function uniquesOf(mapper: Mapper, { table }: TablePart): readonly (readonly number[])[] {
  const { uniques, indexes } = table.node;
  const names = [
    ...uniques.map(({ columns }) => columns),
    ...indexes
      .filter((index) => index.unique && index.items.every(({ of }) => of.kind === "name"))
      .map(({ items }) => items.map(({ of }) => (of as { readonly name: string }).name)),
  ];
  return names
    .map((columns) => columns.map((name) => mapper.positionOf(table, name)))
    .filter((positions) => !positions.includes(-1));
}

function absentOf(mapper: Mapper, column: MappedColumn, position: number): Absent {
  const { facts } = column;
  const { table, key } = mapper.parts[column.part] as TablePart;
  if (column === mapper.version) return { kind: "version" };
  if (facts.computed !== undefined) return { kind: "computed" };
  if (column.part > 0 && key.includes(position)) return { kind: "key" };
  if (table.node.columns.find(({ name }) => name === column.name)?.identity !== undefined) {
    return { kind: mapper.key.length === 1 && mapper.key[0] === position ? "counter" : "server" };
  }
  if (facts.default !== undefined) {
    if ("generate" in facts.default) return { kind: "generate", generate: facts.default.generate };
    const { node: value } = facts.default;
    return value.kind === "value" ? { kind: "value", value: value.value } : { kind: "server" };
  }
  return { kind: facts.nullable ? "null" : "required" };
}
