// Two schemas → the changes that make one of the other, in an order in which each is possible. Both are what a database told of:
// it is the only one to know whether two expressions are the same.
import {
  creation,
  named,
  type Reflected,
  removal,
  type SchemaNode,
  type SchemaObject,
  type SequenceNode,
  type TableNode,
} from "../../core/index.ts";
import { isAt } from "../operation/apply.ts";
import type { KnownChange } from "./change.ts";
import { noRenames, oldName, type Renames, withRenames } from "./renames.ts";
import { stable } from "./same.ts";
import {
  type Databases,
  type NamesBefore,
  type Pair,
  type Phases,
  pairOf,
  phasesOf,
  withCrossingKeys,
} from "./tables.ts";
import { compareTypes, type ReplaceEnum } from "./types.ts";
import { compareViews } from "./views.ts";

export interface Comparison {
  readonly changes: readonly KnownChange[];
  /** Differences that no change here can do away with: what, and what to do about it. */
  readonly remarks: readonly string[];
}

export function compare(
  given: Reflected,
  wanted: Reflected,
  database: Databases,
  renames: Renames = noRenames,
): Comparison {
  const { dialect, kind } = database;
  // What was made without names has names here, the same whenever it is looked at.
  const from = withRenames(withNames(given, database), renames);
  const to = withNames(wanted, database);
  const types = compareTypes(from, to, dialect);
  const replacedTypes = new Set(types.replaced.map(({ name }) => name));
  const twin = (table: TableNode, list: readonly TableNode[]) =>
    list.find((other) => isAt(other, { schema: table.schema, table: table.name }));
  const pairs = withCrossingKeys(
    to.tables.flatMap((table): Pair[] => {
      const before = twin(table, from.tables);
      if (before === undefined) return [];
      const renamed = renames.columns.filter((one) => one.table === table.name && one.schema === table.schema);
      return [
        pairOf(
          before,
          table,
          renamed.map((one) => one.to),
          replacedTypes,
          database,
        ),
      ];
    }),
    kind,
  );
  const added = to.tables.filter((table) => twin(table, from.tables) === undefined);
  const gone = from.tables.filter((table) => twin(table, to.tables) === undefined);
  const views = compareViews(from, to, changingTables(pairs, gone, renames));
  const sequences = compareSequences(from, to);
  const phases = pairs.map((pair) => phasesOf(pair, namesBefore(renames, pair.to), database));
  const all = (name: keyof Phases): SchemaNode[] => phases.flatMap((one) => one[name]);
  const makeTables = creation(added, dialect, false);
  const dropOld = removal([...views.gone, ...gone], dialect, false);
  const early: KnownChange[] = [
    ...types.added.map(createType),
    ...types.domains,
    ...types.values,
    ...types.replaced.map(withDefaults(to)),
  ];
  const makeSequences = [
    ...removal(sequences.replaced, dialect, false),
    ...sequences.added.map((sequence): SchemaNode => ({ kind: "createSequence", sequence, ifNotExists: false })),
  ];
  const dropTypes = removal([...sequences.gone, ...types.gone], dialect, false);
  const makeViews = creation(views.added, dialect, false);
  const renameAll = renamesInOrder(renames);
  const isViewDrop = (node: SchemaNode) => node.kind === "dropView";
  // What refers to a table that goes has gone before; what it refers to can change once it is gone.
  const dropTables = dropOld.filter((node) => !isViewDrop(node));
  const tables =
    kind === "sqlite"
      ? sqliteOrder(phases, renameAll)
      : [...all("dropForeignKeys"), ...dropTables, ...all("dropKeys"), ...renameAll];
  const rest =
    kind === "sqlite"
      ? makeTables
      : [...all("columns"), ...all("addKeys"), ...makeTables, ...all("addForeignKeys"), ...all("comments")];
  return {
    changes: [
      ...dropOld.filter(isViewDrop),
      ...tables,
      ...(kind === "sqlite" ? dropTables : []),
      ...makeSequences,
      ...early,
      ...rest,
      ...dropTypes,
      ...makeViews,
    ],
    remarks: [
      ...types.different.map(
        ({ name }) =>
          `domain "${name}" is declared over another type, which no database can change: declare another domain, and turn the columns to it`,
      ),
      ...pairs
        .filter(({ from, to }) => from.options.partitionBy !== to.options.partitionBy)
        .map(
          ({ to }) =>
            `table "${to.name}" is declared with other partitions, which no database can change: create another table, and move the rows`,
        ),
      ...pairs.flatMap(({ keys, to }) =>
        keys.checks.gone
          .filter(({ name }) => name === undefined)
          .map(
            () =>
              `a check of a column of "${to.name}" has no name of its own: change the column with op.execute("alter table …")`,
          ),
      ),
    ],
  };
}

function namesBefore(renames: Renames, { schema, name: table }: TableNode): NamesBefore {
  const isOf = (one: Renames["columns"][number]) => one.schema === schema && one.table === table;
  return {
    table: oldName(renames, { schema, table }),
    column: (name) => renames.columns.find((one) => isOf(one) && one.to === name)?.from ?? name,
  };
}

