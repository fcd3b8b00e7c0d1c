// A session: the objects of one piece of work, each standing for one row.
import {
  type AnyTable,
  asArrays,
  ConcurrentUseError,
  type Database,
  type Dialect,
  type ExprOf,
  type Following,
  MultipleRowsError,
  NoRowError,
  type Placed,
  type PROVIDES,
  param,
  type Queries,
  type RetryOptions,
  type RowStream,
  type RunArguments,
  type Runnable,
  retryOf,
  select,
  type Transaction,
  type TransactionOptions,
  withRetry,
} from "../../core/index.ts";
import { DetachedError, NotLoadedError, OtherSessionError } from "../errors.ts";
import { deleteBy, insertMany, readUpserted, type UpsertParts, updateBy, upsertRows } from "../flush/bulk.ts";
import type { Tracked } from "../flush/tracked.ts";
import { keepReferences } from "../instance/accessors.ts";
import { RelatedList } from "../instance/collection.ts";
import { IdentityMap } from "../instance/identity-map.ts";
import { isChanged } from "../instance/snapshot.ts";
import { type State, type Status, stateOf } from "../instance/state.ts";
import { buildFor, overwriteColumns } from "../load/hydrate.ts";
import { loadIncludes } from "../load/include.ts";
import { objectsOf } from "../load/native.ts";
import { type LoadPlace, selectIn } from "../load/select-in.ts";
import { columnAt } from "../mapping/column-at.ts";
import { deferredSelection, isComputedName, takeDeferred } from "../mapping/computed.ts";
import { entitiesOf, entitySelection } from "../mapping/computed-fields.ts";
import { columnKeys } from "../mapping/embedded.ts";
import { type Relationship, relationshipOf, relationshipsOf, sharedRelationship } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import type { RelationAttribute } from "../mapping/relation-attribute.ts";
import type { InstanceOf } from "../mapping/relationships.ts";
import { objectRowsOf } from "../mapping/row-filter.ts";
import type {
  AnyEntity,
  AnyRelation,
  InsertRow,
  KeyOf,
  NameOf,
  OwnerOf,
  RowOfEntity,
  Shape,
} from "../mapping/types.ts";
import { isOwnRow, isUnion } from "../mapping/union-rows.ts";
import { checkFilterNames, lifted } from "../mapping/without.ts";
import type { EntityQuery } from "../query/entity-query.ts";
import { type QueryParts, runQuery } from "../query/plan.ts";
import { Query, type QueryPlace } from "../query/query.ts";
import { addTo } from "./add.ts";
import { EventHandlers, type ObjectEvent, type SessionEvent } from "./events.ts";
import { calling, frameOf } from "./frame.ts";
import { SessionLane } from "./lane.ts";
import { mergeInto } from "./merge.ts";
import { argumentsOf, supplying } from "./parameters.ts";
import { SessionTransaction } from "./session-transaction.ts";
import { UnitOfWork, type WorkPlace } from "./unit-of-work.ts";

export interface SessionOptions {
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
export interface GetOptions {
  /** The default filters that do not hold, by name. */
  readonly without?: readonly string[] | undefined;
}

const none: readonly string[] = [];

/** What a session works on. */
export type SessionDatabase<Provided> = Database<Provided> | Transaction<Provided>;

export interface RunSessionOptions extends SessionOptions {
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
export class Session<Provided = never> implements WorkPlace, QueryPlace, AsyncDisposable {
  declare readonly [PROVIDES]?: (feature: Provided) => void;
  readonly #db: SessionDatabase<Provided>;
  readonly #ownLane = new SessionLane();
  readonly identities: IdentityMap = new IdentityMap();
  newcomers: object[] | undefined = undefined;
  readonly tracked: Tracked;
  readonly #transaction: SessionTransaction<Provided>;
  readonly #events = new EventHandlers();
  readonly #work: UnitOfWork<Provided>;
  readonly #options: SessionOptions;
  /** The default filters that do not hold in what is being read. */
  #lifted: readonly string[] = none;
  #closed = false;
  #epoch = 1;

