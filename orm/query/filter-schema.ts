// Filters and orderings from outside: an allow-list of paths, and what data may say of them. What comes out is a filter like any
// of a program's own, built anew of names that the list has: nothing of the data's is passed on but values that were checked.
import {
  entriesOf,
  type InputSchema,
  inputSchema,
  isRecord,
  put,
  type Report,
  readInput,
  type SqlType,
  textType,
} from "../../core/index.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import type { InstanceOf } from "../mapping/relationships.ts";
import type { AnyEntity, FieldsOf } from "../mapping/types.ts";
import { type Allowed, type AllowedColumn, type AllowedValue, allowedFields, allowedSorts } from "./filter-allowed.ts";
import type { Filter } from "./filter-data.ts";
import type { FilterOperator } from "./filter-operators.ts";

/** The name of a column, or a path to one through relationships and value objects: `posts.author.name`, `address.city`. */
export type FieldPath<E> =
  FieldsOf<E> extends { columns: infer C; relations: infer R; values: { readonly made: infer V } }
    ? (keyof C & string) | (keyof R & string) | `${(keyof R | keyof V) & string}.${string}`
    : never;

/** What data from outside may ask for. Nothing else can be reached by it. */
export interface FilterSchemaOptions<E> {
  /**
   * The columns it may filter by, and the relationships it may ask the existence of: a list of paths, or an object that says by
   * which operators. A list allows every operator of the column's type but `like` and `ilike`, whose patterns can be dear.
   */
  readonly fields?: readonly FieldPath<E>[] | { readonly [P in FieldPath<E>]?: readonly FilterOperator[] };
  /** What it may order by: columns, also of to-one relationships. */
  readonly sort?: readonly FieldPath<E>[];
  /** How many filters may stand inside one another; 5 by default. */
  readonly maxDepth?: number;
  /** How many comparisons, relationships and parts of `and`, `or`, `not` there may be in all; 50 by default. */
  readonly maxTerms?: number;
  /** How many values a list may have; 100 by default. */
  readonly maxSize?: number;
  /** How many characters a text may have; 1,000 by default. */
  readonly maxLength?: number;
}

/** A filter and an ordering that were checked: for `query.filterWith`. */
export interface Search<E> {
  readonly filter: Filter<E>;
  readonly orderBy: readonly Sorting[];
}
/** A path to order by. */
export interface Sorting {
  readonly by: string;
  readonly direction: "asc" | "desc";
}
/** What is sent: `{ filter: { name: { startsWith: "a" } }, sort: ["-age", "name"] }`; a minus sorts largest first. */
export interface SentSearch {
  readonly filter?: object;
  readonly sort?: readonly string[];
}

/**
 * Checks filters and orderings that come from outside against an allow-list.
 *
 * @throws {MappingError} if a path of the options leads nowhere
 * @example
 * const search = filterSchema(User, { fields: ["name", "posts.title"], sort: ["name"] });
 * const found = await session.query(User).filterWith(search.parse({ filter: { name: "Ann" }, sort: ["-name"] })).all();
 */
export function filterSchema<E extends AnyEntity>(
  entity: E,
  options: FilterSchemaOptions<InstanceOf<E>>,
): InputSchema<SentSearch, Search<InstanceOf<E>>> {
  const mapper = mapperOf(entity);
  const allowed = allowedFields(mapper, options.fields ?? []);
  const sorts = allowedSorts(mapper, options.sort ?? []);
  const { maxDepth = 5, maxTerms = 50, maxSize = 100, maxLength = 1000 } = options;
  const limits = { maxDepth, maxTerms, maxSize, maxLength };
  return inputSchema(`search of ${mapper.name}`, (data, report) => {
    const reader = new Reader(limits, report);
    let filter: object = {};
    let orderBy: readonly Sorting[] = [];
    for (const [key, value] of entriesOf(data, [], 10, report)) {
      if (key === "filter") filter = reader.filter(allowed, value, ["filter"], 1);
      else if (key === "sort") orderBy = sortings(sorts, value, report);
      else report([key], "is neither filter nor sort");
    }
    return { filter: filter as Filter<InstanceOf<E>>, orderBy };
  });
}

