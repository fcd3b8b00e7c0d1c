// Whether a value is what a printed type says, part by part; and where nulls were seen.
import type { Shape } from "./printed-rows.ts";

/** What is wrong with a value, as sentences; nothing if it fits. Nulls that the type allows are noted in `nulls`. */
export function misfits(value: unknown, shape: Shape, path: string, nulls: Set<string>): readonly string[] {
  switch (shape.kind) {
    case "union": {
      if (value === null && shape.of.some(({ kind }) => kind === "null")) {
        nulls.add(path);
        return [];
      }
      const tries = shape.of.filter(({ kind }) => kind !== "null").map((one) => misfits(value, one, path, nulls));
      return tries.some((one) => one.length === 0) ? [] : (tries[0] ?? [wrong(value, shape, path)]);
    }
    case "null":
      return value === null ? [] : [wrong(value, shape, path)];
    case "array":
      if (!Array.isArray(value)) return [wrong(value, shape, path)];
      return value.flatMap((one) => misfits(one, shape.of, `${path}[]`, nulls));
    case "object":
      return isPlain(value) ? fieldMisfits(value, shape, path, nulls) : [wrong(value, shape, path)];
    case "literal":
      return value === shape.value ? [] : [wrong(value, shape, path)];
    case "decimal":
      return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? [] : [wrong(value, shape, path)];
    case "Date":
      return value instanceof Date && !Number.isNaN(value.getTime()) ? [] : [wrong(value, shape, path)];
    case "Uint8Array":
      return value instanceof Uint8Array ? [] : [wrong(value, shape, path)];
    default:
      return typeof value === shape.kind ? [] : [wrong(value, shape, path)];
  }
}

function fieldMisfits(
  value: Readonly<Record<string, unknown>>,
  shape: Shape & { readonly kind: "object" },
  path: string,
  nulls: Set<string>,
): readonly string[] {
  const found = Object.keys(value).sort().join();
  const expected = shape.fields.map(([name]) => name).sort();
  if (found !== expected.join()) return [`${path} has the properties ${found} where the type has ${expected}`];
  return shape.fields.flatMap(([name, of]) => misfits(value[name], of, `${path}.${name}`, nulls));
}

/** The paths at which a type allows null. */
export function nullablePaths(shape: Shape, path: string): readonly string[] {
  switch (shape.kind) {
    case "union":
      return [
        ...(shape.of.some(({ kind }) => kind === "null") ? [path] : []),
        ...shape.of.flatMap((one) => nullablePaths(one, path)),
      ];
    case "array":
      return nullablePaths(shape.of, `${path}[]`);
    case "object":
      return shape.fields.flatMap(([name, of]) => nullablePaths(of, `${path}.${name}`));
    default:
      return [];
  }
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array);
}

function wrong(value: unknown, shape: Shape, path: string): string {
  const shown = typeof value === "bigint" ? `${value}n` : (JSON.stringify(value) ?? String(value));
  const what = value instanceof Date ? "a Date" : value === null ? "null" : `${typeof value} ${shown.slice(0, 100)}`;
  return `${path} is ${what} where the type says ${shape.shown}`;
}
