// A session: the objects of one piece of work, each standing for one row.
import {
  type AnyTable,
  compile,
  type Database,
  NoRowError,
  type Param,
  param,
  type Queries,
  type Ready,
  type RowStream,
  type RunArguments,
  type Statement,
  select,
} from "../../core/index.ts";
import { DetachedError, OtherSessionError } from "../errors.ts";
import { IdentityMap } from "../instance/identity-map.ts";
import { isChanged } from "../instance/snapshot.ts";
import { type State, type Status, stateOf } from "../instance/state.ts";
import { buildFor, overwrite } from "../load/hydrate.ts";
import { loadIncludes } from "../load/include.ts";
import { objectsOf } from "../load/native.ts";
import { type LoadPlace, selectIn } from "../load/select-in.ts";
import { deferredSelection, entitiesOf, entitySelection, takeDeferred } from "../mapping/computed.ts";
import { columnAt } from "../mapping/conditions.ts";
import { relationshipOf, relationshipsOf } from "../mapping/join-condition.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { mapperOf } from "../mapping/mapper-of.ts";
import type { RelationAttribute } from "../mapping/relation-attribute.ts";
import type { InstanceOf } from "../mapping/relationships.ts";
import type { AnyEntity, AnyRelation, KeyOf, NameOf, OwnerOf, RowOfEntity, Shape } from "../mapping/types.ts";
import type { EntityQuery } from "../query/entity-query.ts";
import { type QueryParts, runQuery } from "../query/plan.ts";
import { Query, type QueryPlace } from "../query/query.ts";
import { SessionLane } from "./lane.ts";

export interface SessionOptions {
  /** Whether changes are written before each query, so that it sees them; true by default. */
  readonly autoflush?: boolean | undefined;
  /** Signs the cursors of pages, so that nobody else can make one. The same on every server that reads them. */
  readonly cursorSecret?: string | Uint8Array | undefined;
}

/**
 * The objects of one piece of work: one row, one object. Closed when the work is done; `await using` does it.
 *
 * @example
 * await using session = new Session(db);
 * const user = await session.getOne(User, 1);
 */
export class Session<Provided = never> implements LoadPlace, QueryPlace, AsyncDisposable {
  readonly #db: Database<Provided>;
  readonly #lane = new SessionLane();
  readonly identities: IdentityMap = new IdentityMap();
  readonly #options: SessionOptions;
  #closed = false;
  #epoch = 1;

