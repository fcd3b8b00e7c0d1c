// The run-time side of EntityQuery: gathers, and hands a Core statement and what to load beside it to the session.
import {
  type CursorPage,
  exists,
  fn,
  literal,
  MultipleRowsError,
  NoRowError,
  ParameterError,
  select,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { isUniform } from "../mapping/inheritance.ts";
import { inOwnColumns, type Mapper, repeatedBy } from "../mapping/mapper.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import type { RelationAttribute } from "../mapping/relation-attribute.ts";
import { isOfClass } from "../mapping/row-filter.ts";
import { branchesOf, inUnion, isUnion } from "../mapping/union-rows.ts";
import { checkFilterNames, lifted } from "../mapping/without.ts";
import { filterCondition } from "./filter.ts";
import type { Search } from "./filter-schema.ts";
import { cursorPage, type Page, type PagePlace, pageOf } from "./page.ts";
import { type QueryParts, type RowLock, sourceOfQuery } from "./plan.ts";
import { sortedBy } from "./sorting.ts";
import { type StreamOptions, type StreamPlace, streamQuery } from "./stream.ts";

/** Who runs queries: the session. */
export interface QueryPlace extends StreamPlace, PagePlace {
  entities(parts: QueryParts): Promise<object[]>;
  scalar(statement: unknown): Promise<unknown>;
  updateBy(parts: QueryParts, set: Record<string, unknown>): Promise<number>;
  deleteBy(parts: QueryParts): Promise<number>;
}

export class Query {
  readonly #place: QueryPlace;
  readonly #parts: QueryParts;

  constructor(place: QueryPlace, parts: QueryParts) {
    this.#place = place;
    this.#parts = parts;
  }

  static of(place: QueryPlace, entity: unknown): Query {
    return new Query(place, {
      entity,
      conditions: [],
      orderBy: [],
      limit: undefined,
      offset: undefined,
      includes: [],
      undefer: [],
      lifted: [],
      lock: undefined,
      beside: undefined,
      branches: undefined,
    });
  }

  where(...conditions: QueryParts["conditions"]): Query {
    return this.#with({ conditions: [...this.#parts.conditions, ...conditions.map((one) => this.#own(one))] });
  }
  filter(filter: unknown): Query {
    return this.where(filterCondition(mapperOf(this.#parts.entity), filter));
  }
  filterWith({ filter, orderBy }: Search<unknown>): Query {
    const mapper = mapperOf(this.#parts.entity);
    return this.filter(filter).orderBy(
      ...orderBy.map(({ by, direction }) => {
        const value = sortedBy(mapper, by);
        return direction === "desc" ? value.desc() : value.asc();
      }),
    );
  }
  include(...includes: readonly RelationAttribute[]): Query {
    return this.#with({ includes: [...this.#parts.includes, ...includes] });
  }
  with(beside: Readonly<Record<string, unknown>>): Query {
    return this.#with({
      beside: Object.fromEntries(Object.entries(beside).map(([key, one]) => [key, this.#own(one)])),
    });
  }
  undefer(...names: readonly string[]): Query {
    return this.#with({ undefer: [...this.#parts.undefer, ...names] });
  }
  without(...names: readonly string[]): Query {
    const lifted = [...new Set([...this.#parts.lifted, ...names])].sort();
    checkFilterNames(lifted);
    return this.#with({ lifted });
  }
  of(...classes: readonly [unknown, ...unknown[]]): Query {
    const mappers = classes.map(mapperOf) as [Mapper, ...Mapper[]];
    const base = mapperOf(this.#parts.entity);
    if (isUnion(base)) return this.#ofBranches(base, mappers);
    const stranger = mappers.find(({ root }) => root !== base.root || base.discriminator === undefined);
    if (stranger !== undefined) throw noHeir(stranger, base);
    // Of a single class with columns of its own, those can be named from here on.
    const [only, ...others] = mappers;
    if (others.length === 0 && !isUniform(base)) return this.#with({ entity: only.entity });
    const recipes = mappers.map(({ recipe }) => recipe);
    return this.where(isOfClass(only, recipes));
  }

  /** Of classes with whole tables of their own: one of them is queried alone, of several the tables are read. */
  #ofBranches(base: Mapper, mappers: readonly Mapper[]): Query {
    const stranger = mappers.find((one) => one !== base && !repeatedBy(one.recipe).includes(base.recipe));
    if (stranger !== undefined) throw noHeir(stranger, base);
    const [only, ...others] = mappers as [Mapper, ...Mapper[]];
    const { conditions, orderBy, branches = branchesOf(base) } = this.#parts;
    if (others.length === 0 && only !== base) {
      const own = <T>(value: T): T => inOwnColumns(only.recipe, value);
      return this.#with({ entity: only.entity, conditions: conditions.map(own), orderBy: orderBy.map(own) });
    }
    const meant = new Set(mappers.flatMap(branchesOf));
    return this.#with({ branches: branches.filter((branch) => meant.has(branch)) });
  }

  /** What is said of the tables of classes, as said of what is read. */
  #own<T>(value: T): T {
    const mapper = mapperOf(this.#parts.entity);
    return isUnion(mapper) ? inUnion(mapper, value) : inOwnColumns(mapper.recipe, value);
  }

  orderBy(...by: QueryParts["orderBy"]): Query {
    return this.#with({ orderBy: [...this.#parts.orderBy, ...by.map((one) => this.#own(one))] });
  }
  limit(limit: unknown): Query {
    return this.#with({ limit });
  }
  offset(offset: unknown): Query {
    return this.#with({ offset });
  }

  forUpdate(options: RowLock = {}): Query {
    return this.#with({ lock: { method: "forUpdate", options } });
  }
  forShare(options: RowLock = {}): Query {
    return this.#with({ lock: { method: "forShare", options } });
  }

  all(): Promise<object[]> {
    return this.#place.entities(this.#parts);
  }
  async first(): Promise<object | undefined> {
    const limited = this.#parts.limit === undefined ? this.limit(1) : this;
    return (await limited.all())[0];
  }
  async one(): Promise<object> {
    const limited = this.#parts.limit === undefined ? this.limit(2) : this;
    const found = await limited.all();
    if (found.length === 0) throw new NoRowError("one");
    if (found.length > 1) throw new MultipleRowsError("one");
    return found[0] as object;
  }
  update(set: Record<string, unknown>): Promise<number> {
    return this.#place.updateBy(this.#parts, set);
  }
  delete(): Promise<number> {
    return this.#place.deleteBy(this.#parts);
  }
  stream(options?: StreamOptions): AsyncGenerator<object[], void> {
    if (this.#parts.lock !== undefined) {
      throw new ParameterError("a stream locks no rows", "Read the objects page by page, with after().");
    }
    return streamQuery(this.#place, this.#parts, options);
  }
  page(at: { readonly page: number; readonly size: number }): Promise<Page<object>> {
    return pageOf(this.#place, this.#parts, at, () => this.count());
  }
  after(cursor: string | null, at: { readonly size: number }): Promise<CursorPage<object>> {
    return cursorPage(this.#place, this.#parts, "after", cursor, at);
  }
  before(cursor: string | null, at: { readonly size: number }): Promise<CursorPage<object>> {
    return cursorPage(this.#place, this.#parts, "before", cursor, at);
  }
  async count(): Promise<number> {
    const { conditions } = this.#parts;
    return (await this.#scalar(conditional(start({ n: fn.count() }, this.#parts), conditions))) as number;
  }
  async exists(): Promise<boolean> {
    const { conditions } = this.#parts;
    const some = conditional(start({ one: literal(1) }, this.#parts), conditions);
    return (await this.#scalar(select({ found: exists(some) }))) as boolean;
  }

  #scalar(statement: unknown): Promise<unknown> {
    return this.#place.scalar(lifted(statement, this.#parts.lifted));
  }

  #with(change: Partial<QueryParts>): Query {
    return new Query(this.#place, { ...this.#parts, ...change });
  }
}

function noHeir({ name }: Mapper, base: Mapper): MappingError {
  return new MappingError(`${name} does not inherit from ${base.name}`, `Query it by itself: session.query(${name}).`);
}

function conditional(query: any, conditions: QueryParts["conditions"]): any {
  return conditions.length > 0 ? query.where(...conditions) : query;
}

// Built of parts whose types the interface has checked.
function start(selection: object, parts: QueryParts): any {
  return (select(selection as never) as any).from(sourceOfQuery(parts));
}