function sortings(allowed: ReadonlySet<string>, data: unknown, report: Report): readonly Sorting[] {
  if (!Array.isArray(data)) {
    report(["sort"], 'expected a list, like ["-age", "name"]');
    return [];
  }
  if (data.length > allowed.size) {
    report(["sort"], `expected at most ${allowed.size} names`);
    return [];
  }
  const result: Sorting[] = [];
  for (const [i, one] of data.entries()) {
    const descending = typeof one === "string" && one.startsWith("-");
    const by = descending ? one.slice(1) : one;
    if (typeof by !== "string" || !allowed.has(by)) report(["sort", i], "is not allowed");
    else if (result.some((other) => other.by === by)) report(["sort", i], "is there twice");
    else result.push({ by, direction: descending ? "desc" : "asc" });
  }
  return result;
}

type Limits = Required<Pick<FilterSchemaOptions<never>, "maxDepth" | "maxTerms" | "maxSize" | "maxLength">>;
type Path = readonly (string | number)[];

/** Reads one search: counts as it goes, and never deeper or further than the limits. */
class Reader {
  readonly #limits: Limits;
  readonly #report: Report;
  #terms = 0;

  constructor(limits: Limits, report: Report) {
    this.#limits = limits;
    this.#report = report;
  }

  filter(allowed: Allowed, data: unknown, path: Path, depth: number): object {
    const result = {};
    if (this.#isTooDeep(path, depth)) return result;
    for (const [key, value, inside] of this.#termsOf(data, path)) {
      const column = allowed.columns.get(key);
      const embedded = allowed.values.get(key);
      const relationship = allowed.relationships.get(key);
      if (key === "and" || key === "or") put(result, key, this.#filters(allowed, value, inside, depth));
      else if (key === "not") put(result, key, this.filter(allowed, value, inside, depth + 1));
      else if (column !== undefined) put(result, key, this.#comparisons(column, value, inside));
      else if (embedded !== undefined) put(result, key, this.#parts(embedded, value, inside, depth + 1));
      else if (relationship === undefined) this.#report(inside, "is not allowed");
      else if (relationship.kind === "many") put(result, key, this.#toMany(relationship.fields, value, inside, depth));
      else if (value !== null) put(result, key, this.filter(relationship.fields, value, inside, depth + 1));
      else put(result, key, null);
    }
    return result;
  }

  /** Filters of the parts of a value object. */
  #parts({ isNullable, parts }: AllowedValue, data: unknown, path: Path, depth: number): unknown {
    if (data === null) return isNullable ? null : this.#report(path, "is never null");
    const result = {};
    if (this.#isTooDeep(path, depth)) return result;
    for (const [key, value, inside] of this.#termsOf(data, path)) {
      const column = parts.columns.get(key);
      const embedded = parts.values.get(key);
      if (column !== undefined) put(result, key, this.#comparisons(column, value, inside));
      else if (embedded !== undefined) put(result, key, this.#parts(embedded, value, inside, depth + 1));
      else this.#report(inside, "is not allowed");
    }
    return result;
  }

  #isTooDeep(path: Path, depth: number): boolean {
    const { maxDepth } = this.#limits;
    if (depth <= maxDepth) return false;
    this.#report(path, `is nested deeper than ${maxDepth} filters`);
    return true;
  }

  /** What is said by name, each counted as a term, until there are too many. */
  *#termsOf(data: unknown, path: Path): Generator<readonly [key: string, value: unknown, inside: Path]> {
    for (const [key, value] of this.#entries(data, path)) {
      if (!this.#counts(path)) return;
      yield [key, value, [...path, key]];
    }
  }

  #filters(allowed: Allowed, data: unknown, path: Path, depth: number): readonly object[] {
    const { maxTerms } = this.#limits;
    return this.#list(data, path, maxTerms).map((one, i) => {
      return this.#counts(path) ? this.filter(allowed, one, [...path, i], depth + 1) : {};
    });
  }

  #toMany(allowed: Allowed, data: unknown, path: Path, depth: number): object {
    const result = {};
    for (const [key, value, inside] of this.#termsOf(data, path)) {
      if (key === "any" || key === "none" || key === "every") {
        put(result, key, this.filter(allowed, value, inside, depth + 1));
      } else this.#report(inside, "is none of any, none, every");
    }
    return result;
  }

  #comparisons(column: AllowedColumn, data: unknown, path: Path): unknown {
    if (data === null && column.operators.has("isNull"))
      return column.isNullable ? null : this.#report(path, "is never null");
    if (!isRecord(data)) return this.#operand(column, "eq", data, path);
    const result = {};
    for (const [key, value, inside] of this.#termsOf(data, path))
      put(result, key, this.#operand(column, key, value, inside));
    return result;
  }

  /** The right side of a comparison. */
  #operand(column: AllowedColumn, operator: string, data: unknown, path: Path): unknown {
    if (!column.operators.has(operator)) return this.#report(path, "is not allowed");
    switch (operator) {
      case "isNull":
        return typeof data === "boolean" ? data : this.#report(path, "expected true or false");
      case "in":
      case "notIn":
        return this.#list(data, path, this.#limits.maxSize).map((one, i) => this.#value(column, one, [...path, i]));
      case "between":
        if (Array.isArray(data) && data.length === 2)
          return [0, 1].map((i) => this.#value(column, data[i], [...path, i]));
        return this.#report(path, "expected a list of two values");
      case "like":
      case "ilike":
      case "startsWith":
      case "endsWith":
      case "contains":
        return this.#text(data, path) ? readInput(textType, data, path, this.#report) : undefined;
      default:
        if (data === null && (operator === "eq" || operator === "ne")) {
          return column.isNullable ? null : this.#report(path, "is never null");
        }
        return this.#value(column, data, path);
    }
  }

  #value(column: AllowedColumn, data: unknown, path: Path): unknown {
    if (data === null) return this.#report(path, "cannot be null");
    if (typeof data === "string" && !this.#text(data, path, this.#lengthOf(column.type))) return undefined;
    // Objects that are values (points in time, bytes) come as such from programs only; documents are never compared.
    if (isRecord(data)) return this.#report(path, "expected a value");
    if (Array.isArray(data) && data.length > this.#limits.maxSize) return this.#list(data, path, this.#limits.maxSize);
    return readInput(column.type, data, path, this.#report);
  }

  #text(data: unknown, path: Path, most: number = this.#limits.maxLength): boolean {
    if (typeof data === "string" && data.length <= most) return true;
    this.#report(path, typeof data === "string" ? `expected at most ${most} characters` : "expected a string");
    return false;
  }

  /** How long a value may be that is sent as text: those of most types are short by themselves. */
  #lengthOf({ kind }: SqlType): number {
    const isOpen = kind === "text" || kind === "varchar" || kind === "char" || kind === "bytes" || kind === "custom";
    return isOpen ? this.#limits.maxLength : 100;
  }

  #list(data: unknown, path: Path, most: number): readonly unknown[] {
    if (Array.isArray(data) && data.length <= most) return Array.from(data);
    this.#report(path, Array.isArray(data) ? `expected a list of at most ${most}` : "expected a list");
    return [];
  }

  #entries(data: unknown, path: Path): ReturnType<typeof entriesOf> {
    return entriesOf(data, path, this.#limits.maxTerms, this.#report);
  }

  #counts(path: Path): boolean {
    this.#terms++;
    if (this.#terms === this.#limits.maxTerms + 1)
      this.#report(path, `has more than ${this.#limits.maxTerms} terms in all`);
    return this.#terms <= this.#limits.maxTerms;
  }
}