  constructor(db: Database<Provided>, options: SessionOptions = {}) {
    this.#db = db;
    this.#options = options;
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

  /** The object with a key: the one the session has, or read from the database; null if there is none. */
  async get<E extends AnyEntity>(entity: E, key: NoInfer<KeyOf<E>>): Promise<InstanceOf<E> | null> {
    const mapper = mapperOf(entity);
    const values = keyValues(mapper, key);
    const known = this.identities.get(mapper, mapper.identityOfKey(values));
    if (known !== undefined) return known as InstanceOf<E>;
    this.#checkOpen();
    return this.#lane.run(async () => {
      await this.#autoflush();
      const { statement, names } = getStatement(mapper);
      const params = Object.fromEntries(names.map((name, i) => [name, values[i]]));
      const found = await this.#first(statement, params);
      if (found === undefined) return null;
      return entitiesOf(mapper, [found as Record<string, unknown>])[0] as InstanceOf<E>;
    });
  }

  /** The object with a key. @throws {NoRowError} if there is none */
  async getOne<E extends AnyEntity>(entity: E, key: NoInfer<KeyOf<E>>): Promise<InstanceOf<E>> {
    const found = await this.get(entity, key);
    if (found === null) throw new NoRowError("getOne");
    return found;
  }

  /** Runs a statement: classes in its selection come as objects of the session. */
  async all<R, N>(
    statement: Ready<Exclude<N, Provided | Param<any, any>>, Statement<R, N>>,
    ...given: RunArguments<N>
  ): Promise<R[]> {
    this.#checkOpen();
    const [params, options] = given as readonly unknown[];
    return this.#lane.run(async () => {
      await this.#autoflush();
      const build = buildFor(this);
      const args =
        options === undefined && !hasParams(params)
          ? [{ ...(params as object), build }]
          : [params, { ...(options as object), build }];
      return (await (this.#handle().all as (...args: unknown[]) => Promise<unknown[]>).call(
        this.#handle(),
        statement,
        ...args,
      )) as R[];
    });
  }

  /**
   * The objects that the rows of any statement stand for: its columns are called as the properties of the class are.
   *
   * @example
   * await session.from(User, sql.statement({ id: integer(), name: text() })`select id, name from users tablesample system (1)`);
   */
  async from<E extends AnyEntity, R extends Partial<RowOfEntity<E>>, N>(
    entity: E,
    statement: Ready<Exclude<N, Provided | Param<any, any>>, Statement<R, N>>,
    ...given: RunArguments<N>
  ): Promise<InstanceOf<E>[]> {
    const mapper = mapperOf(entity);
    const rows = await this.all<R, N>(statement, ...given);
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

  /** Reads an object's row again, and the relationships that are loaded. What was changed and not written is lost. */
  async refresh(entity: object): Promise<void> {
    const state = this.#owned(entity);
    await this.#lane.run(async () => {
      const { mapper } = state;
      const { statement, names } = rowStatement(mapper);
      const row = (await this.#first(statement, this.#keyOf(state, names))) as Record<string, unknown> | undefined;
      if (row === undefined) throw new DetachedError(`the row of this ${mapper.name} is no longer there`);
      overwrite(
        entity,
        state,
        mapper.columns.map(({ key }) => row[key]),
        0,
      );
      state.epoch = this.#epoch;
      for (const key of Object.keys(state.relations ?? {})) {
        const relationship = relationshipsOf(mapper).get(key);
        const value = state.relations?.[key];
        if (relationship === undefined) continue;
        if (relationship.kind === "many" && !(value as { readonly isLoaded: boolean }).isLoaded) continue;
        await selectIn(this.#reading(), relationship, [entity]);
      }
    });
  }

  /** Lets go of an object: it belongs to no session any more. */
  expunge(...entities: readonly object[]): void {
    for (const entity of entities) {
      const state = this.#owned(entity);
      if (state.row !== undefined) this.identities.delete(state.mapper, state.mapper.identity(state.row, state.at));
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
      for (const [, map] of this.identities.entries()) {
        for (const entity of map.values()) stateOf(entity).status = "detached";
      }
      this.identities.clear();
    });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  // --- what objects and queries ask of the session ---

  find(mapper: Mapper, identity: unknown): object | undefined {
    return this.identities.get(mapper, identity);
  }

  async loadRelationship(entity: object, key: string): Promise<void> {
    const state = this.#owned(entity);
    const relationship = relationshipOf(state.mapper, key);
    await this.#lane.run(async () => {
      await this.#autoflush();
      // Another await may have loaded it for the siblings while this one waited.
      if (!lacks(entity, key)) return;
      const mine = relationship.options.lazy === "one" ? [entity] : siblings(entity, key);
      await selectIn(this.#reading(), relationship, mine);
    });
  }

  async entities(parts: QueryParts): Promise<object[]> {
    this.#checkOpen();
    return this.#lane.run(async () => {
      await this.#autoflush();
      return runQuery(this.#reading(), parts);
    });
  }

  textOf(statement: unknown): string {
    return compile(statement as never, this.#db.dialect).text;
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

  async rows(statement: unknown): Promise<readonly Record<string, unknown>[]> {
    return (await this.#handle().all(statement as never, { build: buildFor(this) } as never)) as Record<
      string,
      unknown
    >[];
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

  exclusively<T>(work: (place: LoadPlace) => Promise<T>): Promise<T> {
    this.#checkOpen();
    return this.#lane.run(() => work(this.#reading()));
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
    return this.#db;
  }

  async #autoflush(): Promise<void> {
    if (this.#options.autoflush === false) return;
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

/** The objects that came with this one and still lack the relationship: from this one on and round, at most a thousand. */
function siblings(entity: object, key: string): readonly object[] {
  const batch = stateOf(entity).batch ?? [];
  const start = batch.indexOf(entity);
  if (start < 0) return [entity];
  const found: object[] = [];
  for (let i = 0; i < batch.length && found.length < 1000; i++) {
    const sibling = batch[(start + i) % batch.length] as object;
    if (lacks(sibling, key)) found.push(sibling);
  }
  return found;
}

function lacks(entity: object, key: string): boolean {
  const { relations, owner, status } = stateOf(entity);
  if (owner === undefined || status === "deleted") return false;
  const known = relations?.[key];
  if (known === undefined) return true;
  if (Array.isArray(known)) return !(known as unknown as { readonly isLoaded: boolean }).isLoaded;
  return known !== null && Reflect.get(entity, key) !== known;
}

interface KeyStatement {
  readonly statement: unknown;
  readonly names: readonly string[];
}
const getStatements = new WeakMap<Mapper, KeyStatement>();
const rowStatements = new WeakMap<Mapper, KeyStatement>();

/** `select … where key = :key`, once for each class. */
function getStatement(mapper: Mapper): KeyStatement {
  return remembered(getStatements, mapper, entitySelection(mapper));
}
function rowStatement(mapper: Mapper): KeyStatement {
  return remembered(
    rowStatements,
    mapper,
    Object.fromEntries(mapper.columns.map(({ key }) => [key, columnAt(key, mapper.source)])),
  );
}

function remembered(known: WeakMap<Mapper, KeyStatement>, mapper: Mapper, selection: object): KeyStatement {
  let found = known.get(mapper);
  if (found === undefined) {
    found = keyed(mapper, selection);
    known.set(mapper, found);
  }
  return found;
}

/** A statement over a class's table, for the row with a key. */
function keyed(mapper: Mapper, selection: object): KeyStatement {
  const columns = mapper.key.map((position) => mapper.columns[position] as Mapper["columns"][number]);
  let query = (select(selection as never) as any).from(mapper.source as AnyTable);
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

function hasParams(params: unknown): boolean {
  return params !== undefined && !("signal" in (params as object)) && !("timeout" in (params as object));
}