  /** A session on a database; on a transaction, its own transactions are savepoints of that one. */
  constructor(db: SessionDatabase<Provided>, options: SessionOptions = {}) {
    this.#db = db;
    this.#options = options;
    this.tracked = { identities: this.identities, pending: new Set(), doomed: new Set(), touched: new Set() };
    this.#transaction = new SessionTransaction(db, options.transaction ?? {}, this.identities);
    this.#work = new UnitOfWork(this, this.#transaction, this.#events);
  }

  get isClosed(): boolean {
    return this.#closed;
  }
  get epoch(): number {
    return this.#epoch;
  }

  /** A query for the objects of a class. */
  query<E extends AnyEntity>(entity: E): EntityQuery<InstanceOf<E>, InstanceOf<E>, NameOf<E>, never, Provided> {
    mapperOf(entity);
    return Query.of(this, entity) as unknown as EntityQuery<InstanceOf<E>, InstanceOf<E>, NameOf<E>, never, Provided>;
  }

  /**
   * The object with a key: the one the session has, or read from the database; null if there is none.
   *
   * @param options.without the default filters that do not hold, by name
   */
  async get<E extends AnyEntity>(
    entity: E,
    key: NoInfer<KeyOf<E>>,
    options: GetOptions = {},
  ): Promise<InstanceOf<E> | null> {
    const mapper = mapperOf(entity);
    const names = options.without ?? none;
    checkFilterNames(names);
    const values = keyValues(mapper, key);
    const found = isUnion(mapper) ? this.#lookUpInAll(mapper, values, names) : this.lookUp(mapper, values, names);
    return (await found) as InstanceOf<E> | null;
  }

  /** The object with a key. @throws {NoRowError} if there is none */
  async getOne<E extends AnyEntity>(entity: E, key: NoInfer<KeyOf<E>>, options?: GetOptions): Promise<InstanceOf<E>> {
    const found = await this.get(entity, key, options);
    if (found === null) throw new NoRowError("getOne");
    return found;
  }

  /** Runs a statement: classes in its selection come as objects of the session. */
  async all<R, N, G extends Following>(
    statement: Runnable<R, N, Provided, G>,
    ...given: Placed<G, RunArguments<N>>
  ): Promise<R[]> {
    this.#checkOpen();
    return this.#lane.run(async () => {
      await this.#autoflush();
      const handle = (this.#transaction.handle ?? this.#db) as { all(...args: unknown[]): Promise<R[]> };
      const [parameters, options] = argumentsOf(statement, this.dialect, this.#options.parameters ?? {}, given);
      return handle.all(statement, parameters, { ...options, build: buildFor(this) });
    });
  }

  /**
   * The objects that the rows of any statement stand for: its columns are called as the properties of the class are.
   *
   * @example
   * await session.from(User, select(users).where(users.age.gt(18)).union(select(users).where(users.role.eq("admin"))));
   */
  async from<E extends AnyEntity, R extends Partial<RowOfEntity<E>>, N, G extends Following>(
    entity: E,
    statement: Runnable<R, N, Provided, G>,
    ...given: Placed<G, RunArguments<N>>
  ): Promise<InstanceOf<E>[]> {
    const mapper = mapperOf(entity);
    const rows = await this.all<R, N, G>(statement, ...given);
    this.#epoch++;
    return objectsOf(this, mapper, rows as readonly Record<string, unknown>[]) as InstanceOf<E>[];
  }

  /** Loads relationships, deferred columns and computed properties of an object that has been loaded without them. */
  async load<E extends object, const R extends readonly (AnyRelation<OwnerOf<E>> | (keyof E & string))[]>(
    entity: E,
    ...what: R
  ): Promise<E & Shape<R>> {
    const state = this.#owned(entity);
    const names = what.filter((one) => typeof one === "string");
    const relations = what.filter((one) => typeof one !== "string") as unknown as readonly RelationAttribute[];
    await this.#lane.run(async () => {
      await this.#autoflush();
      const place = this.#reading();
      if (names.length > 0) {
        const query = keyed(state.mapper, { ...deferredSelection(state.mapper, names) });
        takeDeferred(
          state.mapper,
          names,
          [entity],
          [(await this.#first(query.statement, this.#keyOf(state, query.names))) as Record<string, unknown>],
        );
      }
      await loadIncludes(place, [entity], relations);
    });
    return entity as E & Shape<R>;
  }

