// athanor/postgres, made by `npm run api`

import { Transaction, Feature, RunOptions, Database, Given, ExprOf, Expr, ColOf, NeedsIn, NULLS, PinnedConnection, Statement, TableMeta, InsertOf, Col, Queries, Sequence, Derived, DatabaseOptions } from 'athanor';
import { Dialect } from 'athanor/dialect';
import { ConnectionOptions } from 'node:tls';

/** Everything but what is MySQL's own. */
declare const postgresFeatures: readonly ["FULL JOIN", "RIGHT JOIN", "LATERAL", "INSERT RETURNING", "UPDATE RETURNING", "DELETE RETURNING", "RETURNING SOURCES", "INTERSECT ALL", "DISTINCT ON", "ROW LOCKS", "KEY LOCKS", "LOCK OF", "SKIP LOCKED", "WITH TIES", "ROLLUP", "CUBE", "WINDOW GROUPS", "AGGREGATE FILTER", "ORDERED SET", "AGGREGATE ORDER", "ON CONFLICT TARGET", "ON CONFLICT WHERE", "ON CONFLICT CONSTRAINT", "UPDATE FROM", "DELETE USING", "MERGE", "WITH INSERT", "WITH UPDATE", "WRITING CTE", "MATERIALIZED CTE", "ORDINALITY", "TABLESAMPLE", "ONLY", "ARRAYS", "RANGES", "FULL TEXT", "JSONB", "QUANTIFIED", "REGEXP", "STATISTICS", "SEQUENCES", "ENUMS", "DOMAINS", "INTERVALS", "NETWORK", "VECTORS", "MATERIALIZED VIEWS", "SCHEMAS", "EXCLUSION CONSTRAINTS", "DEFERRABLE CONSTRAINTS", "TWO-PHASE COMMIT", "COPY", "NOTIFY", "ADVISORY LOCKS", "COMMENTS", "ALTER CONSTRAINTS", "TRANSACTIONAL DDL"];
/** The name of a feature that PostgreSQL has. */
type PostgresFeature = (typeof postgresFeatures)[number];
declare const postgresDialect: Dialect;

/** The connection that a client of pg writes to and reads from. */
interface PgWire {
    readonly stream: {
        cork?(): void;
        uncork?(): void;
        destroy(error?: Error): void;
        readonly writable: boolean;
        pause?(): void;
        resume?(): void;
        readonly writableNeedDrain?: boolean;
        once(event: "drain" | "close", listener: () => void): unknown;
    };
    connect(port: number | string, host?: string): void;
    requestSsl(): void;
    cancel(processId: number, secretKey: number): void;
    query(text: string): void;
    parse(statement: {
        readonly text: string;
        readonly name: string;
    }): void;
    bind(portal: {
        readonly portal?: string;
        readonly statement: string;
        readonly values: readonly unknown[];
        readonly valueMapper: (value: unknown) => unknown;
    }): void;
    execute(portal: {
        readonly portal?: string;
        readonly rows?: number;
    } | undefined): void;
    close(what: {
        readonly type: "S" | "P";
        readonly name: string;
    }): void;
    flush(): void;
    sync(): void;
    sendCopyFromChunk(chunk: Buffer): void;
    endCopyFrom(): void;
    sendCopyFail(message: string): void;
    end(): void;
    on(event: string, listener: (message: never) => void): unknown;
    once(event: string, listener: (message: never) => void): unknown;
    prependListener(event: string, listener: (message: never) => void): unknown;
    removeListener(event: string, listener: (message: never) => void): unknown;
}
/** What a client of pg hands the server's messages to, from `submit` to the end of the exchange. */
interface Submittable {
    submit(wire: PgWire): Error | null;
    handleRowDescription(message: unknown): void;
    handleDataRow(message: {
        readonly fields: readonly (string | null)[];
    }): void;
    handlePortalSuspended(wire: PgWire): void;
    handleEmptyQuery(wire: PgWire): void;
    handleCommandComplete(message: {
        readonly text: string;
    }, wire: PgWire): void;
    handleReadyForQuery(wire: PgWire): void;
    handleError(error: Error, wire: PgWire): void;
    handleCopyInResponse(wire: PgWire): void;
    handleCopyData(message: {
        readonly chunk: Uint8Array;
    }, wire: PgWire): void;
}
interface PgClient {
    readonly connection: PgWire;
    readonly host: string;
    readonly port: number | string;
    readonly ssl: unknown;
    readonly sslNegotiation?: string;
    readonly processID: number | null;
    readonly secretKey: number | null;
    readonly pipeline?: boolean;
    /** pg has no public word for it: whether the client has not lost its connection. */
    readonly _queryable?: boolean;
    query(submittable: Submittable): unknown;
    /** Given by the pool; with an error the client is destroyed. */
    release(error?: Error | boolean): void;
    on(event: string, listener: (...facts: never[]) => void): unknown;
    once(event: string, listener: (...facts: never[]) => void): unknown;
    removeListener(event: string, listener: (...facts: never[]) => void): unknown;
}
/** A pool of pg's: `new pg.Pool(…)`. */
interface PgPool {
    connect(callback: (error: Error | undefined, client: PgClient | undefined) => void): void;
    end(): Promise<void>;
    on(event: string, listener: (...facts: never[]) => void): unknown;
    readonly options: {
        readonly max?: number;
    };
    readonly totalCount: number;
    readonly waitingCount: number;
}

