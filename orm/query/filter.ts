// Filters given as data: `{ name: { startsWith: "a" }, posts: { any: { published: true } } }` → a condition over the class's table.
// Names are looked up in the mapping alone, never on an object, so that nothing else can be reached by one.
import {
  type AnyTable,
  alias,
  and,
  type Expr,
  exists,
  factsOf,
  isRecord,
  literal,
  NODE,
  not,
  or,
  ParameterError,
} from "../../core/index.ts";
import { columnAt } from "../mapping/column-at.ts";
import { embeddedOf, partsIn, type ValueShape } from "../mapping/embedded.ts";
import { type Relationship, relationshipsOf } from "../mapping/join-condition.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import { relatedRows } from "../mapping/related-rows.ts";
import { rowsOf } from "../mapping/row-filter.ts";
import { isOperator, operatorsOf } from "./filter-operators.ts";

type Condition = Expr<boolean | null, any, any>;

/** Where in the data, and among which sources, a filter stands. */
interface Place {
  readonly path: readonly string[];
  readonly source: AnyTable;
  /** The names that stand for a row already. */
  readonly taken: ReadonlySet<string>;
}

// Far deeper than any filter, and far less than what a stack holds.
const deepest = 200;

/**
 * The condition that a filter stands for.
 *
 * @throws {ParameterError} naming the path of what is undefined, unknown or of another form than a filter has
 */
export function filterCondition(mapper: Mapper, filter: unknown): Condition {
  const { source } = mapper;
  return conditionOf(mapper, filter, { path: [mapper.name], source, taken: new Set([nameOf(source)]) });
}

function conditionOf(mapper: Mapper, filter: unknown, place: Place): Condition {
  if (place.path.length > deepest) throw new ParameterError(`the filter of ${place.path[0]} is nested too deeply`);
  return all(
    entriesOf(filter, place, `a filter of ${mapper.name}`).map(([key, value]) => term(mapper, key, value, place)),
  );
}

function term(mapper: Mapper, key: string, value: unknown, place: Place): Condition {
  const inside = within(place, key);
  switch (key) {
    case "and":
      return all(listOf(value, inside).map((one, i) => conditionOf(mapper, one, within(inside, String(i)))));
    case "or":
      return or(
        ...listOf(value, inside).map((one, i) => conditionOf(mapper, one, within(inside, String(i)))),
      ) as Condition;
    case "not":
      return not(conditionOf(mapper, value, inside)) as Condition;
  }
  const values = embeddedOf(mapper);
  const column = mapper.byKey.get(key);
  if (column !== undefined && values?.with(key) === undefined) return columnCondition(column, value, inside);
  const embedded = values?.named(key);
  if (embedded !== undefined) return valueCondition(embedded.shape, value, inside);
  const relationship = relationshipsOf(mapper).get(key);
  if (relationship !== undefined) return relationshipCondition(relationship, value, inside);
  throw new ParameterError(
    `${shown(inside)} is no column and no relationship of ${mapper.name}`,
    "A filter takes those, and and, or, not. For anything else there is where().",
  );
}

function valueCondition(shape: ValueShape, value: unknown, place: Place): Condition {
  if (value === null && shape.isNullable)
    return all(partsIn(shape).map(({ column }) => columnAt(column.key, place.source).isNull()));
  return all(
    entriesOf(value, place, "filters of the parts of a value").map(([key, given]) => {
      const inside = within(place, key);
      const part = shape.parts.get(key);
      if (part === undefined) {
        const names = [...shape.parts.keys()].join(", ");
        throw new ParameterError(`${shown(inside)} is no part of the value`, `Its parts are ${names}.`);
      }
      return part.kind === "value" ? valueCondition(part, given, inside) : columnCondition(part.column, given, inside);
    }),
  );
}

function columnCondition(column: MappedColumn, value: unknown, place: Place): Condition {
  const operand = columnAt(column.key, place.source);
  if (value === null) return operand.isNull();
  if (!isRecord(value)) return operatorCondition(column, operand, "eq", value, place);
  const entries = entriesOf(value, place, "an object of operators");
  return all(entries.map(([key, given]) => operatorCondition(column, operand, key, given, within(place, key))));
}

