// Which write must come before which: a parent before the rows that refer to it, a child away before its parent goes, a unique
// value freed before it is taken. Writes go in; numbers, groups and edges come out, which is all that order.ts knows.
import { snapshotOf } from "../instance/snapshot-value.ts";
import type { MappedColumn, Mapper } from "../mapping/mapper.ts";
import type { TablePart } from "../mapping/table-part.ts";
import { type ParentKey, type RowWrite, unset, type Write } from "./change.ts";
import type { Edge } from "./order.ts";
import { type FlushPlan, valueAfter } from "./plan.ts";
import { movesUnique, tableOrder } from "./table-order.ts";
import { positionIn, type Reference, tableKey, writeFacts } from "./write-facts.ts";

/** An edge, with what cutting it does. */
export interface KeyEdge extends Edge {
  readonly cut: (() => void) | undefined;
}

/** A write ahead of all others that sets columns of a row to null, so that a circle is broken. */
export interface Release {
  readonly write: RowWrite;
  readonly positions: readonly number[];
}

export interface Dependencies {
  readonly writes: readonly Write[];
  readonly groups: readonly number[];
  readonly edges: readonly KeyEdge[];
  /** Filled as edges are cut. */
  readonly releases: readonly Release[];
}

/** Finds out what depends on what. */
export function dependenciesOf(plan: FlushPlan): Dependencies {
  return new Dependence(plan).find();
}

class Dependence {
  readonly #plan: FlushPlan;
  readonly #writes: readonly Write[];
  readonly #edges: KeyEdge[] = [];
  readonly #releases: Release[] = [];
  readonly #inserted = new RowIndex("new");
  readonly #deleted = new RowIndex("old");