interface PostgresOptions$1 {
    /** `postgres://user:password@host:5432/database`; what stands beside it here has precedence. */
    readonly url?: string | undefined;
    readonly host?: string | undefined;
    readonly port?: number | undefined;
    readonly user?: string | undefined;
    /** A function is asked for each new connection, so that a password can expire. */
    readonly password?: string | (() => string | Promise<string>) | undefined;
    readonly database?: string | undefined;
    /** Passed on to `tls.connect`; `true` verifies the server against the system's authorities. */
    readonly ssl?: boolean | ConnectionOptions | undefined;
    /** How the server names this program, e.g. in `pg_stat_activity`. */
    readonly applicationName?: string | undefined;
    /** Settings for each session, e.g. `{ search_path: "app" }`. */
    readonly settings?: Readonly<Record<string, string>> | undefined;
    /** The most connections at once; 10 by default. */
    readonly max?: number | undefined;
    /** How long an unused connection is kept, in milliseconds; 10,000 by default. */
    readonly idleTimeout?: number | undefined;
    /** How long to wait for a new connection to be made, in milliseconds; 10,000 by default. */
    readonly connectTimeout?: number | undefined;
    /** How long to wait for a connection of the pool to come free, in milliseconds; 30,000 by default. */
    readonly acquireTimeout?: number | undefined;
    /** How long to wait for the server to confirm that a statement was stopped, in milliseconds; 5,000 by default. */
    readonly cancelTimeout?: number | undefined;
    /** How long `close()` waits for what still runs before it cuts the connections, in milliseconds; 30,000 by default. */
    readonly closeTimeout?: number | undefined;
    /**
     * Whether statements are prepared on the server by name; they are by default. A pooler that gives each transaction
     * another connection (pgbouncer before 1.21) forbids it.
     */
    readonly prepare?: boolean | undefined;
    /** The most statements that a connection keeps prepared; 256 by default. */
    readonly preparedLimit?: number | undefined;
    /**
     * When a connection's session is reset before it goes to the next user: `auto` resets it after a text that could have
     * changed it, which a function that calls `set` inside hides; `always` costs a round trip each time.
     */
    readonly reset?: "auto" | "always" | undefined;
    /** Further options of `pg.Pool`. */
    readonly pg?: object | undefined;
}

type Locks = Feature<"ADVISORY LOCKS">;
/** What a lock is called. A name stands for the first 64 bits of its SHA-256. */
type LockKey = string | bigint;
interface LockOptions {
    /** Whether others that lock it shared may have it at the same time. */
    readonly shared?: boolean | undefined;
}
/** Waits for a lock, which the end of the transaction gives up. */
declare function lockInTransaction(tx: Transaction<Locks>, key: LockKey, { shared, ...options }?: LockOptions & RunOptions): Promise<void>;
/** Takes a lock if it is free, which the end of the transaction gives up, and says whether it did. */
declare function tryLockInTransaction(tx: Transaction<Locks>, key: LockKey, { shared, ...options }?: LockOptions & RunOptions): Promise<boolean>;
/**
 * Waits for a lock, runs the work while it holds it, and gives it up. The lock is held by a connection of its own.
 *
 * @example
 * await withLock(db, "nightly report", () => writeReport());
 */
declare function withLock<T>(db: Database<Locks>, key: LockKey, work: () => T | Promise<T>, { shared, ...options }?: LockOptions & RunOptions): Promise<T>;
/** Runs the work if the lock is free, while it holds it; gives `undefined` if it is not. */
declare function withLockIfFree<T>(db: Database<Locks>, key: LockKey, work: () => T | Promise<T>, { shared, ...options }?: LockOptions & RunOptions): Promise<{
    readonly result: T;
} | undefined>;

/** Null where a side is. */
type Strict<R, T, U = never> = R | (T & null) | NoInfer<U & null>;
/** The needs of both sides, and the feature. */
type Both<N, M, F> = N | Given<M> | F;