  /**
   * Reads an object's row again, and the relationships and computed properties that are loaded; with names and relationships, those
   * alone. What was changed in them and not written is lost.
   *
   * @throws {DetachedError} if the row is no longer there
   * @example
   * const user = await session.getOne(User, 1);
   * await session.refresh(user, "name", User.posts);
   */
  async refresh<E extends object>(
    entity: E,
    ...what: readonly (AnyRelation<OwnerOf<E>> | (keyof E & string))[]
  ): Promise<void> {
    const state = this.#owned(entity);
    const { mapper } = state;
    const named = what.length === 0 ? loadedComputed(state) : what.filter((one) => typeof one === "string");
    const computed = named.filter((name) => isComputedName(mapper, name));
    const given = named.filter((name) => !computed.includes(name)).flatMap((name) => columnKeys(mapper, name));
    const columns = what.length === 0 ? columnsOf(entity, state) : given;
    const relations = what.flatMap((one) => (typeof one === "string" ? [] : [one.key]));
    await this.#lane.run(async () => {
      if (columns.length + computed.length > 0) await this.#readAgain(entity, state, columns, computed);
      for (const key of what.length === 0 ? loadedRelations(state) : relations)
        await selectIn(this.#reading(), relationshipOf(mapper, key), [entity]);
    });
  }

