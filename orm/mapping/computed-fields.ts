// What a statement selects for objects of a class beside their columns: computed properties, also those that only classes below it have.
import { caseWhen, type ExprOf } from "../../core/index.ts";
import { remember } from "../instance/inverse.ts";
import { stateOf } from "../instance/state.ts";
import { isComputed } from "./computed.ts";
import { inheritanceAge, recipesBelow, repeatingBelow } from "./inheritance.ts";
import { chainOf, inOwnColumns, type Mapper, type Recipe, repeatedBy } from "./mapper.ts";
import { isOfClass } from "./row-filter.ts";
import { inUnion, isOfBranch, isUnion } from "./union-rows.ts";

/** A computed property as it stands in a row. */
export interface ComputedField {
  /** The property. */
  readonly name: string;
  /** What its value is called in a row. */
  readonly label: string;
  readonly expression: ExprOf<unknown, unknown>;
  /** The class that has it, where others of the rows' classes have not. */
  readonly of: Recipe | undefined;
}

const known = new WeakMap<Mapper, { readonly age: number; readonly fields: readonly ComputedField[] }>();

/** The computed properties that are loaded with the objects of a class. */
export function computedFields(mapper: Mapper): readonly ComputedField[] {
  const age = inheritanceAge();
  let found = known.get(mapper);
  if (found === undefined || found.age !== age) {
    found = { age, fields: [...ownFields(mapper), ...fieldsBelow(mapper)] };
    known.set(mapper, found);
  }
  return found.fields;
}

/** What a statement selects for an object: the object, and its computed properties beside it. */
export function entitySelection(mapper: Mapper): Record<string, unknown> {
  const selection: Record<string, unknown> = { entity: mapper.entity };
  for (const { label, expression } of computedFields(mapper)) selection[label] = expression;
  return selection;
}

/** The objects of rows that were selected so, with their computed properties put in. */
export function entitiesOf(mapper: Mapper, rows: readonly Record<string, unknown>[]): object[] {
  const fields = computedFields(mapper);
  const entities: object[] = new Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as Record<string, unknown>;
    const entity = row.entity as object;
    for (const field of fields) putComputed(entity, field, row[field.label]);
    entities[i] = entity;
  }
  return entities;
}

/** Puts the value of a computed property into an object, if it has that. */
export function putComputed(entity: object, { name, of }: ComputedField, value: unknown): void {
  if (of === undefined || isBelow(stateOf(entity).mapper.recipe, of)) remember(entity, name, value);
}

function isBelow(recipe: Recipe, base: Recipe): boolean {
  return recipe === base || chainOf(recipe).includes(base) || repeatedBy(recipe).includes(base);
}

// No property of a mapping can be called so: the names stay apart from what else a statement selects.
function ownFields(mapper: Mapper): readonly ComputedField[] {
  return computedOf(mapper.recipe, undefined).map(({ name }) => {
    const expression = mapper.declared(name) as ExprOf<unknown, unknown>;
    return { name, label: `computed ${name}`, expression, of: undefined };
  });
}

/** What classes below have, computed for their rows alone. */
function fieldsBelow(mapper: Mapper): readonly ComputedField[] {
  const below = isUnion(mapper) ? repeatingBelow(mapper.recipe) : recipesBelow(mapper.recipe);
  return below.flatMap((recipe, i) =>
    computedOf(recipe, recipe.parent ?? recipe.repeats).map(({ name, value }) => {
      const own = isUnion(mapper) ? inUnion(mapper, inOwnColumns(recipe, value)) : value;
      const expression = caseWhen(isOf(mapper, recipe), own as never).end();
      return { name, label: `computed ${i} ${name}`, expression, of: recipe };
    }),
  );
}

/** That a row is of a class, or of one below it. */
function isOf(mapper: Mapper, recipe: Recipe): ExprOf<boolean | null, any> {
  return isUnion(mapper) ? isOfBranch(mapper, recipe) : isOfClass(mapper, [recipe]);
}

/** The computed properties of a class that are not deferred, and that are not its base's. */
function computedOf(
  { relations, options }: Recipe,
  base: Recipe | undefined,
): readonly { readonly name: string; readonly value: ExprOf<unknown, unknown> }[] {
  const deferred = new Set(options.deferred);
  const getter = (of: object, name: string): unknown => Object.getOwnPropertyDescriptor(of, name)?.get;
  return Object.keys(Object.getOwnPropertyDescriptors(relations)).flatMap((name) => {
    if (deferred.has(name) || (base !== undefined && getter(base.relations, name) === getter(relations, name)))
      return [];
    const value: unknown = Reflect.get(relations, name);
    return isComputed(value) ? [{ name, value }] : [];
  });
}
