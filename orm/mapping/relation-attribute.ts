// A relationship as a property of the class: what queries say of it. `User.posts.any(…)`, `User.posts.include(Post.comments)`.
import {
  type AnyTable,
  alias,
  and,
  coalesce,
  type Expr,
  type ExprOf,
  exists,
  expression,
  factsOf,
  fn,
  literal,
  nodeOf,
  type Order,
  replaceColumns,
  type SourceName,
  select,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { joinCondition, linkCondition } from "./conditions.ts";
import { type Relationship, relationshipOf } from "./join-condition.ts";
import type { AnyClass } from "./mapper.ts";
import { mapperOf } from "./mapper-of.ts";
import type { LoadStrategy } from "./relationships.ts";

type Condition = ExprOf<boolean | null, any>;
type Conditions = readonly (Condition | ((target: any) => Condition))[];

/** The run-time side of {@link Relation}. */
export class RelationAttribute {
  readonly entity: AnyClass;
  readonly key: string;
  readonly nested: readonly RelationAttribute[];
  readonly strategy: LoadStrategy | undefined;

  constructor(entity: AnyClass, key: string, nested: readonly RelationAttribute[] = [], strategy?: LoadStrategy) {
    this.entity = entity;
    this.key = key;
    this.nested = nested;
    this.strategy = strategy;
  }

  get relationship(): Relationship {
    return relationshipOf(mapperOf(this.entity), this.key);
  }

  include(...nested: readonly RelationAttribute[]): RelationAttribute {
    return new RelationAttribute(this.entity, this.key, [...this.nested, ...nested], this.strategy);
  }
  by(strategy: LoadStrategy): RelationAttribute {
    return new RelationAttribute(this.entity, this.key, this.nested, strategy);
  }

  any(...conditions: Conditions): Expr<boolean> {
    return exists(this.#related(conditions)) as Expr<boolean>;
  }
  none(...conditions: Conditions): Expr<boolean> {
    return this.any(...conditions).not();
  }
  every(...conditions: Conditions): Expr<boolean> {
    // No related row for which not all hold; one for which it is unknown counts as failing.
    return this.none((target: AnyTable) => failing(this.#inside(conditions, target)));
  }
  count(): Expr<number> {
    return coalesce(this.#joined().query.select({ n: fn.count() }).scalar(), 0) as Expr<number>;
  }

  where(...conditions: Conditions): RelatedAttribute {
    return new RelatedAttribute(this, { conditions, orderBy: [], limit: undefined });
  }
  orderBy(...by: readonly Order<any>[]): RelatedAttribute {
    return new RelatedAttribute(this, { conditions: [], orderBy: by, limit: undefined });
  }

  #related(conditions: Conditions): any {
    const { query, target } = this.#joined();
    return (query as any).where(...this.#inside(conditions, target)).select({ one: literal(1) });
  }

  /** The related rows of the row at hand: a query over the target, to be embedded. */
  #joined(): { query: any; target: AnyTable } {
    const { relationship } = this;
    const { owner, target } = relationship;
    // Where a class relates to itself, the related row needs a name of its own.
    const itself = target.source === owner.source;
    const related = itself ? alias(target.source, this.key) : target.source;
    const query = start();
    if (relationship.link === undefined) {
      return { query: query.from(related).where(joinCondition(relationship, owner.source, related)), target: related };
    }
    const { source } = relationship.link;
    return {
      query: query
        .from(related)
        .join(source, linkCondition(relationship, "target", related))
        .where(linkCondition(relationship, "own", owner.source)),
      target: related,
    };
  }

  /** The conditions with the target's table meaning the related row. */
  #inside(conditions: Conditions, target: AnyTable): readonly Condition[] {
    const from = factsOf(this.relationship.target.source).node.source;
    const to = factsOf(target).node.source;
    return conditions.map((condition) => {
      if (typeof condition === "function") return condition(target);
      return from === to ? condition : moved(condition, from, to);
    });
  }
}

/** Some of the related objects: the run-time side of {@link Related}. */
export class RelatedAttribute {
  readonly relation: RelationAttribute;
  readonly parts: {
    readonly conditions: Conditions;
    readonly orderBy: readonly Order<any>[];
    readonly limit: number | undefined;
  };

  constructor(relation: RelationAttribute, parts: RelatedAttribute["parts"]) {
    this.relation = relation;
    this.parts = parts;
  }
  where(...conditions: Conditions): RelatedAttribute {
    return new RelatedAttribute(this.relation, {
      ...this.parts,
      conditions: [...this.parts.conditions, ...conditions],
    });
  }
  orderBy(...by: readonly Order<any>[]): RelatedAttribute {
    return new RelatedAttribute(this.relation, { ...this.parts, orderBy: [...this.parts.orderBy, ...by] });
  }
  limit(rows: number): RelatedAttribute {
    if (!Number.isSafeInteger(rows) || rows < 0) throw new MappingError(`a limit is a whole number, 0 or more`);
    return new RelatedAttribute(this.relation, { ...this.parts, limit: rows });
  }
}

/** A condition over one source, moved to another. */
function moved(condition: Condition, from: SourceName, to: SourceName): Condition {
  const node = replaceColumns(nodeOf(condition), (column) =>
    column.source.key === from.key ? { ...column, source: to } : undefined,
  );
  return expression(node);
}

// Built of parts whose types are not known here: the mapping has checked that they fit.
const start: () => any = () => select({ one: literal(1) });

function failing(conditions: readonly Condition[]): Condition {
  const all: any = and(...conditions);
  return all.isNotDistinctFrom(literal(true)).not();
}
