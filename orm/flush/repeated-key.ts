// The key of a subclass's own table, which repeats the key of its base: the library gives it, and the database has it follow.
import { FlushError } from "../errors.ts";
import { sameKey } from "../instance/inverse.ts";
import type { MappedColumn } from "../mapping/mapper.ts";
import { type RowWrite, unset } from "./change.ts";

/** @throws {FlushError} if a new object was given a key for its own table that is not the key of its base */
export function checkRepeatedKey({ mapper, values }: RowWrite): void {
  for (const part of mapper.parts) {
    part.key.forEach((own, i) => {
      const base = mapper.key[i] as number;
      if (own !== base && values[own] !== unset && !sameKey(values[own], values[base])) throw notOwn(mapper, own, base);
    });
  }
}

/** Where the key of an object changes, its other tables follow. @throws {FlushError} if they cannot */
export function followBaseKey({ mapper, values }: RowWrite): void {
  for (const { key, link, table } of mapper.parts) {
    key.forEach((own, i) => {
      const base = mapper.key[i] as number;
      if (own !== base && values[own] !== unset) throw notOwn(mapper, own, base);
      if (link === undefined || values[base] === unset) return;
      if (link.onUpdate !== "cascade") {
        throw new FlushError(
          `${mapper.name}.${mapper.columns[base]?.key} was changed, and the rows of "${table.name}" do not follow`,
          'Declare it: .references(() => …, { onUpdate: "cascade" }).',
        );
      }
      values[own] = values[base];
    });
  }
}

function notOwn({ name, columns }: RowWrite["mapper"], own: number, base: number): FlushError {
  const [key, of] = [columns[own], columns[base]] as [MappedColumn, MappedColumn];
  return new FlushError(
    `${name}.${key.key} repeats ${name}.${of.key}, and was given a value of its own`,
    `Set ${of.key}.`,
  );
}
