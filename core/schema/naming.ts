// Names for constraints and indexes that were given none. They are the same on every run and every database: a migration
// that drops a constraint years later must still know what it is called. Names that are too long become a readable
// beginning and a hash of the whole.
import type { ExpressionNode } from "../tree/node.ts";
import type { CheckNode, IndexNode, SqlText, TableNode, ViewNode } from "../tree/schema-node.ts";
import { walk } from "../tree/visit.ts";

/** How constraints and indexes without a name are called. Each gets the table and the columns concerned. */
export interface NamingConvention {
  primaryKey(table: string, columns: readonly string[]): string;
  foreignKey(table: string, columns: readonly string[], target: string): string;
  unique(table: string, columns: readonly string[]): string;
  /** `columns` are those that the condition mentions. */
  check(table: string, columns: readonly string[]): string;
  /** An expression in the index counts as a column `expr`. */
  index(table: string, columns: readonly string[]): string;
  exclusion(table: string, columns: readonly string[]): string;
}

/** PostgreSQL's own names: `users_pkey`, `posts_author_id_fkey`, `users_email_key`, `users_age_check`, `users_email_idx`. */
export const standardNames: NamingConvention = {
  primaryKey: (table) => `${table}_pkey`,
  foreignKey: (table, columns) => joined(table, columns, "fkey"),
  unique: (table, columns) => joined(table, columns, "key"),
  // A condition over several columns concerns the table; naming one column would mislead, naming all would not fit.
  check: (table, columns) => joined(table, columns.length === 1 ? columns : [], "check"),
  index: (table, columns) => joined(table, columns, "idx"),
  exclusion: (table, columns) => joined(table, columns, "excl"),
};

/** The longest name that a database takes. */
export interface NameLimit {
  readonly length: number;
  readonly unit: "bytes" | "characters";
}

/**
 * The table with a name for each of its constraints and indexes. Those that would be called alike are numbered in the order
 * of declaration. Names that the user gave stay as they are.
 */
export function named(
  table: TableNode,
  limit: NameLimit,
  convention: Partial<NamingConvention> = standardNames,
): TableNode {
  const names: NamingConvention = { ...standardNames, ...convention };
  const taken = new Set(givenNames(table));
  const name = <T extends { readonly name: string | undefined }>(of: T, wanted: () => string): T =>
    of.name === undefined ? { ...of, name: free(wanted(), limit, taken) } : of;
  return {
    ...table,
    primaryKey:
      table.primaryKey && name(table.primaryKey, () => names.primaryKey(table.name, table.primaryKey?.columns ?? [])),
    uniques: table.uniques.map((unique) => name(unique, () => names.unique(table.name, unique.columns))),
    foreignKeys: table.foreignKeys.map((key) =>
      name(key, () => names.foreignKey(table.name, key.columns, key.target.table)),
    ),
    checks: table.checks.map((check) => name(check, () => names.check(table.name, columnsIn(check.expression)))),
    indexes: table.indexes.map((index) => name(index, () => names.index(table.name, columnsOf(index)))),
    exclusions: table.exclusions.map((exclusion) =>
      name(exclusion, () => names.exclusion(table.name, columnsOf(exclusion))),
    ),
  };
}

/** The materialized view with a name for each of its indexes. */
export function namedView(
  view: ViewNode,
  limit: NameLimit,
  convention: Partial<NamingConvention> = standardNames,
): ViewNode {
  if (view.indexes === undefined) return view;
  const { index } = { ...standardNames, ...convention };
  const taken = new Set(view.indexes.flatMap(({ name }) => name ?? []));
  const indexes = view.indexes.map((node) =>
    node.name === undefined ? { ...node, name: free(index(view.name, columnsOf(node)), limit, taken) } : node,
  );
  return { ...view, indexes };
}

/** A name no longer than the limit: the name itself, or its beginning and a hash of it all. */
export function shortened(name: string, limit: NameLimit): string {
  if (measure(name, limit) <= limit.length) return name;
  const ending = `_${hash(name)}`;
  let beginning = "";
  for (const character of name) {
    if (measure(beginning + character + ending, limit) > limit.length) break;
    beginning += character;
  }
  return beginning + ending;
}

function joined(table: string, columns: readonly string[], kind: string): string {
  return [table, ...columns, kind].join("_");
}

function givenNames({ primaryKey, uniques, foreignKeys, checks, indexes, exclusions }: TableNode): string[] {
  const all = [...(primaryKey ? [primaryKey] : []), ...uniques, ...foreignKeys, ...checks, ...indexes, ...exclusions];
  return all.flatMap(({ name }) => name ?? []);
}

/** The name, shortened, with a number behind it if the table has one like it already. */
function free(wanted: string, limit: NameLimit, taken: Set<string>): string {
  let name = shortened(wanted, limit);
  for (let number = 1; taken.has(name); number++) name = shortened(`${wanted}${number}`, limit);
  taken.add(name);
  return name;
}

function columnsOf({
  items,
}: {
  readonly items: IndexNode["items"] | TableNode["exclusions"][number]["items"];
}): string[] {
  return items.map(({ of }) => (of.kind === "name" ? of.name : "expr"));
}

/** The columns that a condition mentions, each once. Text that a database reported says nothing of them. */
function columnsIn(expression: CheckNode["expression"] | ExpressionNode | SqlText): string[] {
  if (expression.kind === "sqlText") return [];
  const columns = new Set<string>();
  walk(expression, (node) => {
    if (node.kind === "column") columns.add(node.name);
  });
  return [...columns];
}

function measure(name: string, { unit }: NameLimit): number {
  return unit === "bytes" ? new TextEncoder().encode(name).length : [...name].length;
}

/** FNV-1a, 32 bits, over the name's bytes: eight digits. */
function hash(name: string): string {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) value = Math.imul(value ^ byte, 0x01000193);
  return (value >>> 0).toString(16).padStart(8, "0");
}