type Arrays$1 = Feature<"ARRAYS">;
type List = readonly unknown[] | null;
type Element$1<T> = NonNullable<T> extends readonly (infer E)[] ? E : never;
/** Whether the array holds every element of the other: `tags @> other`. */
declare function contains$3<T extends List, N, L, U extends List = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Arrays$1>, L | NoInfer<K>>;
/** Whether every element of the array is in the other: `tags <@ other`. */
declare function containedBy$2<T extends List, N, L, U extends List = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Arrays$1>, L | NoInfer<K>>;
/** Whether both arrays have an element in common: `tags && other`. */
declare function overlaps$2<T extends List, N, L, U extends List = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Arrays$1>, L | NoInfer<K>>;
/** For the right of a comparison: it holds for at least one element. `literal(5).eq(any(users.scores))`. */
declare function any<T extends List, N, L>(of: ExprOf<T, N, L>): Expr<Element$1<T> | (T & null), N | Arrays$1, L>;
/** For the right of a comparison: it holds for every element. */
declare function all<T extends List, N, L>(of: ExprOf<T, N, L>): Expr<Element$1<T> | (T & null), N | Arrays$1, L>;
/** An array of expressions: `array[a, b]`. With the column type of its elements, since there may be none. */
declare function list<T, const A extends readonly ExprOf<T, any>[]>(of: ColOf<T, any>, ...items: A): Expr<T[], NeedsIn<A> | Arrays$1, A[number][typeof NULLS]>;
/** How many elements the array has. */
declare function length<T extends List, N, L>(of: ExprOf<T, N, L>): Expr<Strict<number, T>, N | Arrays$1, L>;
/** The element at a position, from 1; null where there is none. */
declare function element<T extends List, N, L>(of: ExprOf<T, N, L>, position: number): Expr<Element$1<T> | null, N | Arrays$1, L>;
/** The elements between two positions, from 1, both included. */
declare function slice<T extends List, N, L>(of: ExprOf<T, N, L>, from: number, to: number): Expr<T, N | Arrays$1, L>;
/** The array with the other behind it. */
declare function concat$1<T extends List, N, L, U extends List = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<NonNullable<T> | (T & U & null), Both<N, M, Arrays$1>, L | NoInfer<K>>;
/** The array with one more element at its end. */
declare function append<T extends List, N, L>(of: ExprOf<T, N, L>, item: Element$1<T>): Expr<NonNullable<T>, N | Arrays$1, L>;
/** The array without any element equal to this one. */
declare function remove<T extends List, N, L>(of: ExprOf<T, N, L>, item: Element$1<T>): Expr<T, N | Arrays$1, L>;
/** The array with every element equal to one replaced by another. */
declare function replace<T extends List, N, L>(of: ExprOf<T, N, L>, item: Element$1<T>, by: Element$1<T>): Expr<T, N | Arrays$1, L>;
/** Where an element first stands, from 1; null if it does not. */
declare function position<T extends List, N, L>(of: ExprOf<T, N, L>, item: Element$1<T>): Expr<number | null, N | Arrays$1, L>;
/** The elements as one text, joined by a separator; nulls are left out. */
declare function join<T extends List, N, L>(of: ExprOf<T, N, L>, separator: string): Expr<Strict<string, T>, N | Arrays$1, L>;

declare const arrays_d_all: typeof all;
declare const arrays_d_any: typeof any;
declare const arrays_d_append: typeof append;
declare const arrays_d_element: typeof element;
declare const arrays_d_join: typeof join;
declare const arrays_d_length: typeof length;
declare const arrays_d_list: typeof list;
declare const arrays_d_position: typeof position;
declare const arrays_d_remove: typeof remove;
declare const arrays_d_replace: typeof replace;
declare const arrays_d_slice: typeof slice;
declare namespace arrays_d {
  export {
    arrays_d_all as all,
    arrays_d_any as any,
    arrays_d_append as append,
    concat$1 as concat,
    containedBy$2 as containedBy,
    contains$3 as contains,
    arrays_d_element as element,
    arrays_d_join as join,
    arrays_d_length as length,
    arrays_d_list as list,
    overlaps$2 as overlaps,
    arrays_d_position as position,
    arrays_d_remove as remove,
    arrays_d_replace as replace,
    arrays_d_slice as slice,
  };
}

type Copy = Feature<"COPY">;
/** Where a COPY can run. */
type CopyPlace = Database<Copy> | Transaction<Copy> | PinnedConnection<Copy>;
/** How rows are written as text. */
interface CopyFormat {
    readonly format?: "text" | "csv" | "binary" | undefined;
    /** Whether the first line of CSV names the columns. */
    readonly header?: boolean | undefined;
}
type Source<T> = AsyncIterable<T> | Iterable<T>;
/**
 * Writes rows into a table, all of them or none, and gives their number. Every row gives the same columns as the first; the
 * others take their defaults. Triggers and constraints hold as ever. Without a timeout, it takes as long as its rows do.
 *
 * @throws {ParameterError} if a value is none of its column's type, or a row gives other columns; nothing is written then
 * @example
 * await copyInto(db, users, [{ name: "Ann" }, { name: "Bob" }]);
 */
declare function copyInto<Name extends string, C>(place: CopyPlace, table: TableMeta<Name, C, any>, rows: Source<InsertOf<C>>, options?: RunOptions): Promise<number>;
/** Writes text in one of COPY's formats into a table: a file, say. Gives the number of rows. */
declare function copyTextInto<Name extends string, C>(place: CopyPlace, table: TableMeta<Name, C, any>, text: AsyncIterable<Uint8Array | string>, options?: RunOptions & CopyFormat & {
    readonly columns?: readonly (keyof C & string)[];
}): Promise<number>;
/**
 * The rows of a statement as text in one of COPY's formats, in chunks as they come. Ending the iteration early ends the COPY.
 *
 * @throws {CompileError} if the statement has values to be bound: COPY takes no parameters
 * @example
 * const chunks = copyFrom(db, select(users), { format: "csv", header: true });
 * await pipeline(chunks, createWriteStream("users.csv"));
 */
