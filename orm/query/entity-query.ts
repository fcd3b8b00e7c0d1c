// A query for objects: `session.query(User).where(…).include(…)`. Like Core's statements it is a value; each method makes a new one.
import type { Cond, CursorPage, ExprOf, NEEDS, Needing, NeedsIn, Of, Ready } from "../../core/index.ts";
import type { InstanceOf } from "../mapping/relationships.ts";
import type { AnyRelation, NameOf, OWNER, OwnerOf, SetValues, SHAPE, Shape } from "../mapping/types.ts";
import type { Filter } from "./filter-data.ts";
import type { Search } from "./filter-schema.ts";
import type { Page } from "./page.ts";
import type { RowLock } from "./plan.ts";
import type { StreamOptions } from "./stream.ts";

/** A query for objects. E: what it gives. Base: the class's instances. Name: its sources. Free: needs not met yet. Provided: the database's features. */
export interface EntityQuery<E, Base, Name extends string, Free, Provided = never> {
  readonly [NEEDS]: Free;
  readonly [SHAPE]: E;
  /** Only objects whose rows meet all conditions. */
  where<const X extends readonly Cond[]>(
    ...conditions: X
  ): EntityQuery<E, Base, Name, Free | Exclude<NeedsIn<X>, Of<Name>>, Provided>;
  /**
   * Only objects that a filter given as data finds. For data that is not to be trusted there is `filterSchema`.
   *
   * @throws {ParameterError} naming the path of a value that is undefined, or of a name that the mapping has not
   */
  filter(filter: Filter<Base>): EntityQuery<E, Base, Name, Free, Provided>;
  /** Only objects that a search from outside finds, checked by a {@link filterSchema}; ordered as it says. */
  filterWith(search: Search<Base>): EntityQuery<E, Base, Name, Free, Provided>;
  /** Loads relationships too, to any depth: the type of the result says so. */
  include<const R extends readonly AnyRelation<Name>[]>(
    ...relations: R
  ): EntityQuery<Several extends Name ? Including<E, R> : E & Shape<R>, Base, Name, Free, Provided>;
  /** Loads deferred columns and computed properties too. */
  undefer(...names: readonly (keyof Base & string)[]): EntityQuery<E, Base, Name, Free, Provided>;
  /**
   * Lifts default filters by name, of every class that has them: for the objects, for what is included and what stands beside them, and
   * inside `any` and its kind.
   *
   * @throws {MappingError} if no class has a default filter of the name
   */
  without(...names: readonly [string, ...string[]]): EntityQuery<E, Base, Name, Free, Provided>;
  /**
   * Only objects of these classes, or of classes that inherit from them: a union, which `instanceof` narrows. From here on, conditions
   * and orderings may name the columns of their tables, and what is included may be what only some of them have.
   */
  of<const S extends readonly [OfBase<Base>, ...OfBase<Base>[]]>(
    ...classes: S
  ): EntityQuery<
    [Base] extends [E] ? InstanceOf<S[number]> : E & InstanceOf<S[number]>,
    InstanceOf<S[number]>,
    S extends readonly [infer One] ? NameOf<One> : Name | NameOf<S[number]> | Several,
    Free,
    Provided
  >;
  /**
   * Puts something beside each object: expressions, and some of the related objects. The result is rows of `{ entity, … }`.
   *
   * @example
   * await session.query(User).with({ newest: User.posts.orderBy(posts.at.desc()).limit(3), n: User.posts.count() }).all();
   */
  with<const W extends Readonly<Record<string, ExprOf<any, any> | BesidePart<Name>>>>(
    beside: W,
  ): EntityRows<{ entity: E } & BesideOf<W>, Free | NeedsBeside<W, Name>, Provided>;
  /** Sorts; further calls add lesser keys. */
  orderBy<const X extends readonly Needing[]>(
    ...by: X
  ): EntityQuery<E, Base, Name, Free | Exclude<NeedsIn<X>, Of<Name>>, Provided>;
  /** At most so many objects, whatever is included. */
  limit<N = never>(rows: number | ExprOf<number, N>): EntityQuery<E, Base, Name, Free | N, Provided>;
  /** Leaves out the first objects. */
  offset<N = never>(rows: number | ExprOf<number, N>): EntityQuery<E, Base, Name, Free | N, Provided>;
  /**
   * Locks the rows of the objects against writers until the session's transaction ends, which begins with it if none is open. The
   * objects are given as the database has them now, unless they were changed. SQLite locks the whole database instead.
   *
   * @throws {LockTimeout} if others hold a row, with `noWait`; or if it is not free in time
   *
   * @example
   * const user = await session.query(User).where(users.id.eq(1)).forUpdate({ skipLocked: true }).first();
   */
  forUpdate(options?: RowLock): EntityQuery<E, Base, Name, Free, Provided>;
  /** Like `forUpdate`, but others may lock the rows so too: nobody changes them meanwhile. */
  forShare(options?: RowLock): EntityQuery<E, Base, Name, Free, Provided>;
  /**
   * A page, counted from 1, with the number of objects on all of them. Ties in the query's order are broken by the primary key.
   *
   * @throws {ParameterError} if page or size is no whole number from 1 on
   */
  page(
    this: Ready<Exclude<Free, Provided>, unknown>,
    at: { readonly page: number; readonly size: number },
  ): Promise<Page<E>>;
  /**
   * The objects after a cursor, or the first ones (null). Each object comes once, whatever the query is ordered by and whatever
   * is inserted meanwhile: the position is found by value, not by counting. Nulls stand where the order says, else as if
   * greater than any value.
   *
   * @throws {CursorError} if the cursor was altered, or is one of another query
   */
  after(
    this: Ready<Exclude<Free, Provided>, unknown>,
    cursor: string | null,
    at: { readonly size: number },
  ): Promise<CursorPage<E>>;
  /** The objects before a cursor, or the last ones (null), in the query's order. */
  before(
    this: Ready<Exclude<Free, Provided>, unknown>,
    cursor: string | null,
    at: { readonly size: number },
  ): Promise<CursorPage<E>>;
  /** All of them. */
  all(this: Ready<Exclude<Free, Provided>, unknown>): Promise<E[]>;
  /** The first, or undefined if there is none. */
  first(this: Ready<Exclude<Free, Provided>, unknown>): Promise<E | undefined>;
  /**
   * The only one.
   *
   * @throws {NoRowError} if there is none
   * @throws {MultipleRowsError} if there are two or more
   */
  one(this: Ready<Exclude<Free, Provided>, unknown>): Promise<E>;
  /**
   * All of them, batch by batch. When the next batch is asked for, the unchanged objects of the last one leave the session, so
   * that any number can be gone through.
   *
   * @example
   * for await (const batch of session.query(User).stream({ batch: 500 })) for (const user of batch) console.log(user.name);
   */
  stream(this: Ready<Exclude<Free, Provided>, unknown>, options?: StreamOptions): AsyncGenerator<E[], void>;
  /** How many there are; limit and offset aside. */
  count(this: Ready<Exclude<Free, Provided>, unknown>): Promise<number>;
  /** Whether there is one. */
  exists(this: Ready<Exclude<Free, Provided>, unknown>): Promise<boolean>;
  /**
   * Changes all their rows with one statement, and gives how many there were. Objects of the session that stand for them are read
   * again. Changes made so far are written first.
   */
  update(this: Ready<Exclude<Free, Provided>, unknown>, set: SetValues<Base>): Promise<number>;
  /** Deletes all their rows with one statement, and gives how many there were. Objects of the session that stand for them are gone. */
  delete(this: Ready<Exclude<Free, Provided>, unknown>): Promise<number>;
}

