// athanor/orm, made by `npm run api`

import { AthanorError, DeclaredTable, AnyTable, ForeignKeyNode, ExprOf, SqlType, ColumnFacts, table, ColOf, Table, Order, SetOf, InitOf, KEY, PART, RowOf, META, Cond, Expr, Needing, NEEDS, Of, NeedsIn, InsertOf, TableMeta, Statement, InputSchema, Dialect, LockOptions, RowStream, Ready, CursorPage, TransactionOptions, RetryOptions, PROVIDES, Database, Transaction, Following, Runnable, Placed, RunArguments } from 'athanor';

/** A class is mapped in a way that cannot work; found when it is first used. */
declare class MappingError extends AthanorError {
    constructor(message: string, hint: string);
}
/** A value was read that the object does not hold: a key not generated yet, a deferred column, a relationship. */
declare class NotLoadedError extends AthanorError {
    constructor(message: string, hint: string);
}
/** An object was used for what needs a session, and belongs to none, or to one that is closed. */
declare class DetachedError extends AthanorError {
    constructor(message: string, hint?: string);
}
/** An object belongs to another session. */
declare class OtherSessionError extends AthanorError {
    constructor(what: string);
}
/** Rows were expected to be there, or to have a version, and are or have not: somebody else changed them. */
declare class StaleDataError extends AthanorError {
    constructor(message: string);
}
/** A flush found objects that cannot be written as they are. Nothing was sent. */
declare class FlushError extends AthanorError {
    constructor(message: string, hint: string);
}

/** The same, as a fresh copy of plain objects and arrays, dates copied too. */
declare function plain<T extends object>(entity: T): Plain<T>;
/** Columns and loaded relationships of an object, without methods. */
type Plain<T> = T extends Date | Uint8Array ? T : T extends readonly (infer E)[] ? Plain<E>[] : T extends object ? {
    [K in keyof T as T[K] extends (...args: never) => unknown ? never : K]: Plain<T[K]>;
} : T;

/** A value object as a mapping declares it. */
interface EmbeddingOption {
    readonly class?: (new (parts: object) => object) | undefined;
    readonly columns: readonly string[] | Readonly<Record<string, string | EmbeddingOption>>;
    readonly prefix?: string | undefined;
    readonly nullable?: boolean | undefined;
    readonly optional?: readonly string[] | undefined;
}
type EmbedOption = Readonly<Record<string, EmbeddingOption>>;

/** A table that holds some of the columns of a class's rows. */
interface TablePart {
    readonly table: DeclaredTable;
    readonly source: AnyTable;
    /** The positions of its columns among those of the class, in the order of the table. */
    readonly columns: readonly number[];
    /** Those of its key's, in the order of the class's key. */
    readonly key: readonly number[];
    /** By which its row belongs to that of the first table. */
    readonly link: ForeignKeyNode | undefined;
}

