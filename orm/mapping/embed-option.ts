// What a mapping says of value objects, at run time: which columns each is made of.

/** A value object as a mapping declares it. */
export interface EmbeddingOption {
  readonly class?: (new (parts: object) => object) | undefined;
  readonly columns: readonly string[] | Readonly<Record<string, string | EmbeddingOption>>;
  readonly prefix?: string | undefined;
  readonly nullable?: boolean | undefined;
  readonly optional?: readonly string[] | undefined;
}
export type EmbedOption = Readonly<Record<string, EmbeddingOption>>;

/** The columns that a declaration names. */
export function columnsOf(option: EmbeddingOption): readonly string[] {
  return partsOf(option).flatMap(([, of]) => (typeof of === "string" ? [of] : columnsOf(of)));
}

/** The column, or the value object, of each part. */
export function partsOf({
  columns,
  prefix,
}: EmbeddingOption): readonly (readonly [string, string | EmbeddingOption])[] {
  return isList(columns) ? columns.map((part) => [part, prefixed(prefix, part)]) : Object.entries(columns);
}

function prefixed(prefix: string | undefined, part: string): string {
  if (prefix === undefined) return part;
  return prefix.endsWith("_") ? prefix + part : `${prefix}${part.charAt(0).toUpperCase()}${part.slice(1)}`;
}

function isList(columns: EmbeddingOption["columns"]): columns is readonly string[] {
  return Array.isArray(columns);
}