/**
 * What a query gives one of: objects with what was included, or rows with something beside them.
 *
 * @example
 * const authors = () => session.query(User).include(User.posts.include(Post.author));
 * type Author = Found<ReturnType<typeof authors>>;
 */
export type Found<Q extends { readonly [SHAPE]: any }> = Q[typeof SHAPE];

/** Among the sources of a query, says that its objects are of several classes. */
type Several = "of several";
/** Objects of several classes, each with those of the relationships that it has. */
type Including<E, R extends readonly unknown[]> = E extends unknown
  ? E & Shape<readonly Extract<R[number], AnyRelation<OwnerOf<E>>>[]>
  : never;

/** A class that inherits from the one that is queried. */
interface OfBase<Base> {
  new (...args: any): Base;
  readonly table: any;
}

/** What may stand beside an object, other than an expression: a relationship, or some of its objects. */
interface BesidePart<Name> {
  readonly [OWNER]: Name;
  readonly [SHAPE]: any;
}
type BesideOf<W> = {
  -readonly [K in keyof W]: W[K] extends ExprOf<infer T, any>
    ? T
    : W[K] extends { readonly [SHAPE]: infer S }
      ? S
      : never;
} & {};
type NeedsBeside<W, Name extends string> = W[keyof W] extends infer V
  ? V extends Needing
    ? Exclude<V[typeof NEEDS], Of<Name>>
    : never
  : never;

/** A query for objects with something beside each. */
export interface EntityRows<R, Free, Provided> {
  readonly [NEEDS]: Free;
  readonly [SHAPE]: R;
  all(this: Ready<Exclude<Free, Provided>, unknown>): Promise<R[]>;
  first(this: Ready<Exclude<Free, Provided>, unknown>): Promise<R | undefined>;
  one(this: Ready<Exclude<Free, Provided>, unknown>): Promise<R>;
  page(
    this: Ready<Exclude<Free, Provided>, unknown>,
    at: { readonly page: number; readonly size: number },
  ): Promise<Page<R>>;
  after(
    this: Ready<Exclude<Free, Provided>, unknown>,
    cursor: string | null,
    at: { readonly size: number },
  ): Promise<CursorPage<R>>;
  before(
    this: Ready<Exclude<Free, Provided>, unknown>,
    cursor: string | null,
    at: { readonly size: number },
  ): Promise<CursorPage<R>>;
}
