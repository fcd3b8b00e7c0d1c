// What mapping gives: the types of instances and of the class. Names and modifiers come from `keyof R` alone, R[K] decides
// nothing but a property's type: choosing either by looking at R[K] makes a computed property that mentions its own class circular.
import type {
  ColOf,
  Cond,
  Expr,
  ExprOf,
  InitOf,
  InsertOf,
  KEY,
  META,
  NEEDS,
  Needing,
  NeedsIn,
  Of,
  Order,
  PART,
  RowOf,
  SetOf,
  Table,
} from "../../core/index.ts";
import type { Bare, InitValues, ValueColumns, ValueFields, Values } from "./embedding.ts";
import type { InstanceOf, ManyDef, OneDef, OptionalDef, OrderedDef } from "./relationships.ts";

export declare const SHAPE: unique symbol;
export declare const OWNER: unique symbol;
export declare const FIELDS: unique symbol;
export declare const PENDING: unique symbol;
export declare const SCOPE: unique symbol;

/** Any mapped class. */
export type AnyEntity = { new (...args: any): any; readonly table: any };
/** The sources a class reads: its table, and its own beside the base's where inheritance joins one. */
export type NameOf<E> = E extends { readonly [SCOPE]?: infer N } ? NonNullable<N> & string : never;

// --- On an instance ---

/** What the compiler shows of a relationship that is used before it is loaded: the error says what to do. */
type Unloaded = "await it, or include it";
/** A to-one relationship that is not loaded: await it to load it. It has no other property, so using it is an error. */
export interface Pending<T, Unread = Unloaded> extends PromiseLike<T> {
  readonly [PENDING]: Unread;
}
/** Every mapped instance carries it, as a type only: `(User | Pending<User>) & User` is then `User`, nothing else. */
export interface Entity<Name, C, R, V = ValueFields<{}, {}>> {
  readonly [PENDING]?: never;
  readonly [FIELDS]?: { sources: { [K in Name & string]: true }; columns: C; relations: R; values: V };
}
/** A to-many relationship. Changing it never needs it loaded; await it, or include it in the query, to read it. */
export interface Collection<T, Unread = Unloaded> extends PromiseLike<readonly T[]> {
  readonly [PENDING]?: Unread;
  /** Takes objects in. */
  add(...items: T[]): void;
  /** Takes objects out. */
  remove(...items: T[]): void;
  /** Makes these the objects it holds. */
  set(items: Iterable<T>): void;
  readonly isLoaded: boolean;
}

/** A to-many relationship that people order. Its methods that name a place need it loaded. */
export interface OrderedCollection<T, Unread = Unloaded> extends Collection<T, Unread> {
  /** Takes objects in at a place, or moves them there. */
  insert(at: number, ...items: T[]): void;
  /** Moves an object to another place. */
  move(item: T, to: number): void;
}

type OnInstance<D> =
  D extends ManyDef<infer E>
    ? D extends OrderedDef<E>
      ? OrderedCollection<InstanceOf<E>>
      : Collection<InstanceOf<E>>
    : D extends OneDef<infer E>
      ? InstanceOf<E> | Pending<InstanceOf<E>>
      : D extends OptionalDef<infer E>
        ? InstanceOf<E> | null | Pending<InstanceOf<E> | null>
        : D extends ExprOf<infer T, any>
          ? T
          : never;
type OnConstruct<D> =
  D extends ManyDef<infer E>
    ? Iterable<InstanceOf<E>>
    : D extends OneDef<infer E>
      ? InstanceOf<E>
      : D extends OptionalDef<infer E>
        ? InstanceOf<E> | null
        : never;

/** What an instance of a mapped class has. */
export type Instance<Name, C, R> = RowOf<C> & Entity<Name, C, R> & { -readonly [K in keyof R]: OnInstance<R[K]> };

/** The same, of a class with value objects. */
export type InstanceWith<Name, C, R, V> = RowOf<Bare<C, V>> &
  Values<C, V> &
  Entity<Name, Bare<C, V>, R, ValueFields<C, V>> & { -readonly [K in keyof R]: OnInstance<R[K]> };

/** What a mapped class is constructed from: its columns, with objects in place of foreign keys. */
export type Init<C, R> = InitOf<C> & { [K in keyof R]?: OnConstruct<R[K]> };

// --- On the class: relationships as query attributes ---

/** What must be in FROM for the rows of an owner: of classes that share a table, that table. */
type Sources<Owner> = Exclude<Owner, `${string} as ${string}`>;