function withNames(schema: Reflected, { dialect, kind }: Databases): Reflected {
  // Only SQLite tells of constraints without names.
  if (kind !== "sqlite") return schema;
  return { ...schema, tables: schema.tables.map((table) => named(table, dialect.maxName)) };
}

/** All changes of a table behind each other, so that it is copied once. */
function sqliteOrder(phases: readonly Phases[], renames: readonly SchemaNode[]): readonly SchemaNode[] {
  const drops = (one: Phases) => [...one.dropForeignKeys, ...one.dropKeys];
  const isIndex = ({ kind }: SchemaNode) => kind === "dropIndex" || kind === "createIndex";
  const comes = (one: Phases) => [...one.columns, ...one.addKeys, ...one.addForeignKeys, ...one.comments];
  const indexesLast = (nodes: readonly SchemaNode[]) => [
    ...nodes.filter((node) => !isIndex(node)),
    ...nodes.filter(isIndex),
  ];
  const indexesFirst = (nodes: readonly SchemaNode[]) => [
    ...nodes.filter(isIndex),
    ...nodes.filter((node) => !isIndex(node)),
  ];
  if (renames.length === 0) return phases.flatMap((one) => [...indexesFirst(drops(one)), ...indexesLast(comes(one))]);
  return [
    ...phases.flatMap((one) => indexesFirst(drops(one))),
    ...renames,
    ...phases.flatMap((one) => indexesLast(comes(one))),
  ];
}

function renamesInOrder({ tables, columns }: Renames): readonly SchemaNode[] {
  return [
    ...tables.map(({ schema, from, to }): SchemaNode => ({ kind: "renameTable", schema, table: from, to })),
    ...columns.map(
      ({ schema, table, from, to }): SchemaNode => ({ kind: "renameColumn", schema, table, column: from, to }),
    ),
  ];
}

/** The names, old and new, of tables whose columns change or that go. */
function changingTables(pairs: readonly Pair[], gone: readonly TableNode[], renames: Renames): ReadonlySet<string> {
  const changing = pairs.filter(
    ({ columns }) => columns.touched.size > 0 || columns.altered.length > 0 || columns.gone.length > 0,
  );
  return new Set([
    ...changing.map(({ to }) => to.name),
    ...gone.map(({ name }) => name),
    ...renames.tables.flatMap(({ from, to }) => [from, to]),
    ...renames.columns.map(({ table }) => table),
  ]);
}

function createType(type: Extract<SchemaObject, { kind: "type" }>): SchemaNode {
  return { kind: "createType", type, ifNotExists: false };
}

/** Columns of a replaced enumeration with the default that they shall have: the one they have may be a value that goes. */
function withDefaults({ tables }: Reflected): (replaced: ReplaceEnum) => ReplaceEnum {
  return (replaced) => ({
    ...replaced,
    columns: replaced.columns.map(({ schema, table, column }) => {
      const wanted = tables
        .find((other) => isAt(other, { schema, table }))
        ?.columns.find(
          ({ name, type }) => name === column.name && stable(kindsOf(type)) === stable(kindsOf(column.type)),
        );
      const type = withValues(column.type, replaced.values);
      return { schema, table, column: { ...column, type, default: wanted?.default } };
    }),
  });
}

type Type = TableNode["columns"][number]["type"];

function kindsOf(type: Type): unknown {
  if (type.kind === "array") return [kindsOf(type.of)];
  return type.kind === "enumeration" ? type.name : type.kind;
}

function withValues(type: Type, values: readonly string[]): Type {
  if (type.kind === "array") return { ...type, of: withValues(type.of, values) };
  return type.kind === "enumeration" ? { ...type, values } : type;
}

interface SequenceChanges {
  readonly gone: readonly SequenceNode[];
  /** Those of the old ones that are made anew with other numbers. */
  readonly replaced: readonly SequenceNode[];
  readonly added: readonly SequenceNode[];
}

function compareSequences(from: Reflected, to: Reflected): SequenceChanges {
  const of = ({ others }: Reflected) => others.filter((object) => object.kind === "sequence");
  const [before, after] = [of(from), of(to)];
  const place = ({ schema, name }: SequenceNode) => stable([schema, name]);
  const places = new Set(after.map(place));
  const contents = (list: readonly SequenceNode[]) => new Set(list.map(stable));
  const changed = before.filter((sequence) => !contents(after).has(stable(sequence)));
  return {
    gone: changed.filter((sequence) => !places.has(place(sequence))),
    replaced: changed.filter((sequence) => places.has(place(sequence))),
    added: after.filter((sequence) => !contents(before).has(stable(sequence))),
  };
}

/** What the database has and nobody declared; of types, those that nothing declared is of. */
export function unknownIn(
  found: Reflected,
  declared: Reflected,
): { readonly tables: readonly TableNode[]; readonly others: Reflected["others"] } {
  const has = (object: SchemaObject) =>
    [...declared.tables, ...declared.others].some(
      ({ kind, name, schema }) => kind === object.kind && name === object.name && schema === object.schema,
    );
  return { tables: found.tables.filter((table) => !has(table)), others: found.others.filter((other) => !has(other)) };
}
