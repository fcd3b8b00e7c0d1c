// Schemas that nobody would write, for the law that a database gives back what was declared: tables of every kind of column
// with odd names, defaults, checks, computed columns, keys of several columns, foreign keys in circles, indexes of all sorts.
import type { GeneratorValue } from "fast-check";
import fc from "fast-check";
import type { ColumnNode, ExpressionNode } from "../../core/tree/node.ts";
import type {
  CheckNode,
  ForeignKeyNode,
  IndexNode,
  ReferentialAction,
  TableColumnNode,
  TableNode,
  UniqueNode,
} from "../../core/tree/schema-node.ts";
import { booleanType, type SqlType, textType } from "../../core/types/sql-type.ts";

/** What the database at hand has. */
export interface Traits {
  readonly types: readonly TypeTrait[];
  readonly names: readonly string[];
  readonly collations: readonly string[];
  readonly comments: boolean;
  readonly computed: readonly ("stored" | "virtual")[];
  readonly deferrable: boolean;
  readonly actions: readonly ReferentialAction[];
  readonly partialIndexes: boolean;
  readonly expressionIndexes: boolean;
  readonly options: readonly TableNode["options"][];
  readonly expressionDefaults: boolean;
}

export interface TypeTrait {
  readonly type: SqlType;
  /** Values that can be defaults. */
  readonly values: readonly unknown[];
  /** Whether it can be in a key or an index. */
  readonly keyable: boolean;
}

export function randomSchema(g: GeneratorValue, traits: Traits): TableNode[] {
  const tables: TableNode[] = [];
  const count = g(fc.integer, { min: 1, max: 4 });
  for (let number = 0; number < count; number++) tables.push(randomTable(g, traits, number));
  return tables.map((table) => withForeignKeys(g, table, tables, traits));
}

function some<T>(g: GeneratorValue, list: readonly T[]): T {
  return list[g(fc.nat, { max: list.length - 1 })] as T;
}

function maybe(g: GeneratorValue): boolean {
  return g(fc.boolean);
}

function randomTable(g: GeneratorValue, traits: Traits, number: number): TableNode {
  const name = `${some(g, traits.names)}${number}`;
  const own: Mutable<TableColumnNode>[] = [];
  const count = g(fc.integer, { min: 1, max: 6 });
  for (let place = 0; place < count; place++) own.push(randomColumn(g, traits, `${some(g, traits.names)}_${place}`));
  const source = { key: name, name };
  const refer = ({ name, type }: TableColumnNode): ColumnNode => ({ kind: "column", source, name, type });
  const keyable = own.filter((column) => isKeyable(column, traits));
  const key = some(g, ["none", "identity", "one", "several"] as const);
  const keyColumns = key === "none" ? [] : keyable.filter(() => maybe(g)).slice(0, key === "several" ? 3 : 1);
  for (const column of keyColumns) column.nullable = false;
  const first = keyColumns[0];
  if (key === "identity" && first && first.type.kind === "integer" && first.type.size === 4) {
    first.identity = { always: false };
    first.default = undefined;
  }
  const columns: TableColumnNode[] = [...own];
  // MySQL lets nothing depend on a number that it gives itself.
  const given = own.filter(({ identity }) => identity === undefined);
  const integers = given.filter(({ type }) => type.kind === "integer");
  if (traits.computed.length > 0 && integers[0] && maybe(g)) {
    columns.push({
      key: "twice",
      name: `twice ${number}`,
      type: integers[0].type,
      nullable: true,
      computed: { expression: sum(refer(integers[0])), stored: some(g, traits.computed) === "stored" },
    });
  }
  const computed = columns.filter((column) => column.computed !== undefined);
  const indexed = maybe(g) ? [...computed, ...keyable] : keyable;
  return {
    kind: "table",
    name,
    columns,
    primaryKey: keyColumns.length > 0 ? { name: undefined, columns: keyColumns.map(({ name }) => name) } : undefined,
    foreignKeys: [],
    uniques: maybe(g) ? randomUniques(g, indexed, number) : [],
    checks: maybe(g) ? given.slice(0, 2).flatMap((column) => randomChecks(g, refer(column), traits)) : [],
    indexes: maybe(g) ? randomIndexes(g, indexed, refer, traits, number) : [],
    exclusions: [],
    comment: traits.comments && maybe(g) ? 'what it\'s "for"' : undefined,
    options: some(g, traits.options),
  };
}

