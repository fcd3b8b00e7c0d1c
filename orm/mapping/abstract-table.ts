// Columns that the tables of several classes have in common, as a table that no database has: what an abstract class is mapped to whose
// subclasses have whole tables of their own.
import { type AnyTable, type DeclaredTable, declaredTable, factsOf, sourceOf, table } from "../../core/index.ts";

const declarations = new WeakMap<AnyTable, DeclaredTable>();

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
export const abstractTable: typeof table = ((...given: Parameters<typeof table>) => {
  const source: AnyTable = table(...given);
  const facts = factsOf(source);
  const own: AnyTable = sourceOf({
    ...facts,
    node: { ...facts.node, declared: undefined } as typeof facts.node,
    declared: undefined,
  });
  declarations.set(own, declaredTable(source));
  return own;
}) as typeof table;

/** Whether a table is one that no database has. */
export function isAbstract(source: AnyTable): boolean {
  return declarations.has(source);
}

/** What a table was declared as. */
export function declarationOf(source: AnyTable): DeclaredTable {
  return declarations.get(source) ?? declaredTable(source);
}