  async #readAgain(
    entity: object,
    state: State,
    columns: readonly string[],
    computed: readonly string[],
  ): Promise<void> {
    const { mapper } = state;
    const selected = {
      ...Object.fromEntries(columns.map((key) => [key, columnAt(mapper.column(key).key, mapper.source)])),
      ...deferredSelection(mapper, computed),
    };
    const { statement, names } = keyed(mapper, selected);
    const row = (await this.#first(statement, this.#keyOf(state, names))) as Record<string, unknown> | undefined;
    if (row === undefined) throw new DetachedError(`the row of this ${mapper.name} is no longer there`);
    overwriteColumns(entity, state, row);
    takeDeferred(mapper, computed, [entity], [row]);
    if (columns.length >= mapper.loadedCount) state.epoch = this.#epoch;
  }

  /**
   * Brings an object over, from another session, from none, or made of data that came from elsewhere: what it holds is copied into
   * this session's object for the same row, which is read if need be, or into a new one. The objects in its loaded relationships
   * come with it.
   *
   * @throws {StaleDataError} if the row has another version by now
   */
  async merge<E extends object>(entity: E): Promise<E> {
    this.#checkOpen();
    return this.#lane.run(async () => {
      await this.#autoflush();
      // What is half copied must not be written: whatever is read meanwhile is read without.
      return calling(
        this,
        ["flush", "commit", "rollback", "nested"],
        false,
        () => mergeInto(this, entity) as Promise<E>,
      );
    });
  }

  /** New objects are inserted at the next flush, with those that can be reached through their relationships. */
  add(...entities: readonly object[]): void {
    this.#checkOpen();
    for (const entity of entities) addTo(this, entity);
  }

  /** The rows of these objects are deleted at the next flush, with what their relationships' cascades say. */
  delete(...entities: readonly object[]): void {
    for (const entity of entities) {
      const state = this.#owned(entity);
      if (state.status === "persistent") this.tracked.doomed.add(entity);
      else if (state.status === "pending") this.expunge(entity);
    }
  }

  /** Writes what was changed: inserts, updates and deletes, in an order in which they can be. A failure leaves all as it was. */
  async flush(): Promise<void> {
    await this.#alone("flush", () => this.#work.flush());
  }

  /** Writes what was changed and commits the transaction. */
  async commit(): Promise<void> {
    return this.#alone("commit", () => this.#work.commit());
  }

  /** Undoes what was done since the last commit, in the database and on the objects, also what was not written yet. */
  async rollback(): Promise<void> {
    return this.#alone("rollback", () => this.#work.rollback());
  }

  /** Runs the callback inside a savepoint: if it throws, what it did is undone, in the database and on the objects. */
  async nested<T>(work: () => T | Promise<T>): Promise<T> {
    return this.#alone("nested", () => this.#work.nested(work));
  }

  /** Calls the handler when the session does something; gives what takes the handler away again. */
  on(event: SessionEvent, handler: () => void | Promise<void>): () => void;
  /** Calls the handler for each object of the class that something happens to. */
  on<E extends AnyEntity>(
    event: ObjectEvent,
    entity: E,
    handler: (object: InstanceOf<E>) => void | Promise<void>,
  ): () => void;
  on(event: SessionEvent | ObjectEvent, first: unknown, second?: (object: any) => void | Promise<void>): () => void {
    return second === undefined
      ? this.#events.onSession(event as SessionEvent, first as () => void)
      : this.#events.onObject(event as ObjectEvent, first, second);
  }

  /**
   * Runs the work with a session of its own and commits. If it fails, everything is rolled back.
   *
   * @param options.retry how often all of it is run again, with a new session, after a conflict with another transaction
   */
  static async run<Provided, T>(
    db: SessionDatabase<Provided>,
    work: (session: Session<Provided>) => T | Promise<T>,
    options: RunSessionOptions = {},
  ): Promise<T> {
    return withRetry(retryOf(options.retry), undefined, async () => {
      // By hand: Node 22 does not know `await using`.
      const session = new Session(db, options);
      try {
        const value = await work(session);
        await session.commit();
        return value;
      } catch (error) {
        // The connection goes back also where it cannot be rolled back; what went wrong first is what is told.
        await session.close().catch(() => undefined);
        throw error;
      } finally {
        await session.close();
      }
    });
  }

  /** Lets go of an object: it belongs to no session any more. */
  expunge(...entities: readonly object[]): void {
    for (const entity of entities) {
      const state = this.#owned(entity);
      keepReferences(entity);
      if (state.row !== undefined) this.identities.delete(state.mapper, state.mapper.identity(state.row, state.at));
      for (const set of [this.tracked.pending, this.tracked.doomed, this.tracked.touched]) set.delete(entity);
      state.owner = undefined;
      state.status = state.row === undefined ? "transient" : "detached";
    }
  }

  /** Which of the five states an object is in. */
  status(entity: object): Status {
    return stateOf(entity).status;
  }

  /** Whether an object differs from its row. */
  isChanged(entity: object): boolean {
    const state = stateOf(entity);
    return state.row !== undefined && isChanged(entity, state);
  }

  /** Ends the session: its objects are detached. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#lane.run(async () => {
      await this.#work.close();
      for (const [, map] of this.identities.entries()) {
        for (const entity of map.values()) stateOf(entity).status = "detached";
      }
      // The identity map stays: what objects refer to is found through it, also from now on.
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  // --- what objects and queries ask of the session ---

  find(mapper: Mapper, identity: unknown): object | undefined {
    return this.identities.get(mapper, identity);
  }

  async lookUp(mapper: Mapper, key: readonly unknown[], without: readonly string[] = none): Promise<object | null> {
    this.#checkOpen();
    const known = this.identities.get(mapper, mapper.identityOfKey(key));
    if (known !== undefined) return known;
    return this.#lane.run(async () => {
      await this.#autoflush();
      const { statement, names } = getStatement(mapper);
      const found = await this.#first(
        lifted(statement, without),
        Object.fromEntries(names.map((name, i) => [name, key[i]])),
      );
      return found === undefined ? null : (entitiesOf(mapper, [found as Record<string, unknown>])[0] as object);
    });
  }

  /**
   * Of a class that stands for the whole tables of several, the object with a key: its own, else the only one of the others.
   *
   * @throws {MultipleRowsError} if several of those have it
   */
  async #lookUpInAll(mapper: Mapper, key: readonly unknown[], without: readonly string[]): Promise<object | null> {
    this.#checkOpen();
    const known = this.identities.get(mapper, mapper.identityOfKey(key));
    if (known !== undefined) return known;
    return this.#lane.run(async () => {
      await this.#autoflush();
      const { statement, names } = keyed(mapper, entitySelection(mapper), objectRowsOf(mapper));
      const params = Object.fromEntries(names.map((name, i) => [name, key[i]]));
      const handle = this.#handle() as { all(statement: unknown, params: object, options: object): Promise<unknown[]> };
      const rows = await handle.all(lifted(statement, without), params, { build: buildFor(this) });
      const found = entitiesOf(mapper, rows as Record<string, unknown>[]);
      const own = found.find((entity) => stateOf(entity).mapper === mapper);
      if (own === undefined && found.length > 1) throw new MultipleRowsError("get");
      return own ?? found[0] ?? null;
    });
  }

  isDoomed(entity: object): boolean {
    return this.tracked.doomed.has(entity);
  }

  owns(entity: object): boolean {
    return stateOf(entity).owner === this;
  }

  async loadRelationship(entity: object, key: string): Promise<void> {
    const state = this.#owned(entity);
    const relationship = sharedRelationship(relationshipOf(state.mapper, key));
    if (relationship.options.lazy === "never") throw neverLoaded(`${state.mapper.name}.${key}`);
    await this.#lane.run(async () => {
      await this.#autoflush();
      // Another await may have loaded it for the siblings while this one waited.
      if (!lacks(entity, key)) return;
      const mine = relationship.options.lazy === "one" ? [entity] : siblings(entity, relationship);
      await selectIn(this.#reading(), relationship, mine);
    });
  }

  /**
   * Inserts rows of plain values without making objects of them, and gives how many.
   *
   * @example
   * await session.insertMany(User, [{ name: "Eve", email: "eve@example.org" }, { name: "Finn", email: "finn@example.org" }]);
   */
  async insertMany<E extends AnyEntity>(entity: E, rows: readonly InsertRow<E>[]): Promise<number> {
    this.#checkOpen();
    return this.#lane.run(() =>
      this.#work.bulk((runner) => insertMany(runner, entity, rows as readonly Record<string, unknown>[])),
    );
  }

  /**
   * Inserts rows of plain values, or changes those that are there, and gives the objects that stand for them.
   *
   * @param how.by the columns that no two rows share
   * @param how.set the columns that are written where the row is there already; unless said, those given
   */
  async upsert<E extends AnyEntity>(
    entity: E,
    rows: readonly InsertRow<E>[],
    how: {
      readonly by: readonly (keyof InsertRow<E> & string)[];
      readonly set?: readonly (keyof InsertRow<E> & string)[];
    },
  ): Promise<InstanceOf<E>[]> {
    this.#checkOpen();
    const parts: UpsertParts = { entity, rows: rows as UpsertParts["rows"], by: how.by, set: how.set };
    return this.#lane.run(async () => {
      await this.#work.bulk((runner) => upsertRows(runner, parts));
      this.#reading();
      return (await readUpserted(this, parts)) as InstanceOf<E>[];
    });
  }

  updateBy(parts: QueryParts, set: Record<string, unknown>): Promise<number> {
    this.#checkOpen();
    return this.#lane.run(() =>
      this.#work.bulk((runner, journal) => updateBy(this, this.#supplied(runner), journal, parts, set)),
    );
  }

  deleteBy(parts: QueryParts): Promise<number> {
    this.#checkOpen();
    return this.#lane.run(() =>
      this.#work.bulk((runner, journal) => deleteBy(this, this.#supplied(runner), journal, parts)),
    );
  }

  async entities(parts: QueryParts): Promise<object[]> {
    this.#checkOpen();
    return this.#lane.run(async () => {
      await this.#autoflush();
      if (parts.lock !== undefined) await this.#work.begin();
      return this.#without(parts.lifted, () => runQuery(this.#reading(), parts));
    });
  }

  get dialect(): Dialect {
    return this.#db.dialect;
  }

  get cursorSecret(): string | Uint8Array | undefined {
    return this.#options.cursorSecret;
  }

  async scalar(statement: unknown): Promise<unknown> {
    this.#checkOpen();
    return this.#lane.run(async () => {
      await this.#autoflush();
      return this.#handle().scalar(statement as never);
    });
  }

  /** Reads without default filters. Nothing else of the session's is read meanwhile: it goes on alone. */
  async #without<T>(names: readonly string[], read: () => Promise<T>): Promise<T> {
    this.#lifted = names;
    try {
      return await read();
    } finally {
      this.#lifted = none;
    }
  }

  async rows(statement: unknown): Promise<readonly Record<string, unknown>[]> {
    return (await this.#handle().all(
      lifted(statement, this.#lifted) as never,
      { build: buildFor(this) } as never,
    )) as Record<string, unknown>[];
  }

  arrays(statement: unknown): Promise<readonly unknown[][]> {
    return this.#handle().all(lifted(statement, this.#lifted) as never, { build: asArrays } as never) as Promise<
      unknown[][]
    >;
  }

  /** The key of an object's row, as the parameters of a statement. */
  #keyOf({ mapper, row, at }: State, names: readonly string[]): Record<string, unknown> {
    return Object.fromEntries(names.map((name, i) => [name, (row as unknown[])[at + (mapper.key[i] as number)]]));
  }

  #first(statement: unknown, params: object): Promise<unknown> {
    const handle = this.#handle() as { first(statement: unknown, params: object, options: object): Promise<unknown> };
    return handle.first(statement, params, { build: buildFor(this) });
  }

  openStream(statement: unknown, batch: number): Promise<RowStream<Record<string, unknown>>> {
    this.#checkOpen();
    return this.#lane.run(async () => {
      await this.#autoflush();
      const handle = this.#handle() as {
        stream(statement: unknown, options: object): RowStream<Record<string, unknown>>;
      };
      return handle.stream(statement, { batch, build: buildFor(this) });
    });
  }

  exclusively<T>(lifted: readonly string[], work: (place: LoadPlace) => Promise<T>): Promise<T> {
    this.#checkOpen();
    return this.#lane.run(() => this.#without(lifted, () => work(this.#reading())));
  }

  evict(entity: object): void {
    this.expunge(entity);
  }

  /** Reads that belong together: outside a transaction, what comes now is newer than what came before. */
  #reading(): LoadPlace {
    this.#epoch++;
    return this;
  }

  #handle(): Queries<Provided> {
    return this.#supplied(this.#transaction.handle ?? this.#db);
  }

  /** With the parameters that the session gives to whatever asks for them. */
  #supplied<P>(handle: Queries<P>): Queries<P> {
    const { parameters } = this.#options;
    return parameters === undefined ? handle : supplying(handle, parameters);
  }

  get #lane(): Pick<SessionLane, "run"> {
    const lane = this.#wholeLane;
    if (!this.#events.has("load")) return lane;
    return { run: (work) => lane.run(() => this.#telling(work)) };
  }

  get #wholeLane(): SessionLane {
    return frameOf(this)?.lane ?? this.#ownLane;
  }

  /** Does something, then tells of the objects that it loaded. */
  async #telling<T>(work: () => Promise<T>): Promise<T> {
    const outer = this.newcomers;
    const loaded: object[] = [];
    this.newcomers = loaded;
    try {
      return await work();
    } finally {
      this.newcomers = outer;
      if (loaded.length > 0) await this.#work.tellLoaded(loaded);
    }
  }

  async #autoflush(): Promise<void> {
    if (this.#options.autoflush === false || frameOf(this)?.autoflush === false) return;
    await this.#work.flush();
  }

  async #alone<T>(what: string, work: () => Promise<T>): Promise<T> {
    this.#checkOpen();
    const frame = frameOf(this);
    if (frame?.refuses.has(what)) {
      throw new ConcurrentUseError(
        `the session's ${what}() was called from inside what it would end`,
        "Let the handler or callback return first; throw to undo what it did.",
      );
    }
    return this.#wholeLane.alone(what, work);
  }

  touch(entity: object): void {
    this.tracked.touched.add(entity);
  }

  keep(entity: object, state: State): void {
    this.#transaction.keep(entity, state);
  }

  nextEpoch(): number {
    return this.#epoch++;
  }

  #checkOpen(): void {
    if (this.#closed) throw new DetachedError("the session has been closed");
  }

  /** The state of an object of this session. */
  #owned(entity: object): ReturnType<typeof stateOf> {
    this.#checkOpen();
    const state = stateOf(entity);
    if (state.owner === undefined) {
      throw new DetachedError(
        `this ${state.mapper.name} belongs to no session`,
        "Add it with session.add(), or bring it over with session.merge().",
      );
    }
    if (state.owner !== this) throw new OtherSessionError(`this ${state.mapper.name}`);
    return state;
  }
}