function operatorCondition(
  column: MappedColumn,
  operand: Expr<any, any, any>,
  operator: string,
  value: unknown,
  place: Place,
): Condition {
  const known = operatorsOf(column.type);
  if (!isOperator(operator) || !known.includes(operator)) {
    throw new ParameterError(
      `${shown(place)}: a column of type ${column.type.kind} is not filtered by ${isOperator(operator) ? operator : "that"}`,
      `It is by ${known.join(", ")}.`,
    );
  }
  switch (operator) {
    case "isNull":
      if (typeof value !== "boolean") throw new ParameterError(`${shown(place)} is true or false`);
      return value ? operand.isNull() : operand.isNotNull();
    case "eq":
      return value === null ? operand.isNull() : operand.eq(plainValue(value, place));
    case "ne":
      return value === null ? operand.isNotNull() : operand.ne(plainValue(value, place));
    case "in":
    case "notIn":
      return operand[operator](listOf(value, place).map((one, i) => present(one, within(place, String(i)))));
    case "between": {
      const bounds = listOf(value, place);
      if (bounds.length !== 2) throw new ParameterError(`${shown(place)} is a list of two values`);
      const [low, high] = bounds.map((one, i) => present(one, within(place, String(i))));
      return operand.between(low, high);
    }
    default:
      return (operand as any)[operator](present(value, place)) as Condition;
  }
}

function relationshipCondition(relationship: Relationship, value: unknown, place: Place): Condition {
  if (relationship.kind !== "many") {
    if (value === null) return exists(related(relationship, place, () => [])).not();
    return exists(
      related(relationship, place, (target) => [conditionOf(relationship.target, value, target)]),
    ) as Condition;
  }
  const entries = entriesOf(value, place, "any, none or every of a to-many relationship");
  return all(entries.map(([key, filter]) => quantified(relationship, key, filter, place)));
}

function quantified(relationship: Relationship, key: string, filter: unknown, place: Place): Condition {
  const inside = within(place, key);
  const meets = (target: Place): Condition => conditionOf(relationship.target, filter, target);
  switch (key) {
    case "any":
      return exists(related(relationship, inside, (target) => [meets(target)])) as Condition;
    case "none":
      return exists(related(relationship, inside, (target) => [meets(target)])).not();
    case "every":
      // No related row for which not all hold; one for which it is unknown counts as failing.
      return exists(
        related(relationship, inside, (target) => [meets(target).isNotDistinctFrom(literal(true)).not()]),
      ).not();
    default:
      throw new ParameterError(
        `${shown(inside)} is none of any, none and every`,
        "A to-many relationship is filtered by those.",
      );
  }
}

/** The related rows that meet conditions, as a query. */
function related(relationship: Relationship, place: Place, conditions: (target: Place) => readonly Condition[]): any {
  const source = rowsOf(relationship.target);
  // A row that is in scope under the name already would be taken for the related one.
  const name = place.taken.has(nameOf(source)) ? freeName(relationship.key, place.taken) : undefined;
  const target = name === undefined ? source : (alias(source as never, name as never) as AnyTable);
  const taken = new Set([...place.taken, nameOf(target)]);
  return relatedRows(relationship, place.source, target).where(
    ...conditions({ path: place.path, source: target, taken }),
  );
}

function freeName(key: string, taken: ReadonlySet<string>): string {
  for (let i = 1; ; i++) {
    const name = i === 1 ? key : `${key} ${i}`;
    if (!taken.has(name)) return name;
  }
}

function nameOf(source: AnyTable): string {
  return factsOf(source).node.source.name;
}

function all(conditions: readonly Condition[]): Condition {
  return conditions.length === 1 ? (conditions[0] as Condition) : (and(...conditions) as Condition);
}

// --- the form of the data ---

function entriesOf(value: unknown, place: Place, what: string): readonly (readonly [string, unknown])[] {
  if (!isRecord(value)) throw new ParameterError(`${shown(place)} is not ${what}`);
  return Reflect.ownKeys(value).map((key) => {
    if (typeof key === "symbol") throw new ParameterError(`${shown(place)} has a symbol as a key`);
    const given: unknown = Reflect.get(value, key);
    if (given === undefined) {
      throw new ParameterError(`${shown(within(place, key))} is undefined`, "Leave it out, or give null.");
    }
    return [key, given];
  });
}

function listOf(value: unknown, place: Place): readonly unknown[] {
  if (!Array.isArray(value)) throw new ParameterError(`${shown(place)} is not a list`);
  return value;
}

function present(value: unknown, place: Place): any {
  if (value === null) throw new ParameterError(`${shown(place)} is null`, "Null is found by isNull, or by eq: null.");
  return plainValue(value, place);
}

/** A value as it is bound. An expression is no data. */
function plainValue(value: unknown, place: Place): any {
  if (value === undefined) throw new ParameterError(`${shown(place)} is undefined`, "Leave it out, or give null.");
  if (typeof value === "object" && value !== null && NODE in value) {
    throw new ParameterError(`${shown(place)} is an expression, and a filter takes data`, "Use where().");
  }
  return value;
}

function within(place: Place, key: string): Place {
  return { ...place, path: [...place.path, key] };
}

function shown({ path }: Place): string {
  return path.map((key) => (key.length > 40 ? `${key.slice(0, 40)}…` : key)).join(".");
}
