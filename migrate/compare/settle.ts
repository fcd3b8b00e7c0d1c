// PostgreSQL does not always write an expression as it has written it before: what it makes of its own text, made again, has
// more casts. So where texts differ, both sides are created from what the database told of them, until it tells the same again;
// then the same text is the same expression.
import type {
  PinnedConnection,
  Reflected,
  SqlText,
  TableNode,
  Transaction,
  TypeNode,
  ViewNode,
} from "../../core/index.ts";
import { stable } from "./same.ts";
import { reflectDeclared } from "./shadow.ts";

/** The schema with its expressions as the database goes on to write them. */
export async function settled(
  connection: PinnedConnection<any> | Transaction<any>,
  schema: Reflected,
): Promise<Reflected> {
  let now = schema;
  for (let round = 0; round < 5; round++) {
    const next = withTextsOf(now, await reflectAgain(connection, now));
    if (stable(next) === stable(now)) return next;
    now = next;
  }
  return now;
}

/** What cannot be created beside the others, e.g. since it needs what is not declared, keeps the text it has. */
async function reflectAgain(
  connection: PinnedConnection<any> | Transaction<any>,
  schema: Reflected,
): Promise<Reflected> {
  try {
    return await reflectDeclared(connection, [...schema.tables, ...schema.others]);
  } catch {
    return schema;
  }
}

function withTextsOf(schema: Reflected, other: Reflected): Reflected {
  const twin = <T extends { readonly name: string; readonly schema?: string | undefined }>(
    one: T,
    list: readonly T[],
  ) => list.find(({ name, schema }) => name === one.name && schema === one.schema);
  return {
    tables: schema.tables.map((table) => {
      const again = twin(table, other.tables);
      return again === undefined ? table : tableWith(table, again);
    }),
    others: schema.others.map((object) => {
      const again = other.others.find(
        ({ kind, name, schema }) => kind === object.kind && name === object.name && schema === object.schema,
      );
      if (object.kind === "type" && again?.kind === "type") return typeWith(object, again);
      if (object.kind !== "view" || again?.kind !== "view") return object;
      return { ...object, query: again.query, ...indexesWith(object, again) };
    }),
  };
}

function tableWith(table: TableNode, again: TableNode): TableNode {
  const named = <T extends { readonly name: string | undefined }>(list: readonly T[], name: string | undefined) =>
    list.find((one) => one.name === name);
  return {
    ...table,
    columns: table.columns.map((column) => {
      const other = named(again.columns, column.name);
      return {
        ...column,
        default: text(column.default, other?.default),
        computed: column.computed && {
          ...column.computed,
          expression: text(column.computed.expression, other?.computed?.expression) ?? column.computed.expression,
        },
      };
    }),
    checks: table.checks.map((check) => ({
      ...check,
      expression: text(check.expression, named(again.checks, check.name)?.expression) ?? check.expression,
    })),
    exclusions: table.exclusions.map((exclusion) => named(again.exclusions, exclusion.name) ?? exclusion),
    indexes: table.indexes.map((index) => named(again.indexes, index.name) ?? index),
  };
}

function typeWith(type: TypeNode, again: TypeNode): TypeNode {
  const { definition } = type;
  if (definition.kind !== "domain" || again.definition.kind !== "domain") return type;
  const other = again.definition;
  const checks = definition.checks.map((check) => other.checks.find(({ name }) => name === check.name) ?? check);
  return { ...type, definition: { ...definition, default: text(definition.default, other.default), checks } };
}

function indexesWith(view: ViewNode, again: ViewNode): Pick<ViewNode, "indexes"> {
  if (view.indexes === undefined) return {};
  return { indexes: view.indexes.map((index) => again.indexes?.find(({ name }) => name === index.name) ?? index) };
}

type Expression = TableNode["columns"][number]["default"];

function text(before: Expression, after: Expression): Expression | SqlText {
  return before === undefined ? undefined : (after ?? before);
}