/** The columns that an object has of its row: those that are deferred only if they were read. */
function columnsOf(entity: object, { mapper }: State): readonly string[] {
  return mapper.columns
    .filter(({ key }, position) => position < mapper.loadedCount || Object.hasOwn(entity, key))
    .map(({ key }) => key);
}

/** The computed properties of an object that are loaded. */
function loadedComputed({ mapper, relations }: State): readonly string[] {
  return Object.keys(relations ?? {}).filter((name) => isComputedName(mapper, name));
}

/** The relationships of an object that are loaded. */
function loadedRelations({ mapper, relations }: State): readonly string[] {
  const known = relationshipsOf(mapper);
  return Object.entries(relations ?? {}).flatMap(([key, value]) => {
    const isUnread = value instanceof RelatedList && !value.isLoaded;
    return known.has(key) && !isUnread ? [key] : [];
  });
}

function neverLoaded(what: string): NotLoadedError {
  return new NotLoadedError(
    `${what} is never loaded by itself`,
    `Include it: include(${what}), or session.load(object, ${what}).`,
  );
}

/** The objects that came with this one and still lack the relationship: from this one on and round, at most a thousand. */
function siblings(entity: object, { key, owner }: Relationship): readonly object[] {
  const batch = stateOf(entity).batch ?? [];
  const start = batch.indexOf(entity);
  if (start < 0) return [entity];
  const found: object[] = [];
  for (let i = 0; i < batch.length && found.length < 1000; i++) {
    const sibling = batch[(start + i) % batch.length] as object;
    if (sibling instanceof owner.entity && lacks(sibling, key)) found.push(sibling);
  }
  return found;
}

