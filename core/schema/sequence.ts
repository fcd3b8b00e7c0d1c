// Sequences, and types of their own, as declared objects.

import { declaredType } from "../expression/declared.ts";
import { nodeOf } from "../expression/expr.ts";
import type { ColOf, ExprOf } from "../expression/needs.ts";
import { nodeIn } from "../expression/operand.ts";
import type { SequenceNode, TypeNode } from "../tree/schema-node.ts";

export interface SequenceOptions {
  readonly schema?: string;
  readonly start?: number | bigint;
  readonly increment?: number | bigint;
  readonly min?: number | bigint;
  readonly max?: number | bigint;
  readonly cycle?: boolean;
  /** How many numbers a session takes at once. */
  readonly cache?: number;
}

/** A sequence, declared. Its numbers are had with the dialect's `nextValue`. */
export interface Sequence {
  readonly node: SequenceNode;
}

/** Declares a sequence. */
export function sequence(name: string, options: SequenceOptions = {}): Sequence {
  return { node: { kind: "sequence", name, ...options } };
}

/** A type of its own, declared. */
export interface DeclaredType {
  readonly node: TypeNode;
}

/** Declares an enumeration that no column needs to have: one that has, declares it by being there. */
export function enumerationType(
  name: string,
  values: readonly string[],
  options: { readonly schema?: string } = {},
): DeclaredType {
  return { node: { kind: "type", name, schema: options.schema, definition: { kind: "enumeration", values } } };
}

export interface DomainOptions {
  readonly schema?: string;
  readonly nullable?: boolean;
  readonly default?: ExprOf<unknown, unknown>;
  /** A condition, or several by their names. */
  readonly check?: ExprOf<boolean | null, unknown> | Readonly<Record<string, ExprOf<boolean | null, unknown>>>;
}

/** Declares a domain: a type with rules of its own. In `check`, `value` stands for the value: ``sql(boolean())`value > 0` ``. */
export function domain(name: string, of: ColOf<any, any>, options: DomainOptions = {}): DeclaredType {
  const { schema, nullable = true, default: value, check } = options;
  const conditions =
    check === undefined ? [] : nodeIn(check) !== undefined ? [[undefined, check] as const] : Object.entries(check);
  return {
    node: {
      kind: "type",
      name,
      schema,
      definition: {
        kind: "domain",
        of: declaredType(of),
        nullable,
        default: value && nodeOf(value),
        checks: conditions.map(([name, condition]) => ({ name, expression: nodeOf(condition) })),
      },
    },
  };
}
