// The public names of the ORM: athanor/orm.
export {
  DetachedError,
  FlushError,
  MappingError,
  NotLoadedError,
  OtherSessionError,
  StaleDataError,
} from "./errors.ts";
export { type Plain, plain } from "./instance/show.ts";
export type { Status } from "./instance/state.ts";
export { abstractTable } from "./mapping/abstract-table.ts";
export type { Embedding, Embeddings } from "./mapping/embedding.ts";
export { type Inheriting, inherit } from "./mapping/inherit.ts";
export type { Identity } from "./mapping/inheritance.ts";
export { type Discriminator, type Mapping, mapped } from "./mapping/mapped.ts";
export {
  type ManyDef,
  type ManyOptions,
  many,
  type OneDef,
  type OneOptions,
  type OptionalDef,
  type OrderedDef,
  type OrderedOptions,
  one,
  optional,
  ordered,
} from "./mapping/relationships.ts";
export type {
  AnyEntity,
  AnyRelation,
  Collection,
  Entity,
  Inherited,
  Init,
  Instance,
  InstanceWith,
  KeyOf,
  Loaded,
  Mapped,
  MappedWith,
  OfClass,
  OrderedCollection,
  Pending,
  Related,
  Relation,
  Shape,
} from "./mapping/types.ts";
export { without } from "./mapping/without.ts";
export type { EntityQuery, Found } from "./query/entity-query.ts";
export type { Comparing, ComparingText, Filter, FilterLogic, FilterMany } from "./query/filter-data.ts";
export type { FilterOperator } from "./query/filter-operators.ts";
export {
  type FieldPath,
  type FilterSchemaOptions,
  filterSchema,
  type Search,
  type SentSearch,
  type Sorting,
} from "./query/filter-schema.ts";
export type { Page } from "./query/page.ts";
export type { ObjectEvent, SessionEvent } from "./session/events.ts";
export {
  type GetOptions,
  type RunSessionOptions,
  Session,
  type SessionDatabase,
  type SessionOptions,
} from "./session/session.ts";