function isKeyable({ type }: { readonly type: SqlType }, traits: Traits): boolean {
  return traits.types.some((trait) => trait.keyable && trait.type === type);
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function randomColumn(g: GeneratorValue, traits: Traits, name: string): Mutable<TableColumnNode> {
  const { type, values } = some(g, traits.types);
  const value = values.length > 0 && maybe(g) ? some(g, values) : undefined;
  const literal: ExpressionNode | undefined = value === undefined ? undefined : { kind: "value", value, type };
  return {
    key: name,
    name,
    type,
    nullable: maybe(g),
    default: literal && traits.expressionDefaults && type.kind === "integer" && maybe(g) ? sum(one) : literal,
    collation:
      type.kind === "text" && traits.collations.length > 0 && maybe(g) ? some(g, traits.collations) : undefined,
    comment: traits.comments && maybe(g) ? some(g, ["plain", "it's -- odd", "two\nlines \\ 'x' /* y"]) : undefined,
  };
}

const one: ExpressionNode = { kind: "constant", value: 1, type: { kind: "integer", size: 4 } };

function sum(operand: ExpressionNode): ExpressionNode {
  return { kind: "binary", operator: "+", left: operand, right: one, type: operand.type };
}

function randomUniques(g: GeneratorValue, keyable: readonly TableColumnNode[], number: number): UniqueNode[] {
  const columns = keyable.filter(() => maybe(g)).slice(0, 2);
  return columns.length === 0
    ? []
    : [{ name: maybe(g) ? undefined : `a "named" key ${number}`, columns: columns.map(({ name }) => name) }];
}

function randomChecks(g: GeneratorValue, operand: ColumnNode, traits: Traits): CheckNode[] {
  const values = traits.types.find(({ type }) => type === operand.type)?.values ?? [];
  if (values.length === 0 || !maybe(g)) return [];
  const value: ExpressionNode = { kind: "value", value: some(g, values), type: operand.type };
  const expressions: ExpressionNode[] = [
    { kind: "isNull", operand, negated: true, type: booleanType },
    { kind: "binary", operator: "<>", left: operand, right: value, type: booleanType },
    // A list of one is an equation to PostgreSQL.
    ...(values.length > 1 ? [{ kind: "inList", operand, values, negated: false, type: booleanType } as const] : []),
    {
      kind: "logic",
      operator: "or",
      operands: [
        { kind: "isNull", operand, negated: false, type: booleanType },
        { kind: "binary", operator: "=", left: value, right: operand, type: booleanType },
      ],
      type: booleanType,
    },
  ];
  // What cannot be in a key cannot be compared either.
  const expression = isKeyable(operand, traits) ? some(g, expressions) : (expressions[0] as ExpressionNode);
  return [{ name: maybe(g) ? undefined : `check ${operand.name}`, expression }];
}

function randomIndexes(
  g: GeneratorValue,
  keyable: readonly TableColumnNode[],
  refer: (column: TableColumnNode) => ExpressionNode,
  traits: Traits,
  number: number,
): IndexNode[] {
  const [first, second] = keyable;
  if (first === undefined) return [];
  const texts = keyable.filter(({ type }) => type.kind === "text" || type.kind === "varchar");
  const indexes: IndexNode[] = [
    {
      name: undefined,
      unique: maybe(g),
      items: [first, ...(second && maybe(g) ? [second] : [])].map(({ name }) => ({
        of: { kind: "name", name },
        direction: maybe(g) ? "asc" : "desc",
      })),
      where:
        traits.partialIndexes && maybe(g)
          ? { kind: "isNull", operand: refer(first), negated: true, type: booleanType }
          : undefined,
    },
  ];
  if (texts[0] && traits.expressionIndexes && maybe(g)) {
    const upper: ExpressionNode = { kind: "call", name: "upper", arguments: [refer(texts[0])], type: textType };
    indexes.push({
      name: `an "index" ${number}`,
      unique: false,
      items: [
        { of: upper, direction: "desc" },
        { of: { kind: "name", name: first.name }, direction: "asc" },
      ],
    });
  }
  return indexes;
}

function withForeignKeys(g: GeneratorValue, table: TableNode, tables: readonly TableNode[], traits: Traits): TableNode {
  const targets = tables.filter(({ primaryKey }) => primaryKey !== undefined);
  if (targets.length === 0 || !maybe(g)) return table;
  const target = some(g, targets);
  const names = target.primaryKey?.columns ?? [];
  const added = names.map((name, place): TableColumnNode => {
    const { type, collation } = target.columns.find((column) => column.name === name) as TableColumnNode;
    return { key: `ref ${place}`, name: `ref ${place}`, type, collation, nullable: true };
  });
  const foreignKey: ForeignKeyNode = {
    name: maybe(g) ? undefined : `key of ${table.name}`,
    columns: added.map(({ name }) => name),
    target: { table: target.name, columns: names },
    onDelete: some(g, traits.actions),
    onUpdate: some(g, traits.actions),
    deferrable: traits.deferrable && maybe(g) ? some(g, ["immediate", "deferred"] as const) : undefined,
  };
  return { ...table, columns: [...table.columns, ...added], foreignKeys: [foreignKey] };
}
