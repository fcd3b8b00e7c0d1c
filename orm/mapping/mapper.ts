// The facts of a mapped class, worked out when it is first used: only then are all modules loaded, so that classes can refer to
// each other in circles.
import {
  type AnyTable,
  type ColumnFacts,
  type DeclaredTable,
  declaredTable,
  type ExprOf,
  type ForeignKeyNode,
  factsOf,
  type SourceColumn,
  type SqlType,
  sourceOf,
  withJoined,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { declarationOf } from "./abstract-table.ts";
import { columnsOf, type EmbedOption } from "./embed-option.ts";
import { inColumnsOf } from "./own-columns.ts";
import { type ClassTable, classTables, joinedTable, keyProperties, type TablePart } from "./table-part.ts";

export type AnyClass = abstract new (...args: any[]) => object;

/** What `mapped` was given; a class that extends what it gave is mapped by it. */
export interface Recipe {
  readonly table: AnyTable;
  readonly relations: object;
  readonly options: MappingOptions;
  /** The class it inherits from. */
  readonly base?: AnyClass | undefined;
  /** How that is mapped, where rows of this class are rows of that one too. */
  readonly parent?: Recipe | undefined;
  /** The table of its own that holds what the base's tables do not. */
  readonly own?: AnyTable | undefined;
  /** The columns of the shared table that the class adds to those of its base. */
  readonly adds?: readonly string[] | undefined;
  /** How the class is mapped whose columns and relationships it repeats, in a table of its own that holds its whole rows. */
  readonly repeats?: Recipe | undefined;
}
export const RECIPE: unique symbol = Symbol("athanor.mapping");

/** How a class is mapped beside its columns and relationships. */
export interface MappingOptions {
  /** A number that every update raises; an update of a row whose number is another is a StaleDataError. */
  readonly version?: string | undefined;
  /** Columns that are read on request only. */
  readonly deferred?: readonly string[] | undefined;
  /** Columns of the table that the class does not have. */
  readonly omit?: readonly string[] | undefined;
  /** The column that tells of which class a row is, and what it holds for this one. */
  readonly identity?: { readonly column: string; readonly value?: string | number | undefined } | undefined;
  /** Value objects, by property. */
  readonly embed?: EmbedOption | undefined;
  /** Gives the classes that inherit from this one. */
  readonly subclasses?: object | undefined;
  /** What refuses values, by column. */
  readonly validate?: Readonly<Record<string, (value: any, object: any) => void>> | undefined;
  /** Conditions that hold wherever the class is read, by name. */
  readonly where?: Readonly<Record<string, ExprOf<boolean | null, any>>> | undefined;
}

/** A column of a mapped class. */
export interface MappedColumn {
  /** The property. */
  readonly key: string;
  /** The name in the database. */
  readonly name: string;
  readonly type: SqlType;
  readonly facts: ColumnFacts;
  /** In which of the class's tables it is. */
  readonly part: number;
  /** How a change shows: by the value itself, or by what it was made of where the value can be changed in place. */
  readonly compare: "value" | "date" | "document" | "bytes";
}

/** A foreign key of a class's tables; -1 stands for a column that the class does not have. */
export interface MappedKey {
  readonly key: ForeignKeyNode;
  readonly positions: readonly number[];
}

export class Mapper {
  readonly entity: AnyClass;
  readonly recipe: Recipe;
  /** The class whose rows its own are too, and the one at the top; that is itself where there is none. */
  readonly parent: Mapper | undefined;
  readonly root: Mapper;
  /** The class whose columns and relationships it repeats in a table of its own. */
  readonly repeated: Mapper | undefined;
  readonly name: string;
  /** The first of its tables. */
  readonly table: DeclaredTable;
  /** Where its columns are read: the table, with the others of the class joined to it. */
  readonly source: AnyTable;
  /** Its tables: the first, then those that classes on the way down to it have brought. */
  readonly parts: readonly TablePart[];
  /**
   * Those that are read with the object first, then the deferred ones. Those of the class it inherits from that are read with
   * the object have the positions that they have there.
   */
  readonly columns: readonly MappedColumn[];
  /** How many columns are read with the object. */
  readonly loadedCount: number;
  readonly byKey: ReadonlyMap<string, MappedColumn>;
  /** The primary key's columns, by position. */
  readonly key: readonly number[];
  readonly options: MappingOptions;
  readonly version: MappedColumn | undefined;
  readonly #relations: object;

  constructor(entity: AnyClass, recipe: Recipe, base?: Mapper) {
    this.entity = entity;
    this.recipe = recipe;
    this.parent = recipe.parent === undefined ? undefined : base;
    this.root = this.parent?.root ?? this;
    this.repeated = recipe.repeats === undefined ? undefined : base;
    this.name = entity.name;
    this.table = declarationOf(recipe.table);
    this.options = recipe.options;
    const deferred = deferredKeys(recipe.options);
    const columns = chainOf(recipe).flatMap(ownColumns);
    this.columns = [
      ...columns.filter(({ key }) => !deferred.has(key)),
      ...columns.filter(({ key }) => deferred.has(key)),
    ];
    this.loadedCount = columns.filter(({ key }) => !deferred.has(key)).length;
    this.byKey = new Map(this.columns.map((column) => [column.key, column]));
    const tables = tablesOf(recipe);
    this.parts = this.#partsOf(tables);
    this.key = (this.parts[0] as TablePart).key;
    this.source = tables.length === 1 ? recipe.table : this.#joined(tables);
    this.#relations = recipe.relations;
    this.version = recipe.options.version === undefined ? undefined : this.column(recipe.options.version);
  }

  #partsOf(tables: readonly ClassTable[]): readonly TablePart[] {
    const positions = new Map(this.columns.map(({ key }, position) => [key, position]));
    return tables.map(({ source, table, key, link }, part) => {
      const columns = [...table.columns.keys()].filter((property) => {
        return this.byKey.get(property)?.part === part || key.includes(property);
      });
      return {
        table,
        source,
        columns: columns.flatMap((property) => positions.get(property) ?? []),
        key: key.map((property) => positions.get(property) as number),
        link,
      };
    });
  }

  #joined([first, ...others]: readonly ClassTable[]): AnyTable {
    const joined = others.map((table) => joinedTable("inner", table, first as ClassTable));
    const columns = this.columns.map((column) => sourceColumn(column, this.recipe));
    // Not as a declared table: what is written to it alone would be half a row.
    return sourceOf(withJoined({ ...factsOf(this.recipe.table), declared: undefined }, columns, joined));
  }

  /** @throws {MappingError} if there is no such column */
  column(key: string): MappedColumn {
    const column = this.byKey.get(key);
    if (column === undefined)
      throw new MappingError(`${this.name} has no column "${key}"`, `It has ${[...this.byKey.keys()].join(", ")}.`);
    return column;
  }

  /** What the getters of the mapping give, by name. A getter runs when its relationship is first needed. */
  get relationNames(): readonly string[] {
    return Object.keys(Object.getOwnPropertyDescriptors(this.#relations));
  }

  /** What a getter gives: a relationship's declaration, or an expression. */
  declared(key: string): unknown {
    return inOwnColumns(this.recipe, Reflect.get(this.#relations, key));
  }

  /** The position of the column that tells of which class a row is, if one does. */
  get discriminator(): number | undefined {
    const { identity } = this.options;
    return identity === undefined ? undefined : this.columns.findIndex(({ key }) => key === identity.column);
  }

  /** The position of a column by its table and its name there; -1 if the class does not have it. */
  positionOf(table: { readonly name: string; readonly schema?: string | undefined }, name: string): number {
    const part = this.parts.find(({ table: own }) => own.name === table.name && own.schema === table.schema);
    const found = part?.columns.find((position) => {
      return part.table.columnName(this.columns[position]?.key as string) === name;
    });
    if (found === undefined) return -1;
    // The key of a further table is that of the first.
    const at = part?.key.indexOf(found) ?? -1;
    return at < 0 ? found : (this.key[at] as number);
  }

  /** The foreign keys of its tables, with the positions of their columns; without those that hold its tables together. */
  get foreignKeys(): readonly MappedKey[] {
    return this.parts.flatMap(({ table, link }) => {
      const keys = table.node.foreignKeys.filter((key) => key !== link);
      return keys.map((key) => ({ key, positions: key.columns.map((name) => this.positionOf(table, name)) }));
    });
  }

  /** What an object of a row is found by: a value that a Map tells apart. */
  identity(row: readonly unknown[], at: number): unknown {
    const { key } = this;
    if (key.length === 1) return identityOf(row[at + (key[0] as number)]);
    let text = "";
    for (const position of key) text += identityText(row[at + position]);
    return text;
  }

  /** The same, from the values of the key in its order. */
  identityOfKey(values: readonly unknown[]): unknown {
    return values.length === 1 ? identityOf(values[0]) : values.map(identityText).join("");
  }

  /** The same, from the value of a single key column. */
  identityOfValue(value: unknown): unknown {
    return typeof value === "object" && value !== null ? identityText(value) : value;
  }
}

/** The deferred columns; those of a value object together. */
export function deferredKeys({ deferred = [], embed }: MappingOptions): ReadonlySet<string> {
  return new Set(
    deferred.flatMap((name) => {
      const value = embed !== undefined && Object.hasOwn(embed, name) ? embed[name] : undefined;
      return value === undefined ? [name] : columnsOf(value);
    }),
  );
}

/** How the classes are mapped whose rows those of a class are, from the first one on; itself last. */
export function chainOf(recipe: Recipe): readonly Recipe[] {
  const chain: Recipe[] = [];
  for (let one: Recipe | undefined = recipe; one !== undefined; one = one.parent) chain.unshift(one);
  return chain;
}

/** How the classes are mapped whose columns one repeats in a table of its own, the nearest first. */
export function repeatedBy(recipe: Recipe): readonly Recipe[] {
  const bases: Recipe[] = [];
  for (let one = recipe.repeats; one !== undefined; one = one.repeats) bases.push(one);
  return bases;
}

/** What a class has from those that it repeats: of their tables' columns, its own. */
export function inOwnColumns<T>(recipe: Recipe, value: T): T {
  if (recipe.repeats === undefined) return value;
  return inColumnsOf(
    recipe.table,
    repeatedBy(recipe).map(({ table }) => table),
    value,
  );
}

/** The tables of a class. */
export function tablesOf(recipe: Recipe): readonly ClassTable[] {
  return classTables(
    recipe.table,
    chainOf(recipe).flatMap(({ own }) => own ?? []),
  );
}

/** A column of a class as one of its source. */
export function sourceColumn({ key, name, type, facts, part }: MappedColumn, recipe: Recipe): SourceColumn {
  const column = { key, name, type, nullable: facts.nullable };
  if (part === 0) return column;
  return { ...column, source: factsOf(tablesOf(recipe)[part]?.source as AnyTable).node.source };
}

const known = new WeakMap<Recipe, readonly MappedColumn[]>();

/** The columns that a class adds to those of the class it inherits from. */
export function ownColumns(recipe: Recipe): readonly MappedColumn[] {
  let columns = known.get(recipe);
  if (columns === undefined) {
    columns = findOwnColumns(recipe);
    known.set(recipe, columns);
  }
  return columns;
}

function findOwnColumns(recipe: Recipe): readonly MappedColumn[] {
  const { own, adds = [], parent, table, options } = recipe;
  const { columns } = declarationOf(table);
  const part = chainOf(recipe).filter((one) => one.own !== undefined).length;
  if (parent === undefined) {
    const omitted = new Set(options.omit);
    const own = [...columns].filter(([key]) => !omitted.has(key)).map(([key, facts]) => mappedColumn(key, facts, 0));
    return recipe.repeats === undefined ? own : inOrderOf(ownColumns(recipe.repeats), own);
  }
  const added = adds.flatMap((key) => {
    const facts = columns.get(key);
    return facts === undefined ? [] : [mappedColumn(key, facts, 0)];
  });
  if (own === undefined) return added;
  // A key that is called as the base's is the same property.
  const key = keyProperties(declarationOf(table));
  const brought = [...declaredTable(own).columns].filter(([property]) => !key.includes(property));
  return [...added, ...brought.map(([property, facts]) => mappedColumn(property, facts, part))];
}

/** Columns with those first that a base has, in its order: what is written for its objects goes by positions. */
function inOrderOf(base: readonly MappedColumn[], columns: readonly MappedColumn[]): readonly MappedColumn[] {
  const shared = base.flatMap(({ key }) => columns.find((column) => column.key === key) ?? []);
  return [...shared, ...columns.filter((column) => !shared.includes(column))];
}

function mappedColumn(key: string, facts: ColumnFacts, part: number): MappedColumn {
  return { key, name: facts.name ?? key, type: facts.type, facts, part, compare: comparing(facts.type) };
}

function comparing(type: SqlType): MappedColumn["compare"] {
  switch (type.kind) {
    case "timestamp":
    case "timestamptz":
      return type.as === "date" ? "date" : "value";
    case "json":
    case "array":
    case "custom":
      return "document";
    case "bytes":
      return "bytes";
    default:
      return "value";
  }
}

function identityOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? identityText(value) : value;
}

function identityText(value: unknown): string {
  if (value instanceof Date) return `d${value.getTime()};`;
  if (value instanceof Uint8Array) return `b${Buffer.from(value).toString("hex")};`;
  return `${typeof value} ${JSON.stringify(typeof value === "bigint" ? String(value) : value)};`;
}