/** What a related row is called inside the conditions: where a class relates to itself, as the relationship is. */
type RowName<Owner, Key, E> = [NameOf<E>] extends [Owner] ? Key & string : NameOf<E>;
/** A condition on related rows: an expression over their table, or a function of the row. */
export type Inside<E, Name extends string> = Cond | ((related: RelatedRow<E, Name>) => Cond);
type RelatedRow<E, Name extends string> = E extends { readonly [META]: { cols: infer C } } ? Table<Name, C> : never;
/** What conditions on related rows need besides: of an expression, by the table; of a function, by the row it is given. */
type NeedsInside<C extends readonly unknown[], Table extends string, Row extends string> = C[number] extends infer One
  ? One extends Needing
    ? Exclude<One[typeof NEEDS], Of<Table>>
    : One extends (related: never) => infer Given
      ? Exclude<Extract<Given, Needing>[typeof NEEDS], Of<Row>>
      : never
  : never;

/** A relationship as a query sees it. */
export interface Relation<Owner, Key extends string, E, Kind extends string, Loaded = InstanceOf<E>> {
  readonly key: Key;
  readonly [OWNER]: Owner;
  readonly [SHAPE]: Kind extends "many" ? readonly Loaded[] : Kind extends "one" ? Loaded : Loaded | null;
  /**
   * Whether some related row meets the conditions. Inside, the related table means the related row. Where a class relates to itself,
   * the row at hand is beside it: a function is given the related row, and the table means the one at hand.
   *
   * @example
   * await session.query(User).where(User.reports.any((report) => report.age.gt(users.age))).all();
   */
  any<const C extends readonly Inside<E, RowName<Owner, Key, E>>[]>(
    ...conditions: C
  ): Expr<boolean, Sources<Owner> | NeedsInside<C, NameOf<E>, RowName<Owner, Key, E>>>;
  /** Whether no related row meets the conditions. */
  none<const C extends readonly Inside<E, RowName<Owner, Key, E>>[]>(
    ...conditions: C
  ): Expr<boolean, Sources<Owner> | NeedsInside<C, NameOf<E>, RowName<Owner, Key, E>>>;
  /** Whether every related row meets the conditions. */
  every<const C extends readonly Inside<E, RowName<Owner, Key, E>>[]>(
    ...conditions: C
  ): Expr<boolean, Sources<Owner> | NeedsInside<C, NameOf<E>, RowName<Owner, Key, E>>>;
  /** How many related rows there are. */
  count(): Expr<number, Sources<Owner>>;
  /** With further relationships of the related objects. */
  include<const R extends readonly AnyRelation<NameOf<E>>[]>(
    ...nested: R
  ): Relation<Owner, Key, E, Kind, Loaded & Shape<R>>;
  /** Loaded by another strategy than its own. */
  by(strategy: "select in" | "join" | "subquery" | "json"): Relation<Owner, Key, E, Kind, Loaded>;
  /** Only some of the related objects: for `with`, which puts them beside the entity. */
  where<const C extends readonly Cond[]>(
    ...conditions: C
  ): Related<Owner, E, Loaded, Exclude<NeedsIn<C>, Of<NameOf<E>>>>;
  orderBy<const O extends readonly Order<any>[]>(
    ...by: O
  ): Related<Owner, E, Loaded, Exclude<NeedsIn<O>, Of<NameOf<E>>>>;
}
export interface AnyRelation<Owner = any> {
  readonly key: string;
  readonly [OWNER]: Owner;
  readonly [SHAPE]: any;
}
/** What an instance gains once these relationships are loaded. A condition, so that editors show the properties, not this name. */
export type Shape<R extends readonly unknown[]> = R extends unknown
  ? { [P in Extract<R[number], AnyRelation> as P["key"]]: P[typeof SHAPE] }
  : never;

/**
 * An object of a class with these relationships loaded, for what must be given one: `Loaded<User, "posts" | "boss">`.
 *
 * @example
 * const titles = (user: Loaded<User, "posts">) => user.posts.map((post) => post.title);
 */
export type Loaded<E, K extends keyof RelationsOf<E> & string> = E & { [P in K]: OnLoaded<RelationsOf<E>[P]> };
type RelationsOf<E> = FieldsOf<E> extends { relations: infer R } ? R : never;
type OnLoaded<D> =
  D extends ManyDef<infer E>
    ? readonly InstanceOf<E>[]
    : D extends OneDef<infer E>
      ? InstanceOf<E>
      : D extends OptionalDef<infer E>
        ? InstanceOf<E> | null
        : D extends ExprOf<infer T, any>
          ? T
          : never;