  constructor(plan: FlushPlan) {
    this.#plan = plan;
    this.#writes = [...plan.inserts, ...plan.updates, ...plan.links, ...plan.deletes];
    for (let i = 0; i < this.#writes.length; i++) (this.#writes[i] as Write).number = i;
    for (const write of plan.inserts) this.#inserted.add(write);
    // A row whose key changes is new to those that refer to it by the new one.
    for (const write of plan.updates) if (movesUnique(write)) this.#inserted.add(write);
    for (const write of plan.deletes) this.#deleted.add(write);
  }

  find(): Dependencies {
    for (const write of [...this.#plan.inserts, ...this.#plan.updates]) this.#afterParents(write);
    if (this.#plan.deletes.length > 0) {
      for (const write of [...this.#plan.updates, ...this.#plan.deletes]) this.#beforeOldParents(write);
    }
    this.#links();
    this.#uniques();
    const groups = groupsOf(this.#writes);
    return { writes: this.#writes, groups, edges: this.#edges, releases: this.#releases };
  }

  #edge(before: number, after: number, cut: (() => void) | undefined): void {
    this.#edges.push({ before, after, cuttable: cut !== undefined, cut });
  }

  #afterParents(write: RowWrite): void {
    const { values, parents, mapper, number: after } = write;
    const { references } = writeFacts(mapper);
    if (parents.length === 0 && references.length === 0) return;
    for (let i = 0; i < parents.length; i++) {
      const { parent } = parents[i] as ParentKey;
      if (i > 0 && parents.findIndex((one) => one.parent === parent) < i) continue;
      const keys = parents.filter((one) => one.parent === parent);
      const canBeNull = keys.every(({ position }) => isNullable(mapper, position));
      const cut = canBeNull && parent.kind === "insert" ? () => write.putOff(keys) : undefined;
      this.#edge(parent.number, after, cut);
    }
    if (this.#inserted.size === 0) return;
    for (const reference of references) {
      if (reference.positions.some((position) => values[position] === unset || values[position] === null)) continue;
      const parent = this.#inserted.find(reference, (position) => snapshot(mapper, position, values[position]));
      if (parent === undefined || parent === write || parents.some((one) => one.parent === parent)) continue;
      const cut = reference.nullable.length > 0 ? () => write.putOff(keysOf(reference, parent)) : undefined;
      this.#edge(parent.number, after, cut);
    }
  }

  /** A row that referred to one that is deleted lets go of it first. */
  #beforeOldParents(write: RowWrite): void {
    const { mapper, old, values } = write;
    for (const reference of writeFacts(mapper).references) {
      if (old.length === 0 || reference.positions.some((position) => old[position] === null || old[position] === unset))
        continue;
      const isLeft =
        write.kind === "delete" ||
        reference.positions.some((position) => values[position] !== unset || write.isToCome(position));
      if (!isLeft) continue;
      const parent = this.#deleted.find(reference, (position) => snapshot(mapper, position, old[position]));
      const positions = reference.nullable;
      // InnoDB does not delete a row that refers to itself.
      if (parent === write && write.kind === "delete" && positions.length > 0)
        this.#releases.push({ write, positions });
      if (parent === undefined || parent === write) continue;
      const cut = positions.length > 0 ? () => void this.#releases.push({ write, positions }) : undefined;
      this.#edge(write.number, parent.number, cut);
    }
  }

  #links(): void {
    for (const write of this.#plan.links) {
      const number = write.number;
      if (write.kind === "unlink all") {
        this.#edge(number, write.of.number, undefined);
        continue;
      }
      for (const end of [write.owner, write.target]) {
        const other = end.write;
        if (other?.kind === "insert") this.#edge(other.number, number, undefined);
        else if (other?.kind === "delete") this.#edge(number, other.number, undefined);
      }
    }
  }

  #uniques(): void {
    for (const [mapper, freeing] of this.#freeing()) {
      for (const positions of writeFacts(mapper).uniques) {
        const free = freedValues(mapper, positions, freeing);
        if (free.size === 0) continue;
        for (const write of [...this.#plan.inserts, ...this.#plan.updates]) {
          const own = positionsIn(write.mapper, mapper, positions);
          if (own === undefined || !takes(write, own)) continue;
          const freed = free.get(valuesKey(own.map((position) => valueAfter(write, position))));
          if (freed === undefined || freed === write) continue;
          const nullable = positions.filter((position) => isNullable(mapper, position));
          const cut =
            nullable.length > 0 ? () => void this.#releases.push({ write: freed, positions: nullable }) : undefined;
          this.#edge(freed.number, write.number, cut);
        }
      }
    }
  }

  /** Writes that may free a unique value, by class. */
  #freeing(): ReadonlyMap<Mapper, readonly RowWrite[]> {
    const found = new Map<Mapper, RowWrite[]>();
    for (const write of [...this.#plan.updates, ...this.#plan.deletes]) {
      const known = found.get(write.mapper);
      if (known === undefined) found.set(write.mapper, [write]);
      else known.push(write);
    }
    return found;
  }
}

function keysOf(reference: Reference, parent: RowWrite): readonly ParentKey[] {
  return reference.nullable.map((position) => ({
    position,
    parent,
    parentPosition: positionIn(
      parent.mapper,
      reference.target,
      reference.targetColumns[reference.positions.indexOf(position)] as string,
    ),
  }));
}

/** Where the columns of one class stand in another, if its rows are of the same tables. */
function positionsIn(mapper: Mapper, of: Mapper, positions: readonly number[]): readonly number[] | undefined {
  if (mapper === of) return positions;
  if (mapper.table !== of.table) return undefined;
  const found = positions.map((position) => {
    const { part, name } = of.columns[position] as MappedColumn;
    return mapper.positionOf((of.parts[part] as TablePart).table, name);
  });
  return found.includes(-1) ? undefined : found;
}

function isNullable(mapper: Mapper, position: number): boolean {
  return (mapper.columns[position]?.facts.nullable ?? false) && !mapper.key.includes(position);
}

/** The values that writes leave behind in unique columns. */
function freedValues(
  mapper: Mapper,
  positions: readonly number[],
  freeing: readonly RowWrite[],
): ReadonlyMap<string, RowWrite> {
  const free = new Map<string, RowWrite>();
  for (const write of freeing) {
    if (write.kind === "update" && !positions.some((position) => write.isWritten(position))) continue;
    const old = positions.map((position) => write.old[position]);
    if (old.some((value) => value === null || value === unset)) continue;
    free.set(valuesKey(old.map((value, i) => snapshot(mapper, positions[i] as number, value))), write);
  }
  return free;
}

/** Whether a write may take a value in unique columns. */
function takes({ kind, values }: RowWrite, positions: readonly number[]): boolean {
  if (kind === "update") return positions.some((position) => values[position] !== unset);
  return positions.every((position) => values[position] !== unset && values[position] !== null);
}

/** Rows by the columns that foreign keys refer to: those that are being inserted, or those that are being deleted. */
class RowIndex {
  readonly #side: "new" | "old";
  readonly #rows = new Map<string, RowWrite[]>();
  readonly #indexes = new Map<string, Map<string, RowWrite>>();

  constructor(side: "new" | "old") {
    this.#side = side;
  }

  get size(): number {
    return this.#rows.size;
  }

  add(write: RowWrite): void {
    for (const { table } of write.mapper.parts) {
      const key = tableKey(table);
      const rows = this.#rows.get(key);
      if (rows === undefined) this.#rows.set(key, [write]);
      else rows.push(write);
    }
  }

  find({ target, targetColumns, positions }: Reference, valueAt: (position: number) => unknown): RowWrite | undefined {
    const rows = this.#rows.get(target);
    if (rows === undefined) return undefined;
    return this.#index(target, targetColumns, rows).get(valuesKey(positions.map(valueAt)));
  }

  #index(target: string, columns: readonly string[], rows: readonly RowWrite[]): Map<string, RowWrite> {
    const key = `${target} ${columns.join()}`;
    let index = this.#indexes.get(key);
    if (index === undefined) {
      index = new Map();
      for (const row of rows) {
        const positions = columns.map((name) => positionIn(row.mapper, target, name));
        const values = positions.map((position) => {
          const value = this.#side === "new" ? row.values[position] : unset;
          return value === unset ? row.old[position] : value;
        });
        if (values.some((value) => value === undefined || value === unset || value === null)) continue;
        index.set(valuesKey(values.map((value, i) => snapshot(row.mapper, positions[i] as number, value))), row);
      }
      this.#indexes.set(key, index);
    }
    return index;
  }
}

function snapshot(mapper: Mapper, position: number, value: unknown): unknown {
  return snapshotOf(value, (mapper.columns[position] as MappedColumn).compare);
}

function valuesKey(values: readonly unknown[]): string {
  let key = "";
  for (const value of values) {
    const text = value instanceof Uint8Array ? Buffer.from(value).toString("hex") : String(value);
    key += `${typeof value}${text.length}:${text}`;
  }
  return key;
}

/** Inserts and updates in the order of the tables, then links, then deletes in the opposite order. */
function groupsOf(writes: readonly Write[]): readonly number[] {
  const ranks = tableRanks(writes);
  const links = new Map<object, number>();
  return writes.map((write) => {
    if ("entity" in write) {
      const rank = ranks.get(write.mapper) as number;
      return write.kind === "insert" ? rank : write.kind === "update" ? steps + rank : 6 * steps - rank;
    }
    let rank = links.get(write.link.table);
    if (rank === undefined) {
      rank = links.size;
      links.set(write.link.table, rank);
    }
    return (write.kind === "unlink all" ? 2 : write.kind === "unlink" ? 3 : 4) * steps + rank;
  });
}
const steps = 1_000_000;

function tableRanks(writes: readonly Write[]): ReadonlyMap<Mapper, number> {
  const mappers = new Set<Mapper>();
  for (const write of writes) if ("entity" in write) mappers.add(write.mapper);
  return new Map(tableOrder(mappers).order.map((mapper, rank) => [mapper, rank]));
}