declare function copyFrom<R>(place: CopyPlace, from: Statement<R, any>, options?: RunOptions & CopyFormat): AsyncGenerator<Uint8Array, undefined>;

type FullText = Feature<"FULL TEXT">;
declare const LEXEMES: unique symbol;
declare const SEARCH: unique symbol;
/** A text prepared for searching, as PostgreSQL writes it: `'fat':2 'rat':3`. */
type TsVector = string & {
    readonly [LEXEMES]: true;
};
/** A search, as PostgreSQL writes it: `'fat' & 'rat'`. */
type TsQuery = string & {
    readonly [SEARCH]: true;
};
/** A column of prepared text, usually `generatedAs` of other columns, with a GIN index. */
declare const tsvector: (name?: string) => Col<TsVector, "required", FullText>;
/** A column of searches. */
declare const tsquery: (name?: string) => Col<TsQuery, "required", FullText>;
/** In which language. Without one the database's own setting holds, which a generated column or an index cannot use. */
interface InLanguage {
    /** A text search configuration: `english`, `german`, `simple` … */
    readonly language?: string | undefined;
}
/** The text, prepared for searching: its words by their stems. */
declare function toTsVector<T extends string | null, N, L>(of: ExprOf<T, N, L>, options?: InLanguage): Expr<Strict<TsVector, T>, N | FullText, L>;
/** A search in the words of a person: quotes, `or` and `-` mean what they do in search engines. Never a syntax error. */
declare function webSearch(words: string, options?: InLanguage): Expr<TsQuery, FullText>;
/** A search for all of the words, in any order. */
declare function plainSearch(words: string, options?: InLanguage): Expr<TsQuery, FullText>;
/** A search for the words after each other. */
declare function phraseSearch(words: string, options?: InLanguage): Expr<TsQuery, FullText>;
/** A search in PostgreSQL's own language: `fat & (rat | cat:*)`. A text that is none is an error. */
declare function toTsQuery(query: string, options?: InLanguage): Expr<TsQuery, FullText>;
/** Whether the prepared text matches the search: `vector @@ query`. */
declare function matches<T extends TsVector | null, N, L, U extends TsQuery | null, M, K>(of: ExprOf<T, N, L>, query: ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, FullText>, L | NoInfer<K>>;
/** How well the prepared text matches, by how often the words occur. */
declare function rank<T extends TsVector | null, N, L, U extends TsQuery | null, M, K>(of: ExprOf<T, N, L>, query: ExprOf<U, M, K>): Expr<Strict<number, T, U>, Both<N, M, FullText>, L | NoInfer<K>>;
/** How well the prepared text matches, by how near the words are to each other. */
declare function rankByCover<T extends TsVector | null, N, L, U extends TsQuery | null, M, K>(of: ExprOf<T, N, L>, query: ExprOf<U, M, K>): Expr<Strict<number, T, U>, Both<N, M, FullText>, L | NoInfer<K>>;
interface HeadlineOptions extends InLanguage {
    /** What stands before and after each word found; `<b>` and `</b>` unless given. The text around is not escaped. */
    readonly start?: string | undefined;
    readonly stop?: string | undefined;
    /** About how many words are shown. */
    readonly maxWords?: number | undefined;
    readonly minWords?: number | undefined;
    readonly maxFragments?: number | undefined;
}
/** The part of a text that a search matches, with the words found marked. */
declare function headline<T extends string | null, N, L, U extends TsQuery | null, M, K>(of: ExprOf<T, N, L>, query: ExprOf<U, M, K>, options?: HeadlineOptions): Expr<Strict<string, T, U>, Both<N, M, FullText>, L | NoInfer<K>>;
/** The prepared text with its words weighted, for `rank`: A counts most. */
declare function weighted<T extends TsVector | null, N, L>(of: ExprOf<T, N, L>, weight: "A" | "B" | "C" | "D"): Expr<T, N | FullText, L>;
/** Two prepared texts after each other. */
declare function concat<T extends TsVector | null, N, L, U extends TsVector | null, M, K>(of: ExprOf<T, N, L>, other: ExprOf<U, M, K>): Expr<T | NoInfer<U & null>, Both<N, M, FullText>, L | NoInfer<K>>;
/** The words of a prepared text, by their stems. */
declare function lexemes<T extends TsVector | null, N, L>(of: ExprOf<T, N, L>): Expr<Strict<string[], T>, N | FullText, L>;

type fullText_d_HeadlineOptions = HeadlineOptions;
type fullText_d_InLanguage = InLanguage;
type fullText_d_TsQuery = TsQuery;
type fullText_d_TsVector = TsVector;
declare const fullText_d_concat: typeof concat;
declare const fullText_d_headline: typeof headline;
declare const fullText_d_lexemes: typeof lexemes;
declare const fullText_d_matches: typeof matches;
declare const fullText_d_phraseSearch: typeof phraseSearch;
declare const fullText_d_plainSearch: typeof plainSearch;
declare const fullText_d_rank: typeof rank;
declare const fullText_d_rankByCover: typeof rankByCover;
declare const fullText_d_toTsQuery: typeof toTsQuery;
declare const fullText_d_toTsVector: typeof toTsVector;
declare const fullText_d_tsquery: typeof tsquery;
declare const fullText_d_tsvector: typeof tsvector;
declare const fullText_d_webSearch: typeof webSearch;
declare const fullText_d_weighted: typeof weighted;
declare namespace fullText_d {
  export { fullText_d_concat as concat, fullText_d_headline as headline, fullText_d_lexemes as lexemes, fullText_d_matches as matches, fullText_d_phraseSearch as phraseSearch, fullText_d_plainSearch as plainSearch, fullText_d_rank as rank, fullText_d_rankByCover as rankByCover, fullText_d_toTsQuery as toTsQuery, fullText_d_toTsVector as toTsVector, fullText_d_tsquery as tsquery, fullText_d_tsvector as tsvector, fullText_d_webSearch as webSearch, fullText_d_weighted as weighted };
  export type { fullText_d_HeadlineOptions as HeadlineOptions, fullText_d_InLanguage as InLanguage, fullText_d_TsQuery as TsQuery, fullText_d_TsVector as TsVector };
}

type Jsonb = Feature<"JSONB">;
/** A part of a document: any of its properties may be left out, to any depth. */
type Part<T> = T extends readonly (infer E)[] ? readonly Part<E>[] : T extends object ? {
    [K in keyof T]?: Part<T[K]>;
} : T;
/** Whether the document contains the other: objects by property, arrays by element, in any order. */
declare function contains$2<T, N, L, U = never, M = never, K = never>(of: ExprOf<T, N, L>, other: Part<NonNullable<T>> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Jsonb>, L | NoInfer<K>>;
/** Whether the document is contained in the other. */
declare function containedBy$1<T, N, L, U = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Jsonb>, L | NoInfer<K>>;
/** Whether the object has the key, or the array the text, at its top. */
declare function hasKey<T, N, L>(of: ExprOf<T, N, L>, key: string): Expr<Strict<boolean, T>, N | Jsonb, L>;
/** Whether it has one of the keys. */
declare function hasAnyKey<T, N, L>(of: ExprOf<T, N, L>, keys: readonly string[]): Expr<Strict<boolean, T>, N | Jsonb, L>;
/** Whether it has all of the keys. */
declare function hasAllKeys<T, N, L>(of: ExprOf<T, N, L>, keys: readonly string[]): Expr<Strict<boolean, T>, N | Jsonb, L>;
/** Both documents as one: of properties that both have, the other's. Properties within properties are not joined. */
declare function merge<T, N, L, U = never, M = never, K = never>(of: ExprOf<T, N, L>, other: Partial<NonNullable<T>> | ExprOf<U, M, K>): Expr<T | NoInfer<U & null>, Both<N, M, Jsonb>, L | NoInfer<K>>;
/** The object without some of its properties. */
declare function without<T, N, L, const P extends keyof NonNullable<T> & string>(of: ExprOf<T, N, L>, ...keys: readonly P[]): Expr<Omit<NonNullable<T>, P> | (T & null), N | Jsonb, L>;
/** Whether a path of the SQL/JSON language finds anything: `$.items[*] ? (@.price > 10)`. Errors in the document are none. */
declare function pathExists<T, N, L>(of: ExprOf<T, N, L>, path: string): Expr<boolean | null, N | Jsonb, L>;
/** What a predicate of the SQL/JSON path language says: `$.price > 10`. Null where it says neither yes nor no. */
declare function pathMatches<T, N, L>(of: ExprOf<T, N, L>, path: string): Expr<boolean | null, N | Jsonb, L>;
/** All that a path finds, as an array of JSON. */
declare function pathQuery<T, N, L>(of: ExprOf<T, N, L>, path: string): Expr<Strict<unknown[], T>, N | Jsonb, L>;
/** The document as text with line breaks and indentation. */
declare function pretty<T, N, L>(of: ExprOf<T, N, L>): Expr<Strict<string, T>, N | Jsonb, L>;
/** The document without properties that are null, to any depth. */
declare function stripNulls<T, N, L>(of: ExprOf<T, N, L>): Expr<T, N | Jsonb, L>;

type jsonb_d_Part<T> = Part<T>;
declare const jsonb_d_hasAllKeys: typeof hasAllKeys;
declare const jsonb_d_hasAnyKey: typeof hasAnyKey;
declare const jsonb_d_hasKey: typeof hasKey;
declare const jsonb_d_merge: typeof merge;
declare const jsonb_d_pathExists: typeof pathExists;
declare const jsonb_d_pathMatches: typeof pathMatches;
declare const jsonb_d_pathQuery: typeof pathQuery;
declare const jsonb_d_pretty: typeof pretty;
declare const jsonb_d_stripNulls: typeof stripNulls;
declare const jsonb_d_without: typeof without;
declare namespace jsonb_d {
  export { containedBy$1 as containedBy, contains$2 as contains, jsonb_d_hasAllKeys as hasAllKeys, jsonb_d_hasAnyKey as hasAnyKey, jsonb_d_hasKey as hasKey, jsonb_d_merge as merge, jsonb_d_pathExists as pathExists, jsonb_d_pathMatches as pathMatches, jsonb_d_pathQuery as pathQuery, jsonb_d_pretty as pretty, jsonb_d_stripNulls as stripNulls, jsonb_d_without as without };
  export type { jsonb_d_Part as Part };
}

type Notify = Feature<"NOTIFY">;
interface Notification {
    readonly channel: string;
    readonly payload: string;
    /** The server process that sent it. */
    readonly processId: number;
}
/** Tells whoever listens to the channel; in a transaction, when it is committed. The payload has less than 8,000 bytes. */
declare function notify(on: Queries<Notify>, channel: string, payload?: string, options?: RunOptions): Promise<void>;
/** Notifications as they come, to be read with `for await`. Ends with `close()`, or when the database is closed. */
interface Subscription extends AsyncDisposable {
    /** @throws {Disconnected} once the connection is lost: what was sent since then is not known */
    [Symbol.asyncIterator](): AsyncIterator<Notification, undefined>;
    close(): Promise<void>;
}
/**
 * Listens to channels, on a connection of its own for as long as it lasts. Once this resolves, nothing is missed.
 *
 * @example
 * const orders = await listen(db, "orders");
 * for await (const { payload } of orders) console.log(payload);
 */
declare function listen(db: Database<Notify>, channels: string | readonly string[], options?: RunOptions): Promise<Subscription>;

type Network = Feature<"NETWORK">;
type Address = string | null;
/** A host, with its network or without: `10.0.0.1`, `10.0.0.1/8`, `::1`. */
declare const inet: (name?: string) => Col<string, "required", Network>;
/** A network: `10.0.0.0/8`. */
declare const cidr: (name?: string) => Col<string, "required", Network>;
/** A hardware address of 6 bytes: `08:00:2b:01:02:03`. */
declare const macaddr: (name?: string) => Col<string, "required", Network>;
/** A hardware address of 8 bytes. */
declare const macaddr8: (name?: string) => Col<string, "required", Network>;
/** Whether the network contains the address or network, or is the same. */
declare function contains$1<T extends Address, N, L, U extends Address = never, M = never, K = never>(of: ExprOf<T, N, L>, other: string | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Network>, L | NoInfer<K>>;
/** Whether the address or network lies in the network, or is the same. */
declare function within<T extends Address, N, L, U extends Address = never, M = never, K = never>(of: ExprOf<T, N, L>, other: string | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Network>, L | NoInfer<K>>;
/** Whether one contains the other. */
declare function overlaps$1<T extends Address, N, L, U extends Address = never, M = never, K = never>(of: ExprOf<T, N, L>, other: string | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Network>, L | NoInfer<K>>;
/** The address without its network. */
declare function host<T extends Address, N, L>(of: ExprOf<T, N, L>): Expr<Strict<string, T>, N | Network, L>;
/** The network of an address. */
declare function network<T extends Address, N, L>(of: ExprOf<T, N, L>): Expr<Strict<string, T>, N | Network, L>;
/** How many bits the network has. */
declare function maskLength<T extends Address, N, L>(of: ExprOf<T, N, L>): Expr<Strict<number, T>, N | Network, L>;
/** 4 or 6. */
declare function family<T extends Address, N, L>(of: ExprOf<T, N, L>): Expr<Strict<number, T>, N | Network, L>;

declare const network_d_cidr: typeof cidr;
declare const network_d_family: typeof family;
declare const network_d_host: typeof host;
declare const network_d_inet: typeof inet;
declare const network_d_macaddr: typeof macaddr;
declare const network_d_macaddr8: typeof macaddr8;
declare const network_d_maskLength: typeof maskLength;
declare const network_d_network: typeof network;
declare const network_d_within: typeof within;
declare namespace network_d {
  export {
    network_d_cidr as cidr,
    contains$1 as contains,
    network_d_family as family,
    network_d_host as host,
    network_d_inet as inet,
    network_d_macaddr as macaddr,
    network_d_macaddr8 as macaddr8,
    network_d_maskLength as maskLength,
    network_d_network as network,
    overlaps$1 as overlaps,
    network_d_within as within,
  };
}

type Ranges = Feature<"RANGES">;
/**
 * The values between two bounds. `null` is no bound; the lower is included and the upper is not, unless said otherwise.
 * Ranges of whole numbers and days come back in that form too: `[1, 5]` as `[1, 6)`. `"empty"` holds nothing.
 */
type Range<T> = {
    readonly lower: T | null;
    readonly upper: T | null;
    readonly includesLower?: boolean;
    readonly includesUpper?: boolean;
} | "empty";
type RangeColumn<T> = (name?: string) => Col<Range<T>, "required", Ranges>;
/** A range of 32-bit whole numbers. */
declare const int4range: RangeColumn<number>;
/** A range of 64-bit whole numbers. */
declare const int8range: RangeColumn<bigint>;
/** A range of exact decimals. */
declare const numrange: RangeColumn<`${number}`>;
/** A range of days. */
declare const daterange: RangeColumn<string>;
/** A range of points in time without time zone. */
declare const tsrange: RangeColumn<Date>;
/** A range of points in time. */
declare const tstzrange: RangeColumn<Date>;
type AnyRange = Range<any> | null;
type BoundOf<T> = NonNullable<T> extends infer R ? (R extends {
    readonly lower: infer B;
} ? NonNullable<B> : never) : never;
/** Whether the range holds a value, or the whole of another range. */
declare function contains<T extends AnyRange, N, L, U = never, M = never, K = never>(of: ExprOf<T, N, L>, other: BoundOf<T> | NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>>;
/** Whether the range lies within the other. */
declare function containedBy<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>>;
/** Whether both ranges have values in common. */
declare function overlaps<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>>;
/** Whether one range begins where the other ends, with nothing between. */
declare function adjacent<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>>;
/** Whether the range ends before the other begins. */
declare function before<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>>;
/** Whether the range begins after the other ends. */
declare function after<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<Strict<boolean, T, U>, Both<N, M, Ranges>, L | NoInfer<K>>;
/** What both ranges have in common; `"empty"` if nothing. */
declare function intersect<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<T | NoInfer<U & null>, Both<N, M, Ranges>, L | NoInfer<K>>;
/** Both ranges as one; an error if there is something between them. */
declare function union<T extends AnyRange, N, L, U extends AnyRange = never, M = never, K = never>(of: ExprOf<T, N, L>, other: NonNullable<T> | ExprOf<U, M, K>): Expr<T | NoInfer<U & null>, Both<N, M, Ranges>, L | NoInfer<K>>;
/** The lower bound; null without one, and for an empty range. */
declare function lower<T extends AnyRange, N, L>(of: ExprOf<T, N, L>): Expr<BoundOf<T> | null, N | Ranges, L>;
/** The upper bound; null without one, and for an empty range. */
declare function upper<T extends AnyRange, N, L>(of: ExprOf<T, N, L>): Expr<BoundOf<T> | null, N | Ranges, L>;
/** Whether the range holds nothing. */
declare function isEmpty<T extends AnyRange, N, L>(of: ExprOf<T, N, L>): Expr<Strict<boolean, T>, N | Ranges, L>;

type ranges_d_Range<T> = Range<T>;
declare const ranges_d_adjacent: typeof adjacent;
declare const ranges_d_after: typeof after;
declare const ranges_d_before: typeof before;
declare const ranges_d_containedBy: typeof containedBy;
declare const ranges_d_contains: typeof contains;
declare const ranges_d_daterange: typeof daterange;
declare const ranges_d_int4range: typeof int4range;
declare const ranges_d_int8range: typeof int8range;
declare const ranges_d_intersect: typeof intersect;
declare const ranges_d_isEmpty: typeof isEmpty;
declare const ranges_d_lower: typeof lower;
declare const ranges_d_numrange: typeof numrange;
declare const ranges_d_overlaps: typeof overlaps;
declare const ranges_d_tsrange: typeof tsrange;
declare const ranges_d_tstzrange: typeof tstzrange;
declare const ranges_d_union: typeof union;
declare const ranges_d_upper: typeof upper;
declare namespace ranges_d {
  export { ranges_d_adjacent as adjacent, ranges_d_after as after, ranges_d_before as before, ranges_d_containedBy as containedBy, ranges_d_contains as contains, ranges_d_daterange as daterange, ranges_d_int4range as int4range, ranges_d_int8range as int8range, ranges_d_intersect as intersect, ranges_d_isEmpty as isEmpty, ranges_d_lower as lower, ranges_d_numrange as numrange, ranges_d_overlaps as overlaps, ranges_d_tsrange as tsrange, ranges_d_tstzrange as tstzrange, ranges_d_union as union, ranges_d_upper as upper };
  export type { ranges_d_Range as Range };
}

type Sequences = Feature<"SEQUENCES">;
/** The sequence's next number: taken, whatever becomes of the transaction. */
declare function nextValue(sequence: Sequence): Expr<number, Sequences>;
/** The next number as a `bigint`. */
declare function nextBigint(sequence: Sequence): Expr<bigint, Sequences>;
/** The number that this session took last; an error before it has taken one. */
declare function currentValue(sequence: Sequence): Expr<number, Sequences>;
/** Sets the sequence, so that it goes on after this number. */
declare function setValue(sequence: Sequence, value: number | bigint): Expr<number, Sequences>;

type Element<T> = NonNullable<T> extends readonly (infer E)[] ? E : never;
type Arrays = Feature<"ARRAYS">;
type Ordinality = Feature<"ORDINALITY">;
/**
 * A row for each element of an array.
 *
 * @example
 * const tag = unnest("tag", posts.tags);
 * select({ id: posts.id, tag: tag.value }).from(posts).joinLateral(tag, literal(true));
 */
declare function unnest<const Name extends string, T extends readonly unknown[] | null, N>(name: Name, of: ExprOf<T, N>): Derived<Name, {
    value: Element<T>;
}, N | Arrays>;
/** A row for each element of an array, with where it stands, from 1. */
declare function unnestWithPosition<const Name extends string, T extends readonly unknown[] | null, N>(name: Name, of: ExprOf<T, N>): Derived<Name, {
    value: Element<T>;
    position: number;
}, N | Arrays | Ordinality>;
/**
 * A row for each value from one to another, both included: numbers, days or points in time.
 *
 * @example
 * const day = generateSeries("day", timestamptz(), monday, sunday, "P1D");
 */
declare function generateSeries<const Name extends string, T extends number | bigint | Date, N = never, M = never>(name: Name, type: ColOf<T, any>, from: T | ExprOf<T, N>, to: T | ExprOf<T, M>, ...step: T extends Date ? [every: string] : [every?: T]): Derived<Name, {
    value: T;
}, N | M>;

type TwoPhase = Feature<"TWO-PHASE COMMIT">;
/** A transaction that waits to be committed or rolled back. */
interface PreparedTransaction {
    readonly name: string;
    readonly preparedAt: Date;
    readonly owner: string;
}
/**
 * Prepares the transaction, which is over for its handle: it holds its locks until `commitPrepared` or `rollbackPrepared`.
 *
 * @throws {DatabaseError} if the server does not allow it, or the transaction cannot be committed; it is rolled back then
 */
declare function prepareTransaction(tx: Transaction<TwoPhase>, name: string): Promise<void>;
/** Commits a transaction that was prepared. */
declare function commitPrepared(db: Database<TwoPhase>, name: string): Promise<void>;
/** Undoes a transaction that was prepared. */
declare function rollbackPrepared(db: Database<TwoPhase>, name: string): Promise<void>;
/** The transactions of this database that were prepared and wait, the oldest first. */
declare function preparedTransactions(db: Database<TwoPhase>): Promise<PreparedTransaction[]>;

type Vectors = Feature<"VECTORS">;
type Vector = readonly number[] | null;
/** A list of so many numbers of 4 bytes. The database must have the extension: `create extension vector`. */
declare function vector(dimensions: number, name?: string): Col<number[], "required", Vectors>;
/** The distance as the crow flies: `a <-> b`. */
declare function distance<T extends Vector, N, L, U extends Vector = never, M = never, K = never>(of: ExprOf<T, N, L>, other: readonly number[] | ExprOf<U, M, K>): Expr<Strict<number, T, U>, Both<N, M, Vectors>, L | NoInfer<K>>;
/** One less the cosine of the angle between them: `a <=> b`. */
declare function cosineDistance<T extends Vector, N, L, U extends Vector = never, M = never, K = never>(of: ExprOf<T, N, L>, other: readonly number[] | ExprOf<U, M, K>): Expr<Strict<number, T, U>, Both<N, M, Vectors>, L | NoInfer<K>>;
/** The inner product, negated so that the nearest are the smallest: `a <#> b`. */
declare function negativeInnerProduct<T extends Vector, N, L, U extends Vector = never, M = never, K = never>(of: ExprOf<T, N, L>, other: readonly number[] | ExprOf<U, M, K>): Expr<Strict<number, T, U>, Both<N, M, Vectors>, L | NoInfer<K>>;

declare const vectors_d_cosineDistance: typeof cosineDistance;
declare const vectors_d_distance: typeof distance;
declare const vectors_d_negativeInnerProduct: typeof negativeInnerProduct;
declare const vectors_d_vector: typeof vector;
declare namespace vectors_d {
  export {
    vectors_d_cosineDistance as cosineDistance,
    vectors_d_distance as distance,
    vectors_d_negativeInnerProduct as negativeInnerProduct,
    vectors_d_vector as vector,
  };
}

/** What PostgreSQL has of all that only some databases have. */
type PostgresFeatures = Feature<PostgresFeature>;
interface PostgresOptions extends DatabaseOptions, PostgresOptions$1 {
}
/**
 * A PostgreSQL database: at a URL, by options, or over a `pg.Pool` that its owner goes on to own and to end. Nothing is
 * connected before the first statement.
 *
 * Sessions are in UTC, statements are prepared by name, and a connection goes back to the pool without anything of its last
 * user. A statement that is cancelled is stopped on the server.
 *
 * @example
 * const db = postgres("postgres://localhost/shop", { ssl: true });
 * await db.all(select({ id: users.id }).from(users));
 */
declare function postgres(server: string | PostgresOptions | PgPool, options?: PostgresOptions): Database<PostgresFeatures>;

export { arrays_d as arrays, commitPrepared, copyFrom, copyInto, copyTextInto, currentValue, fullText_d as fullText, generateSeries, jsonb_d as jsonb, listen, lockInTransaction, network_d as network, nextBigint, nextValue, notify, postgres, postgresDialect, prepareTransaction, preparedTransactions, ranges_d as ranges, rollbackPrepared, setValue, tryLockInTransaction, unnest, unnestWithPosition, vectors_d as vectors, withLock, withLockIfFree };
export type { CopyFormat, CopyPlace, LockKey, LockOptions, Notification, PgPool, PostgresFeatures, PostgresOptions, PreparedTransaction, Subscription };