/** Some of the related objects, in some order: what `with` puts beside an entity. */
export interface Related<Owner, E, Loaded, Free> {
  readonly [OWNER]: Owner;
  readonly [SHAPE]: readonly Loaded[];
  readonly [NEEDS]: Free;
  where<const C extends readonly Cond[]>(
    ...conditions: C
  ): Related<Owner, E, Loaded, Free | Exclude<NeedsIn<C>, Of<NameOf<E>>>>;
  orderBy<const O extends readonly Order<any>[]>(
    ...by: O
  ): Related<Owner, E, Loaded, Free | Exclude<NeedsIn<O>, Of<NameOf<E>>>>;
  /** At most so many for each object. */
  limit(rows: number): Related<Owner, E, Loaded, Free>;
}

type OnClass<Owner, K extends string, D> =
  D extends ManyDef<infer E>
    ? Relation<Owner, K, E, "many">
    : D extends OneDef<infer E>
      ? Relation<Owner, K, E, "one">
      : D extends OptionalDef<infer E>
        ? Relation<Owner, K, E, "optional">
        : D extends ExprOf<any, any>
          ? D
          : never;

/** The columns without some: the discriminator, which the class gives, or those that it does not have. */
export type Without<C, D> = [D] extends [never] ? C : Omit<C, D & keyof C>;

/**
 * What `mapped` gives: a class to extend, a source to select from, and its relationships as query attributes. D: the discriminator.
 * T: the columns of the table, where the class does not have them all.
 */
export type Mapped<Name extends string, C, R, D = never, T = C> = (new (
  init?: Init<Without<C, D>, R>,
) => Instance<Name, C, R>) & {
  readonly table: Table<Name, T>;
  readonly [SCOPE]?: Name;
  readonly [META]: { name: Name; cols: C; needs: never; kind: D; leaf: false };
} & { readonly [K in keyof R & string]: OnClass<Name, K, R[K]> };

/** What `mapped` gives for a class with value objects. V: how they are made of columns. */
export type MappedWith<Name extends string, C, R, D, V, T = C> = (new (
  init?: Init<Without<Bare<C, V>, D>, R> & InitValues<C, V>,
) => InstanceWith<Name, C, R, V>) & {
  readonly table: Table<Name, T>;
  readonly [SCOPE]?: Name;
  readonly [META]: { name: Name; cols: C; needs: never; kind: D; leaf: false };
} & { readonly [K in keyof R & string]: OnClass<Name, K, R[K]> } & {
  readonly [K in keyof V & string]: ValueColumns<Name, C, V[K]>;
};

/** The columns of a class's table. */
export type TableOf<E> = E extends { readonly table: Table<any, infer T> } ? T : never;
/** The columns that a subclass adds: those of its own table, and those it picks of the shared one. */
export type Added<E, C, K> = C & ([K] extends [never] ? {} : Pick<TableOf<E>, K & keyof TableOf<E>>);
/** The same without the key of the table, which is that of the base. */
type Keyless<C> = Without<C, KeyNames<C>>;

/** The source that stands for a class among those of its table: what only it has is asked of nothing less. */
export type OfClass<E, I extends string | number> = `${NameOf<E>} as ${I}`;
/** The source that a subclass reads beside its base's: its own table, or what stands for it in the shared one. */
export type ClassName<E, I extends string | number, Name extends string> = [Name] extends [never]
  ? OfClass<E, I>
  : Name;

/**
 * What `inherit` gives. A named type: declarations (`tsc --declaration`) cannot spell a class's symbol keys, so they must not be
 * expanded.
 */
export type Inherited<E extends AnyEntity, Name extends string, C, R, Leaf = never, V = {}> = (new (
  init?: ConstructorParameters<E>[0] &
    InitOf<Bare<Keyless<C>, V>> & { [K in keyof R]?: OnConstruct<R[K]> } & InitValues<C, V>,
) => InstanceOf<E> & Own<NameOf<E> | Name, C, R, V> & { [K in [Leaf] extends [never] ? never : KindOf<E>]: Leaf }) & {
  readonly [SCOPE]?: NameOf<E> | Name;
  readonly [META]: {
    name: Sources<NameOf<E> | Name>;
    cols: ColumnsOf<E> & Keyless<C>;
    needs: never;
    kind: KindOf<E>;
    leaf: [Leaf] extends [never] ? false : true;
  };
} & Statics<E> & {
    readonly [K in keyof R & string]: OnClass<NameOf<E> | Name, K, R[K]>;
  } & { readonly [K in keyof V & string]: ValueColumns<TableName<E, Name>, C, V[K]> };