function lacks(entity: object, key: string): boolean {
  const { relations, owner, status } = stateOf(entity);
  if (owner === undefined || status === "deleted") return false;
  const known = relations?.[key];
  if (known === undefined) return true;
  if (Array.isArray(known)) return !(known as unknown as { readonly isLoaded: boolean }).isLoaded;
  return Reflect.get(entity, key) !== known;
}

interface KeyStatement {
  readonly statement: unknown;
  readonly names: readonly string[];
}
const getStatements = new WeakMap<Mapper, KeyStatement & { readonly rows: AnyTable }>();

/** `select … where key = :key`, once for each class. */
function getStatement(mapper: Mapper): KeyStatement {
  const rows = objectRowsOf(mapper);
  let found = getStatements.get(mapper);
  if (found === undefined || found.rows !== rows) {
    found = { ...keyed(mapper, entitySelection(mapper), rows, isOwnRow(mapper)), rows };
    getStatements.set(mapper, found);
  }
  return found;
}
/** A statement over a class's table, for the row with a key. */
function keyed(
  mapper: Mapper,
  selection: object,
  rows: AnyTable = mapper.source,
  condition?: ExprOf<boolean, any>,
): KeyStatement {
  const columns = mapper.key.map((position) => mapper.columns[position] as Mapper["columns"][number]);
  let query = (select(selection as never) as any).from(rows);
  if (condition !== undefined) query = query.where(condition);
  for (const { key, type } of columns) {
    query = query.where(columnAt(key, mapper.source).eq(param(key, { type } as never) as never));
  }
  return { statement: query, names: columns.map(({ key }) => key) };
}

/** The values of a key in the order of the class's key columns. */
function keyValues(mapper: Mapper, key: unknown): readonly unknown[] {
  if (mapper.key.length === 1) return [key];
  return mapper.key.map((position) => (key as Record<string, unknown>)[mapper.columns[position]?.key as string]);
}
