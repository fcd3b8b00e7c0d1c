// Declaring relationships: getters in the second argument of `mapped`. A getter's type is resolved only when it is looked at, so
// classes may refer to each other in circles, also across modules.
import { type AnyTable, column, type Expr, type ExprOf, type Order } from "../../core/index.ts";

export declare const KIND: unique symbol;
export declare const TARGET: unique symbol;
export declare const ORDERED: unique symbol;

export type InstanceOf<E> = E extends abstract new (...a: any) => infer I ? I : never;

/** What happens to related objects when this one goes, or when they are taken out of the relationship. */
export interface Cascade {
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
export type LoadStrategy = "select in" | "join" | "subquery" | "json";

export interface ManyOptions<E> extends CommonOptions {
  /** The relationship of the other class that shows the same rows, where several could. */
  readonly inverse?: keyof InstanceOf<E> & string;
  /** The table that links both sides: many-to-many. */
  readonly through?: AnyTable | (() => AnyTable);
  /** How the objects are ordered. */
  readonly orderBy?: (target: any) => Order<any> | readonly Order<any>[];
}
export interface OneOptions<E> extends CommonOptions {
  readonly inverse?: keyof InstanceOf<E> & string;
}

export interface ManyDef<E> {
  readonly [KIND]: "many";
  readonly [TARGET]: E;
}
export interface OneDef<E> {
  readonly [KIND]: "one";
  readonly [TARGET]: E;
}
export interface OptionalDef<E> {
  readonly [KIND]: "optional";
  readonly [TARGET]: E;
}

/** The options of any relationship, at run time. */
export type RelationshipOptions = { readonly [K in keyof ManyOptions<any>]?: ManyOptions<any>[K] | undefined } & {
  readonly position?: string | undefined;
  readonly from?: number | undefined;
};

/** What a getter declared, at run time. */
export class RelationshipDef {
  readonly kind: "many" | "one" | "optional";
  /** The class, which may not be there yet where modules import each other in a circle. */
  readonly target: unknown;
  readonly options: RelationshipOptions;

  constructor(kind: RelationshipDef["kind"], target: unknown, options: RelationshipOptions) {
    this.kind = kind;
    this.target = target;
    this.options = options;
  }
}

/** Any number of objects of another class: its rows that refer to this one, or, with `through`, those a table links to it. */
export function many<E>(target: E, options: ManyOptions<E> = {}): ManyDef<E> {
  return new RelationshipDef("many", target, options as object as RelationshipOptions) as unknown as ManyDef<E>;
}

/** A list in an order of its own, which a column of its rows keeps. */
export interface OrderedDef<E> extends ManyDef<E> {
  readonly [ORDERED]: true;
}
export interface OrderedOptions<E> extends Omit<ManyOptions<E>, "orderBy" | "through" | "on" | "viewOnly"> {
  /** What the first object's position is; 0 unless given. */
  readonly from?: number;
}

/**
 * Like {@link many}, in an order that people give: a whole number in each row is its place in the list. `add`, `insert`, `move`, `remove`
 * and `set` keep the numbers.
 *
 * @param position the column that keeps them
 */
export function ordered<E>(
  target: E,
  position: keyof InstanceOf<E> & string,
  options: OrderedOptions<E> = {},
): OrderedDef<E> {
  const orderBy = (source: AnyTable): Order<any> => (column(source as never, position as never) as Expr<number>).asc();
  const whole = { ...options, position, orderBy } as object as RelationshipOptions;
  return new RelationshipDef("many", target, whole) as unknown as OrderedDef<E>;
}

/** Exactly one object: this row refers to it by a key that is not null. */
export function one<E>(target: E, options: OneOptions<E> = {}): OneDef<E> {
  return new RelationshipDef("one", target, options as object as RelationshipOptions) as unknown as OneDef<E>;
}

/** One object or none: this row refers to it by a key that may be null, or its row refers to this one (one-to-one). */
export function optional<E>(target: E, options: OneOptions<E> = {}): OptionalDef<E> {
  return new RelationshipDef("optional", target, options as object as RelationshipOptions) as unknown as OptionalDef<E>;
}