/** The table that the columns of a subclass are in. */
type TableName<E, Name> = [Sources<Name>] extends [never] ? Sources<NameOf<E>> : Sources<Name>;

/** The column that tells the classes of a hierarchy apart. */
type KindOf<E> = E extends { readonly [META]: { kind: infer D extends string } } ? D : never;
/**
 * A class to inherit from. One that names no subclasses has none: its discriminator is typed as what it holds for it, so that a union of
 * such classes is told apart by it.
 */
export type Open<E> = E extends { readonly [META]: { leaf: true } }
  ? "the base names its subclasses: { subclasses: () => [Owner] } in its mapping"
  : unknown;

/** What `inherit` gives for a class with whole rows of its own: what the base declares is about its own table. */
export type Concrete<E extends AnyEntity, Name extends string, C, R, V = {}> = (new (
  init?: ConstructorParameters<E>[0] &
    InitOf<Bare<Beyond<E, C>, V>> & { [K in keyof R]?: OnConstruct<R[K]> } & InitValues<C, V>,
) => InstanceOf<E> & Own<Name, Beyond<E, C>, R, V>) & {
  readonly table: Table<Name, C>;
  readonly [SCOPE]?: Name;
  readonly [META]: { name: Name; cols: C; needs: never; kind: never; leaf: false };
} & Repeated<E, Name, C, RelationsOf<InstanceOf<E>>, MadeOf<InstanceOf<E>>, R> & {
    readonly [K in keyof R & string]: OnClass<Name, K, R[K]>;
  } & { readonly [K in keyof V & string]: ValueColumns<Name, C, V[K]> };
/** The columns that a base does not have. */
type Beyond<E, C> = Omit<C, keyof ColumnsOf<E>>;
/** What a class adds to the instances of its base. */
type Own<Name, C, R, V> = [keyof V] extends [never] ? Instance<Name, C, R> : InstanceWith<Name, C, R, V>;
type Repeated<E, Name extends string, C, Base, Made, R> = {
  [K in keyof E as K extends typeof SCOPE | typeof META | "table" | keyof R ? never : K]: K extends keyof Base & string
    ? OnClass<Name, K, Base[K]>
    : K extends keyof Made
      ? ValueColumns<Name, C, Made[K]>
      : E[K];
};
type MadeOf<E> = FieldsOf<E> extends { values: { readonly made: infer V } } ? V : never;
type ColumnsOf<E> = E extends { readonly [META]: { cols: infer C } } ? C : never;
export type Statics<E> = { [K in keyof E as K extends typeof SCOPE | typeof META ? never : K]: E[K] };

type KeyNames<C> = {
  [K in keyof C]: C[K] extends { readonly [KEY]: true } | { readonly [PART]: true } ? K : never;
}[keyof C];
type IsOne<U, V = U> = [U] extends [never] ? false : U extends unknown ? ([V] extends [U] ? true : false) : never;
/** What `get` takes: the value of a single key, an object for a composite one. */
export type KeyOf<E> = E extends { readonly [META]: { cols: infer C } }
  ? IsOne<KeyNames<C>> extends true
    ? C[KeyNames<C>] extends ColOf<infer T, any>
      ? T
      : never
    : { [K in KeyNames<C>]: C[K] extends ColOf<infer T, any> ? T : never }
  : never;

/** The values of a class's columns. */
export type RowOfEntity<E> = E extends { readonly [META]: { cols: infer C } } ? RowOf<C> : never;

/** What an entity's mapping knows of it. */
export type FieldsOf<E> = E extends { readonly [FIELDS]?: infer F } ? NonNullable<F> : never;
/** The values of a row of a class, as an insert takes them; the discriminator is the class's. */
export type InsertRow<E> = E extends { readonly [META]: { cols: infer C } }
  ? [KindOf<E>] extends [never]
    ? InsertOf<C>
    : InsertOf<Omit<C, KindOf<E>>> & { [K in KindOf<E>]?: RowOf<C>[K & keyof RowOf<C>] }
  : never;
/** What a bulk update sets: values or expressions. */
export type SetValues<Base> =
  FieldsOf<Base> extends { columns: infer C; values: { readonly all: infer All; readonly made: infer V } }
    ? SetOf<C> & Partial<Values<All, V>>
    : never;
/** The name an instance's relationships are owned by. */
export type OwnerOf<E> = FieldsOf<E> extends { sources: infer N } ? keyof N : any;