type AnyClass = abstract new (...args: any[]) => object;
/** What `mapped` was given; a class that extends what it gave is mapped by it. */
interface Recipe {
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
/** How a class is mapped beside its columns and relationships. */
interface MappingOptions {
    /** A number that every update raises; an update of a row whose number is another is a StaleDataError. */
    readonly version?: string | undefined;
    /** Columns that are read on request only. */
    readonly deferred?: readonly string[] | undefined;
    /** Columns of the table that the class does not have. */
    readonly omit?: readonly string[] | undefined;
    /** The column that tells of which class a row is, and what it holds for this one. */
    readonly identity?: {
        readonly column: string;
        readonly value?: string | number | undefined;
    } | undefined;
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
interface MappedColumn {
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
interface MappedKey {
    readonly key: ForeignKeyNode;
    readonly positions: readonly number[];
}
declare class Mapper {
    #private;
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
    constructor(entity: AnyClass, recipe: Recipe, base?: Mapper);
    /** @throws {MappingError} if there is no such column */
    column(key: string): MappedColumn;
    /** What the getters of the mapping give, by name. A getter runs when its relationship is first needed. */
    get relationNames(): readonly string[];
    /** What a getter gives: a relationship's declaration, or an expression. */
    declared(key: string): unknown;
    /** The position of the column that tells of which class a row is, if one does. */
    get discriminator(): number | undefined;
    /** The position of a column by its table and its name there; -1 if the class does not have it. */
    positionOf(table: {
        readonly name: string;
        readonly schema?: string | undefined;
    }, name: string): number;
    /** The foreign keys of its tables, with the positions of their columns; without those that hold its tables together. */
    get foreignKeys(): readonly MappedKey[];
    /** What an object of a row is found by: a value that a Map tells apart. */
    identity(row: readonly unknown[], at: number): unknown;
    /** The same, from the values of the key in its order. */
    identityOfKey(values: readonly unknown[]): unknown;
    /** The same, from the value of a single key column. */
    identityOfValue(value: unknown): unknown;
}

/**
 * transient: made by `new`, known to no session. pending: added, not written yet. persistent: stands for a row. deleted: its
 * row was deleted in the transaction that is open. detached: its session let go of it.
 */
type Status = "transient" | "pending" | "persistent" | "deleted" | "detached";
/** The values of a row, in the order of the mapper's columns from `at` on. Documents and dates stand as what tells a change. */
type SnapshotRow = unknown[];
/** Whoever an object belongs to; the session, as far as objects ask. */
interface Owner {
    /** Loads a relationship of an object, and of its siblings. */
    loadRelationship(entity: object, key: string): Promise<void>;
    /** The object with a key, if the session has it. */
    find(mapper: Mapper, key: unknown): object | undefined;
    readonly isClosed: boolean;
    /** Grows with each reading and each transaction. */
    readonly epoch: number;
    /** Told of an object that is about to hold another row: a rollback puts the one it holds back. */
    keep(entity: object, state: State): void;
    /** Told of an object whose relationships were changed: its columns alone would not show it. */
    touch(entity: object): void;
}
declare class State {
    status: Status;
    owner: Owner | undefined;
    readonly mapper: Mapper;
    /** The row it came from; undefined for an object that has no row yet. */
    row: SnapshotRow | undefined;
    at: number;
    /** What was read of deferred columns, by position. */
    deferred: Map<number, unknown> | undefined;
    /** In which of the session's transactions the row was read. */
    epoch: number;
    /** In which of them the object came to the session. */
    born: number;
    /** What is loaded or assigned of its relationships: an object, null, or a collection. */
    relations: Record<string, unknown> | undefined;
    /** What to-one relationships held before they were assigned, as long as that is not written. */
    changed: Record<string, unknown> | undefined;
    /** What a flush is planning to do with its row; only while it plans. */
    write: object | undefined;
    /** The transaction or savepoint that has taken down what the object was before it. */
    kept: object | undefined;
    /** The objects that the same result brought in. */
    batch: readonly object[] | undefined;
    constructor(mapper: Mapper);
}

/**
 * Columns that several tables have in common. It is declared as a table is, and is none: a class that is mapped to it is abstract, and
 * its name stands for the rows of all the classes that inherit from it.
 *
 * @example
 * const vehicle = { id: integer().primaryKey(), name: text() };
 * const vehicles = abstractTable("vehicles", vehicle);
 * const cars = table("cars", { ...vehicle, doors: integer() });
 * class Vehicle extends mapped(vehicles) {}
 * class Car extends inherit(Vehicle, { table: cars, concrete: true }) {}
 */
declare const abstractTable: typeof table;

/** How a value object is made of columns. */
type Embedding<C> = OfColumns<C> | OfPrefixed;
interface AnyEmbedding {
    /** What the value is an instance of: its constructor is given an object of the parts. Without one the value is that object. */
    readonly class?: new (parts: any) => object;
    /** The value is null where all its columns are. They are nullable then, and the parts of a value are not, but for the `optional` ones. */
    readonly nullable?: boolean;
    /** The parts that may be null in a value of its own, where the value is `nullable`. */
    readonly optional?: readonly string[];
}
/** The columns of its parts: a list where the parts are called as the columns are, else by part; a part can be a value object itself. */
interface OfColumns<C> extends AnyEmbedding {
    readonly columns: readonly (keyof C & string)[] | {
        readonly [part: string]: (keyof C & string) | Embedding<C>;
    };
    readonly prefix?: never;
}
/** Parts whose columns are called as they are, behind a prefix: `billing` and `city` make `billingCity`, `billing_` makes `billing_city`. */
interface OfPrefixed extends AnyEmbedding {
    readonly columns: readonly string[];
    readonly prefix: string;
}
/** The value objects of a class, by property. */
type Embeddings<C> = {
    readonly [name: string]: Embedding<C>;
};
type Prefixed<P, K> = P extends `${string}_` ? `${P}${K & string}` : P extends string ? `${P}${Capitalize<K & string>}` : K;
/** The column, or the value object, of each part. */
type PartsOf<M> = M extends {
    readonly columns: infer L;
} ? L extends readonly (infer K extends string)[] ? {
    readonly [P in K]: M extends {
        readonly prefix: infer Prefix;
    } ? Prefixed<Prefix, P> : P;
} : L : never;
type ColumnsIn<P> = P extends string ? P : ColumnsOf$1<P>;
/** The columns that are in a value object. */
type ColumnsOf$1<M> = PartsOf<M> extends infer P ? ColumnsIn<P[keyof P]> : never;
type Columns<V> = {
    [K in keyof V]: ColumnsOf$1<V[K]>;
}[keyof V];
/** The columns that stay properties of their own. A mapped type with its names as they are, so that editors show the columns. */
type Bare<C, V> = {
    [K in keyof C as K extends Columns<V> ? never : K]: C[K];
};
type ColumnValue<C, P> = P extends keyof C ? (C[P] extends ColOf<infer T, any> ? T : never) : never;
type IsNullable<M> = M extends {
    readonly nullable: true;
} ? true : false;
type IsOptional<M, P> = M extends {
    readonly optional: readonly (infer O)[];
} ? (P extends O ? true : false) : false;
/** The parts of a value. Inside: whether it stands in one that is nullable. */
type Parts<C, M, Inside> = PartsOf<M> extends infer P ? {
    -readonly [K in keyof P]: P[K] extends string ? Inside | IsNullable<M> extends infer N ? true extends N ? IsOptional<M, K> extends true ? ColumnValue<C, P[K]> : NonNullable<ColumnValue<C, P[K]>> : ColumnValue<C, P[K]> : never : ValueOf<C, P[K], Inside | IsNullable<M>>;
} : never;
/** A value object. */
type ValueOf<C, M, Inside = false> = (M extends {
    readonly class: new (...parts: any) => infer I;
} ? I : Parts<C, M, Inside>) | (M extends {
    readonly nullable: true;
} ? null : never);
/** The value objects of an instance. */
type Values<C, V> = {
    -readonly [K in keyof V]: ValueOf<C, V[K]>;
};
/** What a constructor is given of them: those that can be null may be left out. */
type InitValues<C, V> = {
    [K in keyof V as IsNullable<V[K]> extends true ? never : K]: ValueOf<C, V[K]>;
} & {
    [K in keyof V as IsNullable<V[K]> extends true ? K : never]?: ValueOf<C, V[K]>;
};
/** What a class has of a value object: its columns, by part. */
type ValueColumns<Name extends string, C, M> = PartsOf<M> extends infer P ? {
    readonly [K in keyof P]: P[K] extends keyof C ? Table<Name, C>[P[K]] : ValueColumns<Name, C, P[K]>;
} : never;
/** The same declarations, if their classes and columns fit; else what is wrong. */
type Fitting<C, V> = {
    readonly [K in keyof V]: K extends keyof C ? "a column has this name" : FittingOne<C, V[K]>;
};
type FittingOne<C, M, Inside = false> = (M extends {
    readonly class: any;
} ? {
    readonly class: new (parts: Parts<C, M, Inside>) => Parts<C, M, Inside>;
} : unknown) & (M extends {
    readonly prefix: infer P;
    readonly columns: readonly (infer K)[];
} ? Prefixed<P, K> extends keyof C ? unknown : {
    readonly columns: `the table has no column ${Exclude<Prefixed<P, K>, keyof C> & string}`;
} : M extends {
    readonly columns: infer L;
} ? L extends readonly string[] ? unknown : {
    readonly columns: {
        readonly [P in keyof L]: L[P] extends string ? unknown : FittingOne<C, L[P], Inside | IsNullable<M>>;
    };
} : unknown);
/** What filters and orderings given as data know of value objects. */
interface ValueFields<C, V> {
    readonly all: C;
    readonly made: V;
}
/** The column, or the value object, of each part of one. */
type ValueParts<M> = PartsOf<M>;

/** What tells the classes of a table apart. */
type Identity = string | number;

declare const KIND: unique symbol;
declare const TARGET: unique symbol;
declare const ORDERED: unique symbol;
type InstanceOf<E> = E extends abstract new (...a: any) => infer I ? I : never;
/** What happens to related objects when this one goes, or when they are taken out of the relationship. */
interface Cascade {
    /** Related objects are deleted with this one. */
    readonly delete?: boolean;
    /** A related object that is taken out is deleted. */
    readonly orphans?: boolean;
}
interface CommonOptions {
    /** The foreign key that it goes by, where several fit: a column, or all columns of a composite key. */
    readonly key?: ExprOf<any, any> | readonly ExprOf<any, any>[];
    /** A join of one's own. The relationship is then read-only. */
    readonly on?: (owner: any, target: any) => ExprOf<boolean | null, any>;
    /** Read-only: changes to it are not written. */
    readonly viewOnly?: boolean;
    /** How it is loaded when included; `select in` for many, `join` for one, unless given. */
    readonly load?: LoadStrategy;
    /** What awaiting it loads: for all siblings, for this object alone, or nothing: it must be included. */
    readonly lazy?: "siblings" | "one" | "never";
    readonly cascade?: Cascade;
    /** The database deletes by itself (ON DELETE CASCADE): related objects are not loaded to be deleted. */
    readonly passiveDeletes?: boolean;
}
type LoadStrategy = "select in" | "join" | "subquery" | "json";
interface ManyOptions<E> extends CommonOptions {
    /** The relationship of the other class that shows the same rows, where several could. */
    readonly inverse?: keyof InstanceOf<E> & string;
    /** The table that links both sides: many-to-many. */
    readonly through?: AnyTable | (() => AnyTable);
    /** How the objects are ordered. */
    readonly orderBy?: (target: any) => Order<any> | readonly Order<any>[];
}
interface OneOptions<E> extends CommonOptions {
    readonly inverse?: keyof InstanceOf<E> & string;
}
interface ManyDef<E> {
    readonly [KIND]: "many";
    readonly [TARGET]: E;
}
interface OneDef<E> {
    readonly [KIND]: "one";
    readonly [TARGET]: E;
}
interface OptionalDef<E> {
    readonly [KIND]: "optional";
    readonly [TARGET]: E;
}
/** The options of any relationship, at run time. */
type RelationshipOptions = {
    readonly [K in keyof ManyOptions<any>]?: ManyOptions<any>[K] | undefined;
} & {
    readonly position?: string | undefined;
    readonly from?: number | undefined;
};
/** Any number of objects of another class: its rows that refer to this one, or, with `through`, those a table links to it. */
declare function many<E>(target: E, options?: ManyOptions<E>): ManyDef<E>;
/** A list in an order of its own, which a column of its rows keeps. */
interface OrderedDef<E> extends ManyDef<E> {
    readonly [ORDERED]: true;
}
interface OrderedOptions<E> extends Omit<ManyOptions<E>, "orderBy" | "through" | "on" | "viewOnly"> {
    /** What the first object's position is; 0 unless given. */
    readonly from?: number;
}
/**
 * Like {@link many}, in an order that people give: a whole number in each row is its place in the list. `add`, `insert`, `move`, `remove`
 * and `set` keep the numbers.
 *
 * @param position the column that keeps them
 */
declare function ordered<E>(target: E, position: keyof InstanceOf<E> & string, options?: OrderedOptions<E>): OrderedDef<E>;
/** Exactly one object: this row refers to it by a key that is not null. */
declare function one<E>(target: E, options?: OneOptions<E>): OneDef<E>;
/** One object or none: this row refers to it by a key that may be null, or its row refers to this one (one-to-one). */
declare function optional<E>(target: E, options?: OneOptions<E>): OptionalDef<E>;

declare const SHAPE: unique symbol;
declare const OWNER: unique symbol;
declare const FIELDS: unique symbol;
declare const PENDING: unique symbol;
declare const SCOPE: unique symbol;
/** Any mapped class. */
type AnyEntity = {
    new (...args: any): any;
    readonly table: any;
};
/** The sources a class reads: its table, and its own beside the base's where inheritance joins one. */
type NameOf<E> = E extends {
    readonly [SCOPE]?: infer N;
} ? NonNullable<N> & string : never;
/** What the compiler shows of a relationship that is used before it is loaded: the error says what to do. */
type Unloaded = "await it, or include it";
/** A to-one relationship that is not loaded: await it to load it. It has no other property, so using it is an error. */
interface Pending<T, Unread = Unloaded> extends PromiseLike<T> {
    readonly [PENDING]: Unread;
}
/** Every mapped instance carries it, as a type only: `(User | Pending<User>) & User` is then `User`, nothing else. */
interface Entity<Name, C, R, V = ValueFields<{}, {}>> {
    readonly [PENDING]?: never;
    readonly [FIELDS]?: {
        sources: {
            [K in Name & string]: true;
        };
        columns: C;
        relations: R;
        values: V;
    };
}
/** A to-many relationship. Changing it never needs it loaded; await it, or include it in the query, to read it. */
interface Collection<T, Unread = Unloaded> extends PromiseLike<readonly T[]> {
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
interface OrderedCollection<T, Unread = Unloaded> extends Collection<T, Unread> {
    /** Takes objects in at a place, or moves them there. */
    insert(at: number, ...items: T[]): void;
    /** Moves an object to another place. */
    move(item: T, to: number): void;
}
type OnInstance<D> = D extends ManyDef<infer E> ? D extends OrderedDef<E> ? OrderedCollection<InstanceOf<E>> : Collection<InstanceOf<E>> : D extends OneDef<infer E> ? InstanceOf<E> | Pending<InstanceOf<E>> : D extends OptionalDef<infer E> ? InstanceOf<E> | null | Pending<InstanceOf<E> | null> : D extends ExprOf<infer T, any> ? T : never;
type OnConstruct<D> = D extends ManyDef<infer E> ? Iterable<InstanceOf<E>> : D extends OneDef<infer E> ? InstanceOf<E> : D extends OptionalDef<infer E> ? InstanceOf<E> | null : never;
/** What an instance of a mapped class has. */
type Instance<Name, C, R> = RowOf<C> & Entity<Name, C, R> & {
    -readonly [K in keyof R]: OnInstance<R[K]>;
};
/** The same, of a class with value objects. */
type InstanceWith<Name, C, R, V> = RowOf<Bare<C, V>> & Values<C, V> & Entity<Name, Bare<C, V>, R, ValueFields<C, V>> & {
    -readonly [K in keyof R]: OnInstance<R[K]>;
};
/** What a mapped class is constructed from: its columns, with objects in place of foreign keys. */
type Init<C, R> = InitOf<C> & {
    [K in keyof R]?: OnConstruct<R[K]>;
};
/** What must be in FROM for the rows of an owner: of classes that share a table, that table. */
type Sources<Owner> = Exclude<Owner, `${string} as ${string}`>;
/** What a related row is called inside the conditions: where a class relates to itself, as the relationship is. */
type RowName<Owner, Key, E> = [NameOf<E>] extends [Owner] ? Key & string : NameOf<E>;
/** A condition on related rows: an expression over their table, or a function of the row. */
type Inside<E, Name extends string> = Cond | ((related: RelatedRow<E, Name>) => Cond);
type RelatedRow<E, Name extends string> = E extends {
    readonly [META]: {
        cols: infer C;
    };
} ? Table<Name, C> : never;
/** What conditions on related rows need besides: of an expression, by the table; of a function, by the row it is given. */
type NeedsInside<C extends readonly unknown[], Table extends string, Row extends string> = C[number] extends infer One ? One extends Needing ? Exclude<One[typeof NEEDS], Of<Table>> : One extends (related: never) => infer Given ? Exclude<Extract<Given, Needing>[typeof NEEDS], Of<Row>> : never : never;
/** A relationship as a query sees it. */
interface Relation<Owner, Key extends string, E, Kind extends string, Loaded = InstanceOf<E>> {
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
    any<const C extends readonly Inside<E, RowName<Owner, Key, E>>[]>(...conditions: C): Expr<boolean, Sources<Owner> | NeedsInside<C, NameOf<E>, RowName<Owner, Key, E>>>;
    /** Whether no related row meets the conditions. */
    none<const C extends readonly Inside<E, RowName<Owner, Key, E>>[]>(...conditions: C): Expr<boolean, Sources<Owner> | NeedsInside<C, NameOf<E>, RowName<Owner, Key, E>>>;
    /** Whether every related row meets the conditions. */
    every<const C extends readonly Inside<E, RowName<Owner, Key, E>>[]>(...conditions: C): Expr<boolean, Sources<Owner> | NeedsInside<C, NameOf<E>, RowName<Owner, Key, E>>>;
    /** How many related rows there are. */
    count(): Expr<number, Sources<Owner>>;
    /** With further relationships of the related objects. */
    include<const R extends readonly AnyRelation<NameOf<E>>[]>(...nested: R): Relation<Owner, Key, E, Kind, Loaded & Shape<R>>;
    /** Loaded by another strategy than its own. */
    by(strategy: "select in" | "join" | "subquery" | "json"): Relation<Owner, Key, E, Kind, Loaded>;
    /** Only some of the related objects: for `with`, which puts them beside the entity. */
    where<const C extends readonly Cond[]>(...conditions: C): Related<Owner, E, Loaded, Exclude<NeedsIn<C>, Of<NameOf<E>>>>;
    orderBy<const O extends readonly Order<any>[]>(...by: O): Related<Owner, E, Loaded, Exclude<NeedsIn<O>, Of<NameOf<E>>>>;
}
interface AnyRelation<Owner = any> {
    readonly key: string;
    readonly [OWNER]: Owner;
    readonly [SHAPE]: any;
}
/** What an instance gains once these relationships are loaded. A condition, so that editors show the properties, not this name. */
type Shape<R extends readonly unknown[]> = R extends unknown ? {
    [P in Extract<R[number], AnyRelation> as P["key"]]: P[typeof SHAPE];
} : never;
/**
 * An object of a class with these relationships loaded, for what must be given one: `Loaded<User, "posts" | "boss">`.
 *
 * @example
 * const titles = (user: Loaded<User, "posts">) => user.posts.map((post) => post.title);
 */
type Loaded<E, K extends keyof RelationsOf<E> & string> = E & {
    [P in K]: OnLoaded<RelationsOf<E>[P]>;
};
type RelationsOf<E> = FieldsOf<E> extends {
    relations: infer R;
} ? R : never;
type OnLoaded<D> = D extends ManyDef<infer E> ? readonly InstanceOf<E>[] : D extends OneDef<infer E> ? InstanceOf<E> : D extends OptionalDef<infer E> ? InstanceOf<E> | null : D extends ExprOf<infer T, any> ? T : never;
/** Some of the related objects, in some order: what `with` puts beside an entity. */
interface Related<Owner, E, Loaded, Free> {
    readonly [OWNER]: Owner;
    readonly [SHAPE]: readonly Loaded[];
    readonly [NEEDS]: Free;
    where<const C extends readonly Cond[]>(...conditions: C): Related<Owner, E, Loaded, Free | Exclude<NeedsIn<C>, Of<NameOf<E>>>>;
    orderBy<const O extends readonly Order<any>[]>(...by: O): Related<Owner, E, Loaded, Free | Exclude<NeedsIn<O>, Of<NameOf<E>>>>;
    /** At most so many for each object. */
    limit(rows: number): Related<Owner, E, Loaded, Free>;
}
type OnClass<Owner, K extends string, D> = D extends ManyDef<infer E> ? Relation<Owner, K, E, "many"> : D extends OneDef<infer E> ? Relation<Owner, K, E, "one"> : D extends OptionalDef<infer E> ? Relation<Owner, K, E, "optional"> : D extends ExprOf<any, any> ? D : never;
/** The columns without some: the discriminator, which the class gives, or those that it does not have. */
type Without<C, D> = [D] extends [never] ? C : Omit<C, D & keyof C>;
/**
 * What `mapped` gives: a class to extend, a source to select from, and its relationships as query attributes. D: the discriminator.
 * T: the columns of the table, where the class does not have them all.
 */
type Mapped<Name extends string, C, R, D = never, T = C> = (new (init?: Init<Without<C, D>, R>) => Instance<Name, C, R>) & {
    readonly table: Table<Name, T>;
    readonly [SCOPE]?: Name;
    readonly [META]: {
        name: Name;
        cols: C;
        needs: never;
        kind: D;
        leaf: false;
    };
} & {
    readonly [K in keyof R & string]: OnClass<Name, K, R[K]>;
};
/** What `mapped` gives for a class with value objects. V: how they are made of columns. */
type MappedWith<Name extends string, C, R, D, V, T = C> = (new (init?: Init<Without<Bare<C, V>, D>, R> & InitValues<C, V>) => InstanceWith<Name, C, R, V>) & {
    readonly table: Table<Name, T>;
    readonly [SCOPE]?: Name;
    readonly [META]: {
        name: Name;
        cols: C;
        needs: never;
        kind: D;
        leaf: false;
    };
} & {
    readonly [K in keyof R & string]: OnClass<Name, K, R[K]>;
} & {
    readonly [K in keyof V & string]: ValueColumns<Name, C, V[K]>;
};
/** The columns of a class's table. */
type TableOf<E> = E extends {
    readonly table: Table<any, infer T>;
} ? T : never;
/** The columns that a subclass adds: those of its own table, and those it picks of the shared one. */
type Added<E, C, K> = C & ([K] extends [never] ? {} : Pick<TableOf<E>, K & keyof TableOf<E>>);
/** The same without the key of the table, which is that of the base. */
type Keyless<C> = Without<C, KeyNames<C>>;
/** The source that stands for a class among those of its table: what only it has is asked of nothing less. */
type OfClass<E, I extends string | number> = `${NameOf<E>} as ${I}`;
/** The source that a subclass reads beside its base's: its own table, or what stands for it in the shared one. */
type ClassName<E, I extends string | number, Name extends string> = [Name] extends [never] ? OfClass<E, I> : Name;
/**
 * What `inherit` gives. A named type: declarations (`tsc --declaration`) cannot spell a class's symbol keys, so they must not be
 * expanded.
 */
type Inherited<E extends AnyEntity, Name extends string, C, R, Leaf = never, V = {}> = (new (init?: ConstructorParameters<E>[0] & InitOf<Bare<Keyless<C>, V>> & {
    [K in keyof R]?: OnConstruct<R[K]>;
} & InitValues<C, V>) => InstanceOf<E> & Own<NameOf<E> | Name, C, R, V> & {
    [K in [Leaf] extends [never] ? never : KindOf<E>]: Leaf;
}) & {
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
} & {
    readonly [K in keyof V & string]: ValueColumns<TableName<E, Name>, C, V[K]>;
};
/** The table that the columns of a subclass are in. */
type TableName<E, Name> = [Sources<Name>] extends [never] ? Sources<NameOf<E>> : Sources<Name>;
/** The column that tells the classes of a hierarchy apart. */
type KindOf<E> = E extends {
    readonly [META]: {
        kind: infer D extends string;
    };
} ? D : never;
/**
 * A class to inherit from. One that names no subclasses has none: its discriminator is typed as what it holds for it, so that a union of
 * such classes is told apart by it.
 */
type Open<E> = E extends {
    readonly [META]: {
        leaf: true;
    };
} ? "the base names its subclasses: { subclasses: () => [Owner] } in its mapping" : unknown;
/** What `inherit` gives for a class with whole rows of its own: what the base declares is about its own table. */
type Concrete<E extends AnyEntity, Name extends string, C, R, V = {}> = (new (init?: ConstructorParameters<E>[0] & InitOf<Bare<Beyond<E, C>, V>> & {
    [K in keyof R]?: OnConstruct<R[K]>;
} & InitValues<C, V>) => InstanceOf<E> & Own<Name, Beyond<E, C>, R, V>) & {
    readonly table: Table<Name, C>;
    readonly [SCOPE]?: Name;
    readonly [META]: {
        name: Name;
        cols: C;
        needs: never;
        kind: never;
        leaf: false;
    };
} & Repeated<E, Name, C, RelationsOf<InstanceOf<E>>, MadeOf<InstanceOf<E>>, R> & {
    readonly [K in keyof R & string]: OnClass<Name, K, R[K]>;
} & {
    readonly [K in keyof V & string]: ValueColumns<Name, C, V[K]>;
};
/** The columns that a base does not have. */
type Beyond<E, C> = Omit<C, keyof ColumnsOf<E>>;
/** What a class adds to the instances of its base. */
type Own<Name, C, R, V> = [keyof V] extends [never] ? Instance<Name, C, R> : InstanceWith<Name, C, R, V>;
type Repeated<E, Name extends string, C, Base, Made, R> = {
    [K in keyof E as K extends typeof SCOPE | typeof META | "table" | keyof R ? never : K]: K extends keyof Base & string ? OnClass<Name, K, Base[K]> : K extends keyof Made ? ValueColumns<Name, C, Made[K]> : E[K];
};
type MadeOf<E> = FieldsOf<E> extends {
    values: {
        readonly made: infer V;
    };
} ? V : never;
type ColumnsOf<E> = E extends {
    readonly [META]: {
        cols: infer C;
    };
} ? C : never;
type Statics<E> = {
    [K in keyof E as K extends typeof SCOPE | typeof META ? never : K]: E[K];
};
type KeyNames<C> = {
    [K in keyof C]: C[K] extends {
        readonly [KEY]: true;
    } | {
        readonly [PART]: true;
    } ? K : never;
}[keyof C];
type IsOne<U, V = U> = [U] extends [never] ? false : U extends unknown ? ([V] extends [U] ? true : false) : never;
/** What `get` takes: the value of a single key, an object for a composite one. */
type KeyOf<E> = E extends {
    readonly [META]: {
        cols: infer C;
    };
} ? IsOne<KeyNames<C>> extends true ? C[KeyNames<C>] extends ColOf<infer T, any> ? T : never : {
    [K in KeyNames<C>]: C[K] extends ColOf<infer T, any> ? T : never;
} : never;
/** The values of a class's columns. */
type RowOfEntity<E> = E extends {
    readonly [META]: {
        cols: infer C;
    };
} ? RowOf<C> : never;
/** What an entity's mapping knows of it. */
type FieldsOf<E> = E extends {
    readonly [FIELDS]?: infer F;
} ? NonNullable<F> : never;
/** The values of a row of a class, as an insert takes them; the discriminator is the class's. */
type InsertRow<E> = E extends {
    readonly [META]: {
        cols: infer C;
    };
} ? [KindOf<E>] extends [never] ? InsertOf<C> : InsertOf<Omit<C, KindOf<E>>> & {
    [K in KindOf<E>]?: RowOf<C>[K & keyof RowOf<C>];
} : never;
/** What a bulk update sets: values or expressions. */
type SetValues<Base> = FieldsOf<Base> extends {
    columns: infer C;
    values: {
        readonly all: infer All;
        readonly made: infer V;
    };
} ? SetOf<C> & Partial<Values<All, V>> : never;
/** The name an instance's relationships are owned by. */
type OwnerOf<E> = FieldsOf<E> extends {
    sources: infer N;
} ? keyof N : any;

/** What a subclass says of its mapping. C: the columns of its own table; P: those that it picks of the shared one, T. More: what else it has. */
interface Inheriting<I extends Identity, C = {}, T = {}, P = never, More = never> {
    /** What its rows have in the discriminator, the column that the base names. */
    readonly identity?: I;
    /** The classes that inherit from this one, where a row may be read before they are used: `() => [Owner]`. */
    readonly subclasses?: object;
    /** Further default filters, by name. */
    readonly where?: Readonly<Record<string, Cond>>;
    /** Which of the columns, value objects and computed properties it adds are read on request only. */
    readonly deferred?: readonly (NoInfer<keyof C | P | More> & string)[];
    /** Refuses values of the columns it adds, as in `mapped`. */
    readonly validate?: {
        readonly [K in NoInfer<(keyof C | P) & string>]?: (value: K extends keyof C ? RowOf<C>[K & keyof RowOf<C>] : RowOf<T>[K & keyof RowOf<T>], object: object) => void;
    };
}
/** A class shares the rows of its base, whose discriminator tells them; or has whole ones of its own. */
type Rows<Whole, I> = Whole extends true ? {
    readonly columns?: readonly never[];
} : {
    readonly identity: I;
};
/**
 * A class for some of the rows of its base's table, or, with `concrete`, for those of a table of its own. Its instances have what those of
 * the base have, and what the getters of `relations` declare.
 *
 * @param options.columns columns of the base's table that the base omits and this class has
 * @param options.table a table for what else this class has; its primary key refers to that of the base's table
 * @param options.embed value objects over columns that the class adds, as in `mapped`
 * @param options.concrete whether the table holds whole rows: the columns of the base, and those of this class
 * @example
 * const animals = table("animals", { id: integer().primaryKey(), kind: text(), name: text() });
 * class Animal extends mapped(animals, {}, { identity: { column: "kind", value: "animal" } }) {}
 * class Cat extends inherit(Animal, { identity: "cat" }) {}
 * const dogs = table("dogs", { id: integer().primaryKey().references(() => animals.id), tricks: integer() });
 * class Dog extends inherit(Animal, { identity: "dog", table: dogs }) {}
 */
declare function inherit<E extends AnyEntity, const I extends Identity = never, Name extends string = never, C = {}, K extends keyof TableOf<E> & string = never, R extends Record<string, any> = {}, const Whole extends boolean = false, S extends object = never, const V extends Embeddings<Added<E, C, K>> = {}>(base: E & Open<E>, options: Inheriting<I, C, TableOf<E>, K, keyof R | keyof V> & Rows<Whole, I> & {
    readonly table?: TableMeta<Name, C>;
    readonly columns?: readonly K[];
    readonly concrete?: Whole;
    readonly subclasses?: S;
    readonly embed?: V & Fitting<Added<E, C, K>, V>;
}, relations?: R): Whole extends true ? Concrete<E, Name, C, R, V> : Inherited<E, ClassName<E, I, Name>, Added<E, C, K>, R, [S] extends [never] ? I : never, V>;

/** What only some classes say of their mapping, as plain literals. */
interface Mapping<C, R = unknown, V = {}> {
    /** A number that every update raises: an update of a row that somebody else has changed is then a `StaleDataError`. */
    readonly version?: keyof C & string;
    /** Columns, value objects and computed properties that are loaded on request only. */
    readonly deferred?: readonly ((keyof C | keyof R | NoInfer<keyof V>) & string)[];
    /**
     * Conditions that hold wherever the class is read, updated or deleted from in bulk, by name: `{ active: users.deletedAt.isNull() }`.
     * A query lifts them by name: `query.without("active")`. Parameters in them are given to the session.
     */
    readonly where?: Readonly<Record<string, Cond>>;
    /**
     * Refuses values of columns by throwing: when an object is constructed, and at flush for what is going to be written.
     * `{ name: (name) => { if (name === "") throw new Error("a user has a name"); } }`
     */
    readonly validate?: {
        readonly [K in NoInfer<keyof C | keyof V>]?: (value: Validated<C, V, K>, object: object) => void;
    };
    /** The classes that inherit from this one, where rows may be read before they are used: `() => [Admin, Manager]`. */
    readonly subclasses?: object;
}
/** What a validator is shown. */
type Validated<C, V, K> = K extends keyof V ? ValueOf<C, V[K]> : RowOf<C>[K & keyof RowOf<C>];
/** Where classes share a table: the column that tells them apart, and what it holds for this class, unless it is abstract. */
interface Discriminator<D> {
    readonly column: D;
    readonly value?: string | number;
}
/**
 * A class for the rows of a table. Its instances have the columns, and what the getters of `relations` declare.
 *
 * @example
 * class User extends mapped(users, { get posts() { return many(Post); } }) {
 *   get initials() { return this.name.slice(0, 1); }
 * }
 * class Post extends mapped(posts, { get author() { return one(User); } }) {}
 */
declare function mapped<Name extends string, C, R extends Record<string, any> = {}, D extends keyof C & string = never, const V extends Embeddings<C> = {}, O extends keyof C & string = never>(table: TableMeta<Name, C>, relations?: R & {
    [K in keyof R & keyof C]: "a column has this name";
}, options?: Mapping<C, R, V> & Special<C, D, V, O>): [keyof V] extends [never] ? Mapped<Name, Without<C, O>, R, D, C> : MappedWith<Name, Without<C, O>, R, D, V, C>;
/** What alters the types of a class. */
interface Special<C, D, V, O> {
    readonly identity?: Discriminator<D>;
    /** Columns of the table that the class does not have: those that only subclasses have, and others that are of no interest. */
    readonly omit?: readonly O[];
    /**
     * Value objects over several columns, by property. The columns are their parts then, and no properties of their own:
     * `{ address: { class: Address, columns: ["street", "city"] } }`.
     */
    readonly embed?: V & Fitting<C, V>;
}

/**
 * The statement without these default filters, wherever in it the classes are read that have them.
 *
 * @throws {MappingError} if no class has a default filter of the name
 * @example
 * class Doc extends mapped(posts, {}, { where: { published: posts.published.eq(true) } }) {}
 * await db.all(without(select({ n: fn.count() }).from(Doc), "published"));
 */
declare function without<R, N>(statement: Statement<R, N>, ...names: readonly [string, ...string[]]): Statement<R, N>;

/** What a column can be compared with. All that is given must hold. */
interface Comparing<T> {
    /** The same value. Null finds the rows that have none. */
    eq?: T;
    /** Another value. As in SQL this is unknown for a row that has none; null finds the rows that have one. */
    ne?: T;
    /** One of a list of values. */
    in?: readonly NonNullable<T>[];
    notIn?: readonly NonNullable<T>[];
    lt?: NonNullable<T>;
    lte?: NonNullable<T>;
    gt?: NonNullable<T>;
    gte?: NonNullable<T>;
    /** From the first value to the second, both included. */
    between?: readonly [NonNullable<T>, NonNullable<T>];
    isNull?: boolean;
}
/** What a column of text can be compared with, besides. */
interface ComparingText<T> extends Comparing<T> {
    /** LIKE: `%` stands for any text, `_` for one character, `!` takes either literally. */
    like?: string;
    /** LIKE without regard to case. */
    ilike?: string;
    startsWith?: string;
    endsWith?: string;
    contains?: string;
}
/** A value, or an object of comparisons. An object that is no value of its own (JSON) can only be compared. */
type ColumnFilter<V> = [V] extends [string | null] ? V | (string extends V ? ComparingText<V> : Comparing<V>) : (V extends PlainValue ? V : never) | Comparing<V>;
type PlainValue = string | number | bigint | boolean | null | Date | Uint8Array | readonly unknown[];
type FilterRelation<D> = D extends ManyDef<infer E> ? FilterMany<InstanceOf<E>> : D extends OneDef<infer E> ? Filter<InstanceOf<E>> : D extends OptionalDef<infer E> ? Filter<InstanceOf<E>> | null : never;
/** What a to-many relationship is filtered by. */
interface FilterMany<E> {
    /** Some related object meets the filter. */
    any?: Filter<E>;
    /** No related object meets the filter. */
    none?: Filter<E>;
    /** Every related object meets the filter. */
    every?: Filter<E>;
}
/** How filters are combined. */
interface FilterLogic<E> {
    and?: readonly Filter<E>[];
    or?: readonly Filter<E>[];
    not?: Filter<E>;
}
/**
 * A condition as data: a value or an object of comparisons for a column, filters of the parts for a value object, a filter for a to-one relationship (null: there is no
 * related object), `any`, `none` and `every` for a to-many one; `and`, `or`, `not`. All that is given must hold.
 */
type Filter<E> = FieldsOf<E> extends {
    columns: infer C;
    relations: infer R;
    values: {
        readonly all: infer All;
        readonly made: infer V;
    };
} ? {
    [K in keyof C]?: C[K] extends ColOf<infer T, any> ? ColumnFilter<T> : never;
} & {
    [K in keyof R | keyof V]?: K extends keyof V ? FilterValue<All, V[K]> : FilterRelation<R[K & keyof R]>;
} & FilterLogic<E> : never;
/** A value object in a filter: filters of its parts; null where it is null. */
type FilterValue<C, M> = (ValueParts<M> extends infer P ? {
    -readonly [K in keyof P]?: P[K] extends keyof C ? C[P[K]] extends ColOf<infer T, any> ? ColumnFilter<T> : never : FilterValue<C, P[K]>;
} : never) | (M extends {
    readonly nullable: true;
} ? null : never);

declare const comparisons: readonly ["eq", "ne", "in", "notIn", "lt", "lte", "gt", "gte", "between", "isNull"];
declare const textual: readonly ["like", "ilike", "startsWith", "endsWith", "contains"];
/** An operator of a filter. */
type FilterOperator = (typeof comparisons)[number] | (typeof textual)[number];

/** The name of a column, or a path to one through relationships and value objects: `posts.author.name`, `address.city`. */
type FieldPath<E> = FieldsOf<E> extends {
    columns: infer C;
    relations: infer R;
    values: {
        readonly made: infer V;
    };
} ? (keyof C & string) | (keyof R & string) | `${(keyof R | keyof V) & string}.${string}` : never;
/** What data from outside may ask for. Nothing else can be reached by it. */
interface FilterSchemaOptions<E> {
    /**
     * The columns it may filter by, and the relationships it may ask the existence of: a list of paths, or an object that says by
     * which operators. A list allows every operator of the column's type but `like` and `ilike`, whose patterns can be dear.
     */
    readonly fields?: readonly FieldPath<E>[] | {
        readonly [P in FieldPath<E>]?: readonly FilterOperator[];
    };
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
interface Search<E> {
    readonly filter: Filter<E>;
    readonly orderBy: readonly Sorting[];
}
/** A path to order by. */
interface Sorting {
    readonly by: string;
    readonly direction: "asc" | "desc";
}
/** What is sent: `{ filter: { name: { startsWith: "a" } }, sort: ["-age", "name"] }`; a minus sorts largest first. */
interface SentSearch {
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
declare function filterSchema<E extends AnyEntity>(entity: E, options: FilterSchemaOptions<InstanceOf<E>>): InputSchema<SentSearch, Search<InstanceOf<E>>>;

/** A relationship, worked out. */
interface Relationship {
    readonly key: string;
    readonly kind: "many" | "one" | "optional";
    readonly owner: Mapper;
    readonly target: Mapper;
    readonly options: RelationshipOptions;
    /** `owner`: the owner's row refers to the target. `target`: the target's row refers to the owner. `link`: a table links both. `custom`: by a condition of the user's. */
    readonly side: "owner" | "target" | "link" | "custom";
    /** Positions of the columns on both sides that are equal; for `link`, of the columns that the link refers to. */
    readonly ownColumns: readonly number[];
    readonly targetColumns: readonly number[];
    readonly link: Link | undefined;
    readonly viewOnly: boolean;
    /** The relationship of the target that shows the same rows, if it has one. */
    readonly inverse: Relationship | undefined;
}
/** The table between two classes, and the properties of its columns that refer to each side. */
interface Link {
    readonly source: AnyTable;
    readonly table: DeclaredTable;
    readonly own: readonly string[];
    readonly target: readonly string[];
}

declare class ObjectsByKey<T extends object = object> {
    #private;
    get size(): number;
    get(key: unknown): T | undefined;
    set(key: unknown, object: T): void;
    delete(key: unknown): void;
    /** Every object. They may be taken out meanwhile. */
    values(): Generator<T>;
    /** Every object with its key. They may be taken out meanwhile. */
    [Symbol.iterator](): Generator<readonly [unknown, T]>;
}

declare class IdentityMap {
    #private;
    /** The objects of one class, and of all that share its table, by key: for whoever adds many. */
    of(mapper: Mapper): ObjectsByKey;
    get(mapper: Mapper, identity: unknown): object | undefined;
    delete(mapper: Mapper, identity: unknown): void;
    /** Every class that has objects, with them. */
    entries(): Iterable<readonly [Mapper, ObjectsByKey]>;
    get size(): number;
    clear(): void;
}

/** What hydration needs of a session. */
interface HydrationPlace extends Owner {
    readonly identities: IdentityMap;
    /** Grows with each of the session's transactions. */
    readonly epoch: number;
    /** Where objects that are made are noted, if somebody wants to know. */
    readonly newcomers: object[] | undefined;
    /** Whether an object is to be deleted: a decision made about the row it came from. */
    isDoomed(entity: object): boolean;
}

/** What loading needs of a session. */
interface LoadPlace extends HydrationPlace {
    /** Runs a statement and gives its rows, in which sources that are entities are objects of the session. */
    rows(statement: unknown): Promise<readonly Record<string, unknown>[]>;
    readonly dialect: Dialect;
    /** Runs a statement and gives its rows as arrays of values, which belong to whoever asked. */
    arrays(statement: unknown): Promise<readonly unknown[][]>;
}

type Condition = ExprOf<boolean | null, any>;
type Conditions = readonly (Condition | ((target: any) => Condition))[];
/** The run-time side of {@link Relation}. */
declare class RelationAttribute {
    #private;
    readonly entity: AnyClass;
    readonly key: string;
    readonly nested: readonly RelationAttribute[];
    readonly strategy: LoadStrategy | undefined;
    constructor(entity: AnyClass, key: string, nested?: readonly RelationAttribute[], strategy?: LoadStrategy);
    get relationship(): Relationship;
    include(...nested: readonly RelationAttribute[]): RelationAttribute;
    by(strategy: LoadStrategy): RelationAttribute;
    any(...conditions: Conditions): Expr<boolean>;
    none(...conditions: Conditions): Expr<boolean>;
    every(...conditions: Conditions): Expr<boolean>;
    count(): Expr<number>;
    where(...conditions: Conditions): RelatedAttribute;
    orderBy(...by: readonly Order<any>[]): RelatedAttribute;
}
/** Some of the related objects: the run-time side of {@link Related}. */
declare class RelatedAttribute {
    readonly relation: RelationAttribute;
    readonly parts: {
        readonly conditions: Conditions;
        readonly orderBy: readonly Order<any>[];
        readonly limit: number | undefined;
    };
    constructor(relation: RelationAttribute, parts: RelatedAttribute["parts"]);
    where(...conditions: Conditions): RelatedAttribute;
    orderBy(...by: readonly Order<any>[]): RelatedAttribute;
    limit(rows: number): RelatedAttribute;
}

/** How rows that others hold are met: left out, or an error at once; without either they are waited for. */
type RowLock = Pick<LockOptions, "skipLocked" | "noWait">;
/** A lock of the objects' rows, by the name of Core's method. */
interface Lock {
    readonly method: "forUpdate" | "forShare";
    readonly options: RowLock;
}
/** What a query asks for. */
interface QueryParts {
    readonly entity: unknown;
    readonly conditions: readonly ExprOf<boolean | null, any>[];
    readonly orderBy: readonly (Order<any> | ExprOf<any, any>)[];
    readonly limit: unknown;
    readonly offset: unknown;
    readonly includes: readonly RelationAttribute[];
    /** Deferred columns and computed properties that are loaded after all. */
    readonly undefer: readonly string[];
    /** Default filters that do not hold. */
    readonly lifted: readonly string[];
    /** How the objects' rows are locked until the transaction ends. */
    readonly lock: Lock | undefined;
    /** What stands beside each object: expressions, and parts of relationships. */
    readonly beside: Readonly<Record<string, unknown>> | undefined;
    /** Of a class that stands for whole tables of several: those that are read, if not all. */
    readonly branches: readonly Recipe[] | undefined;
}

/** One page of a numbered list. */
interface Page<E> {
    readonly items: E[];
    /** How many objects there are on all pages. */
    readonly total: number;
    /** How many pages there are. */
    readonly pages: number;
}
/** What pages need of a session. */
interface PagePlace {
    entities(parts: QueryParts): Promise<object[]>;
    readonly dialect: Dialect;
    readonly cursorSecret: string | Uint8Array | undefined;
}

/** What streaming needs of a session. */
interface StreamPlace {
    /** Opens a stream of rows, in which sources that are entities are objects of the session. */
    openStream(statement: unknown, batch: number): Promise<RowStream<Record<string, unknown>>>;
    /** Runs the work when nothing else of the session runs. */
    /** @param lifted the default filters that do not hold meanwhile */
    exclusively<T>(lifted: readonly string[], work: (place: LoadPlace) => Promise<T>): Promise<T>;
    /** Lets go of an object. */
    evict(entity: object): void;
}
interface StreamOptions {
    /** How many objects at a time; 1,000 by default. */
    readonly batch?: number | undefined;
}

/** A query for objects. E: what it gives. Base: the class's instances. Name: its sources. Free: needs not met yet. Provided: the database's features. */
interface EntityQuery<E, Base, Name extends string, Free, Provided = never> {
    readonly [NEEDS]: Free;
    readonly [SHAPE]: E;
    /** Only objects whose rows meet all conditions. */
    where<const X extends readonly Cond[]>(...conditions: X): EntityQuery<E, Base, Name, Free | Exclude<NeedsIn<X>, Of<Name>>, Provided>;
    /**
     * Only objects that a filter given as data finds. For data that is not to be trusted there is `filterSchema`.
     *
     * @throws {ParameterError} naming the path of a value that is undefined, or of a name that the mapping has not
     */
    filter(filter: Filter<Base>): EntityQuery<E, Base, Name, Free, Provided>;
    /** Only objects that a search from outside finds, checked by a {@link filterSchema}; ordered as it says. */
    filterWith(search: Search<Base>): EntityQuery<E, Base, Name, Free, Provided>;
    /** Loads relationships too, to any depth: the type of the result says so. */
    include<const R extends readonly AnyRelation<Name>[]>(...relations: R): EntityQuery<Several extends Name ? Including<E, R> : E & Shape<R>, Base, Name, Free, Provided>;
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
    of<const S extends readonly [OfBase<Base>, ...OfBase<Base>[]]>(...classes: S): EntityQuery<[
        Base
    ] extends [E] ? InstanceOf<S[number]> : E & InstanceOf<S[number]>, InstanceOf<S[number]>, S extends readonly [infer One] ? NameOf<One> : Name | NameOf<S[number]> | Several, Free, Provided>;
    /**
     * Puts something beside each object: expressions, and some of the related objects. The result is rows of `{ entity, … }`.
     *
     * @example
     * await session.query(User).with({ newest: User.posts.orderBy(posts.at.desc()).limit(3), n: User.posts.count() }).all();
     */
    with<const W extends Readonly<Record<string, ExprOf<any, any> | BesidePart<Name>>>>(beside: W): EntityRows<{
        entity: E;
    } & BesideOf<W>, Free | NeedsBeside<W, Name>, Provided>;
    /** Sorts; further calls add lesser keys. */
    orderBy<const X extends readonly Needing[]>(...by: X): EntityQuery<E, Base, Name, Free | Exclude<NeedsIn<X>, Of<Name>>, Provided>;
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
    page(this: Ready<Exclude<Free, Provided>, unknown>, at: {
        readonly page: number;
        readonly size: number;
    }): Promise<Page<E>>;
    /**
     * The objects after a cursor, or the first ones (null). Each object comes once, whatever the query is ordered by and whatever
     * is inserted meanwhile: the position is found by value, not by counting. Nulls stand where the order says, else as if
     * greater than any value.
     *
     * @throws {CursorError} if the cursor was altered, or is one of another query
     */
    after(this: Ready<Exclude<Free, Provided>, unknown>, cursor: string | null, at: {
        readonly size: number;
    }): Promise<CursorPage<E>>;
    /** The objects before a cursor, or the last ones (null), in the query's order. */
    before(this: Ready<Exclude<Free, Provided>, unknown>, cursor: string | null, at: {
        readonly size: number;
    }): Promise<CursorPage<E>>;
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
type Found<Q extends {
    readonly [SHAPE]: any;
}> = Q[typeof SHAPE];
/** Among the sources of a query, says that its objects are of several classes. */
type Several = "of several";
/** Objects of several classes, each with those of the relationships that it has. */
type Including<E, R extends readonly unknown[]> = E extends unknown ? E & Shape<readonly Extract<R[number], AnyRelation<OwnerOf<E>>>[]> : never;
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
    -readonly [K in keyof W]: W[K] extends ExprOf<infer T, any> ? T : W[K] extends {
        readonly [SHAPE]: infer S;
    } ? S : never;
} & {};
type NeedsBeside<W, Name extends string> = W[keyof W] extends infer V ? V extends Needing ? Exclude<V[typeof NEEDS], Of<Name>> : never : never;
/** A query for objects with something beside each. */
interface EntityRows<R, Free, Provided> {
    readonly [NEEDS]: Free;
    readonly [SHAPE]: R;
    all(this: Ready<Exclude<Free, Provided>, unknown>): Promise<R[]>;
    first(this: Ready<Exclude<Free, Provided>, unknown>): Promise<R | undefined>;
    one(this: Ready<Exclude<Free, Provided>, unknown>): Promise<R>;
    page(this: Ready<Exclude<Free, Provided>, unknown>, at: {
        readonly page: number;
        readonly size: number;
    }): Promise<Page<R>>;
    after(this: Ready<Exclude<Free, Provided>, unknown>, cursor: string | null, at: {
        readonly size: number;
    }): Promise<CursorPage<R>>;
    before(this: Ready<Exclude<Free, Provided>, unknown>, cursor: string | null, at: {
        readonly size: number;
    }): Promise<CursorPage<R>>;
}

declare const sessionEvents: readonly ["beforeFlush", "afterFlush", "beforeCommit", "afterCommit", "beforeRollback", "afterRollback"];
/** What a session does as a whole. After a commit is the time to send messages: nothing can undo it any more. */
type SessionEvent = (typeof sessionEvents)[number];
declare const objectEvents: readonly ["load", "beforeInsert", "afterInsert", "beforeUpdate", "afterUpdate", "beforeDelete", "afterDelete"];
/** What a session does with one object. */
type ObjectEvent = (typeof objectEvents)[number];

interface Tracked {
    readonly identities: IdentityMap;
    /** New objects, in the order they were added. */
    readonly pending: Set<object>;
    /** Objects that are to be deleted. */
    readonly doomed: Set<object>;
    /** Objects whose relationships were changed. */
    readonly touched: Set<object>;
}
/** What a flush needs of its session. */
interface FlushPlace extends LoadPlace {
    readonly tracked: Tracked;
}

/** Who runs queries: the session. */
interface QueryPlace extends StreamPlace, PagePlace {
    entities(parts: QueryParts): Promise<object[]>;
    scalar(statement: unknown): Promise<unknown>;
    updateBy(parts: QueryParts, set: Record<string, unknown>): Promise<number>;
    deleteBy(parts: QueryParts): Promise<number>;
}

/** What the unit of work needs of its session. */
interface WorkPlace extends FlushPlace {
    /** What comes from now on is newer than what came before; gives the number of what came before. */
    nextEpoch(): number;
}

interface SessionOptions {
    /** Whether changes are written before each query, so that it sees them; true by default. */
    readonly autoflush?: boolean | undefined;
    /** How its transactions are begun. */
    readonly transaction?: TransactionOptions | undefined;
    /** Signs the cursors of pages, so that nobody else can make one. The same on every server that reads them. */
    readonly cursorSecret?: string | Uint8Array | undefined;
    /** What parameters of default filters stand for in this session: `{ tenant: 7 }`. */
    readonly parameters?: Readonly<Record<string, unknown>> | undefined;
}
/** How an object is looked for by its key. */
interface GetOptions {
    /** The default filters that do not hold, by name. */
    readonly without?: readonly string[] | undefined;
}
/** What a session works on. */
type SessionDatabase<Provided> = Database<Provided> | Transaction<Provided>;
interface RunSessionOptions extends SessionOptions {
    /** How often the work is run again after a serialization failure, a deadlock or a lock timeout, or what `also` says. */
    readonly retry?: number | RetryOptions | undefined;
}
/**
 * The objects of one piece of work: one row, one object. Closed when the work is done; `await using` does it.
 *
 * @example
 * const session = new Session(db);
 * const user = await session.getOne(User, 1);
 * await session.close();
 */
declare class Session<Provided = never> implements WorkPlace, QueryPlace, AsyncDisposable {
    #private;
    readonly [PROVIDES]?: (feature: Provided) => void;
    readonly identities: IdentityMap;
    newcomers: object[] | undefined;
    readonly tracked: Tracked;
    /** A session on a database; on a transaction, its own transactions are savepoints of that one. */
    constructor(db: SessionDatabase<Provided>, options?: SessionOptions);
    get isClosed(): boolean;
    get epoch(): number;
    /** A query for the objects of a class. */
    query<E extends AnyEntity>(entity: E): EntityQuery<InstanceOf<E>, InstanceOf<E>, NameOf<E>, never, Provided>;
    /**
     * The object with a key: the one the session has, or read from the database; null if there is none.
     *
     * @param options.without the default filters that do not hold, by name
     */
    get<E extends AnyEntity>(entity: E, key: NoInfer<KeyOf<E>>, options?: GetOptions): Promise<InstanceOf<E> | null>;
    /** The object with a key. @throws {NoRowError} if there is none */
    getOne<E extends AnyEntity>(entity: E, key: NoInfer<KeyOf<E>>, options?: GetOptions): Promise<InstanceOf<E>>;
    /** Runs a statement: classes in its selection come as objects of the session. */
    all<R, N, G extends Following>(statement: Runnable<R, N, Provided, G>, ...given: Placed<G, RunArguments<N>>): Promise<R[]>;
    /**
     * The objects that the rows of any statement stand for: its columns are called as the properties of the class are.
     *
     * @example
     * await session.from(User, select(users).where(users.age.gt(18)).union(select(users).where(users.role.eq("admin"))));
     */
    from<E extends AnyEntity, R extends Partial<RowOfEntity<E>>, N, G extends Following>(entity: E, statement: Runnable<R, N, Provided, G>, ...given: Placed<G, RunArguments<N>>): Promise<InstanceOf<E>[]>;
    /** Loads relationships, deferred columns and computed properties of an object that has been loaded without them. */
    load<E extends object, const R extends readonly (AnyRelation<OwnerOf<E>> | (keyof E & string))[]>(entity: E, ...what: R): Promise<E & Shape<R>>;
    /**
     * Reads an object's row again, and the relationships and computed properties that are loaded; with names and relationships, those
     * alone. What was changed in them and not written is lost.
     *
     * @throws {DetachedError} if the row is no longer there
     * @example
     * const user = await session.getOne(User, 1);
     * await session.refresh(user, "name", User.posts);
     */
    refresh<E extends object>(entity: E, ...what: readonly (AnyRelation<OwnerOf<E>> | (keyof E & string))[]): Promise<void>;
    /**
     * Brings an object over, from another session, from none, or made of data that came from elsewhere: what it holds is copied into
     * this session's object for the same row, which is read if need be, or into a new one. The objects in its loaded relationships
     * come with it.
     *
     * @throws {StaleDataError} if the row has another version by now
     */
    merge<E extends object>(entity: E): Promise<E>;
    /** New objects are inserted at the next flush, with those that can be reached through their relationships. */
    add(...entities: readonly object[]): void;
    /** The rows of these objects are deleted at the next flush, with what their relationships' cascades say. */
    delete(...entities: readonly object[]): void;
    /** Writes what was changed: inserts, updates and deletes, in an order in which they can be. A failure leaves all as it was. */
    flush(): Promise<void>;
    /** Writes what was changed and commits the transaction. */
    commit(): Promise<void>;
    /** Undoes what was done since the last commit, in the database and on the objects, also what was not written yet. */
    rollback(): Promise<void>;
    /** Runs the callback inside a savepoint: if it throws, what it did is undone, in the database and on the objects. */
    nested<T>(work: () => T | Promise<T>): Promise<T>;
    /** Calls the handler when the session does something; gives what takes the handler away again. */
    on(event: SessionEvent, handler: () => void | Promise<void>): () => void;
    /** Calls the handler for each object of the class that something happens to. */
    on<E extends AnyEntity>(event: ObjectEvent, entity: E, handler: (object: InstanceOf<E>) => void | Promise<void>): () => void;
    /**
     * Runs the work with a session of its own and commits. If it fails, everything is rolled back.
     *
     * @param options.retry how often all of it is run again, with a new session, after a conflict with another transaction
     */
    static run<Provided, T>(db: SessionDatabase<Provided>, work: (session: Session<Provided>) => T | Promise<T>, options?: RunSessionOptions): Promise<T>;
    /** Lets go of an object: it belongs to no session any more. */
    expunge(...entities: readonly object[]): void;
    /** Which of the five states an object is in. */
    status(entity: object): Status;
    /** Whether an object differs from its row. */
    isChanged(entity: object): boolean;
    /** Ends the session: its objects are detached. */
    close(): Promise<void>;
    [Symbol.asyncDispose](): Promise<void>;
    find(mapper: Mapper, identity: unknown): object | undefined;
    lookUp(mapper: Mapper, key: readonly unknown[], without?: readonly string[]): Promise<object | null>;
    isDoomed(entity: object): boolean;
    owns(entity: object): boolean;
    loadRelationship(entity: object, key: string): Promise<void>;
    /**
     * Inserts rows of plain values without making objects of them, and gives how many.
     *
     * @example
     * await session.insertMany(User, [{ name: "Eve", email: "eve@example.org" }, { name: "Finn", email: "finn@example.org" }]);
     */
    insertMany<E extends AnyEntity>(entity: E, rows: readonly InsertRow<E>[]): Promise<number>;
    /**
     * Inserts rows of plain values, or changes those that are there, and gives the objects that stand for them.
     *
     * @param how.by the columns that no two rows share
     * @param how.set the columns that are written where the row is there already; unless said, those given
     */
    upsert<E extends AnyEntity>(entity: E, rows: readonly InsertRow<E>[], how: {
        readonly by: readonly (keyof InsertRow<E> & string)[];
        readonly set?: readonly (keyof InsertRow<E> & string)[];
    }): Promise<InstanceOf<E>[]>;
    updateBy(parts: QueryParts, set: Record<string, unknown>): Promise<number>;
    deleteBy(parts: QueryParts): Promise<number>;
    entities(parts: QueryParts): Promise<object[]>;
    get dialect(): Dialect;
    get cursorSecret(): string | Uint8Array | undefined;
    scalar(statement: unknown): Promise<unknown>;
    rows(statement: unknown): Promise<readonly Record<string, unknown>[]>;
    arrays(statement: unknown): Promise<readonly unknown[][]>;
    openStream(statement: unknown, batch: number): Promise<RowStream<Record<string, unknown>>>;
    exclusively<T>(lifted: readonly string[], work: (place: LoadPlace) => Promise<T>): Promise<T>;
    evict(entity: object): void;
    touch(entity: object): void;
    keep(entity: object, state: State): void;
    nextEpoch(): number;
}

export { DetachedError, FlushError, MappingError, NotLoadedError, OtherSessionError, Session, StaleDataError, abstractTable, filterSchema, inherit, many, mapped, one, optional, ordered, plain, without };
export type { AnyEntity, AnyRelation, Collection, Comparing, ComparingText, Discriminator, Embedding, Embeddings, Entity, EntityQuery, FieldPath, Filter, FilterLogic, FilterMany, FilterOperator, FilterSchemaOptions, Found, GetOptions, Identity, Inherited, Inheriting, Init, Instance, InstanceWith, KeyOf, Loaded, ManyDef, ManyOptions, Mapped, MappedWith, Mapping, ObjectEvent, OfClass, OneDef, OneOptions, OptionalDef, OrderedCollection, OrderedDef, OrderedOptions, Page, Pending, Plain, Related, Relation, RunSessionOptions, Search, SentSearch, SessionDatabase, SessionEvent, SessionOptions, Shape, Sorting, Status };
