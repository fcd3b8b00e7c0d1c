// A relationship as a property of the class: what queries say of it. `User.posts.any(…)`, `User.posts.include(Post.comments)`.
import {
  type AnyTable,
  alias,
  and,
  coalesce,
  type Expr,
  type ExprOf,
  exists,
  fn,
  literal,
  type Order,
} from "../../core/index.ts";
import { MappingError } from "../errors.ts";
import { type Relationship, relationshipOf } from "./join-condition.ts";
import type { AnyClass } from "./mapper.ts";
import { mapperOf } from "./mapper-of.ts";
import { relatedRows } from "./related-rows.ts";
import type { LoadStrategy } from "./relationships.ts";
import { rowsOf } from "./row-filter.ts";
import { bindsName, moved, sharesName, sourceNames } from "./scope.ts";

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
    const related = relatedRows(this.relationship, this.relationship.owner.source, this.#target(1));
    return coalesce(related.select({ n: fn.count() }).scalar(), 0) as Expr<number>;
  }

  where(...conditions: Conditions): RelatedAttribute {
    return new RelatedAttribute(this, { conditions, orderBy: [], limit: undefined });
  }
  orderBy(...by: readonly Order<any>[]): RelatedAttribute {
    return new RelatedAttribute(this, { conditions: [], orderBy: by, limit: undefined });
  }

  #related(conditions: Conditions): any {
    for (let attempt = 1; ; attempt++) {
      const target = this.#target(attempt);
      const isRenamed = sharesName(this.relationship.target.source, this.relationship.owner.source);
      const inside = this.#inside(conditions, target);
      // Where a class relates to itself twice over, the inner row's name must not stand before the outer one's.
      if (isRenamed && sourceNames(target).some(({ name }) => bindsName(inside, name))) continue;
      return relatedRows(this.relationship, this.relationship.owner.source, target).where(...inside);
    }
  }

  /** What the related row is called: where a class relates to itself it needs a name of its own. */
  #target(attempt: number): AnyTable {
    const { owner, target } = this.relationship;
    if (!sharesName(target.source, owner.source)) return rowsOf(target);
    return alias(rowsOf(target), attempt === 1 ? this.key : `${this.key} ${attempt}`);
  }

  /** The conditions with the target's table meaning the related row. */
  #inside(conditions: Conditions, target: AnyTable): readonly Condition[] {
    const from = sourceNames(this.relationship.target.source);
    const to = sourceNames(target);
    return conditions.map((condition) => {
      if (typeof condition === "function") return condition(target);
      return from[0] === to[0] ? condition : moved(condition, from, to);
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
    if (!Number.isSafeInteger(rows) || rows < 0)
      throw new MappingError("a limit is a whole number, 0 or more", "Convert and check what a client sent first.");
    return new RelatedAttribute(this.relation, { ...this.parts, limit: rows });
  }
}

function failing(conditions: readonly Condition[]): Condition {
  const all: any = and(...conditions);
  return all.isNotDistinctFrom(literal(true)).not();
}
