// What a case of the suite is, and how cases share a database. Knows nothing of test runners.
import assert from "node:assert/strict";
import type { FeatureName } from "../../core/dialect/index.ts";
import { CompileError, type Database } from "../../core/index.ts";

/** One thing that every database must do, or refuse. */
export interface Case {
  /** Which part of the suite it belongs to: `values`, `select`, … */
  readonly group: string;
  /** A sentence about behaviour. */
  readonly name: string;
  /** The features it is about. A database without them must refuse the statement with a `CompileError`. */
  readonly needs: readonly FeatureName[];
  /** Rejects where the database does otherwise. */
  run(): Promise<void>;
}

/** A case before it has a database. */
export interface Draft {
  readonly name: string;
  readonly needs?: readonly FeatureName[];
  /** Whether a database without the features is not asked at all, because nothing is sent that it could refuse. */
  readonly onlyWhereSupported?: boolean;
  run(db: Database<any>): Promise<void>;
}

/** Cases over tables of their own. */
export interface Group {
  readonly name: string;
  /** Creates the tables, once before the first case. */
  prepare(db: Database<any>): Promise<void>;
  readonly cases: readonly Draft[];
}

/** Gives the cases of a group their database. */
export function casesOf(group: Group, open: () => Promise<Database<any>>): readonly Case[] {
  let preparing: Promise<Database<any>> | undefined;
  const prepared = (): Promise<Database<any>> => {
    preparing ??= open().then(async (db) => {
      await group.prepare(db);
      return db;
    });
    return preparing;
  };
  return group.cases.map(({ name, needs = [], onlyWhereSupported = false, run }) => ({
    group: group.name,
    name,
    needs,
    async run() {
      const db = await prepared();
      if (needs.every((feature) => db.dialect.features.has(feature))) return run(db);
      if (!onlyWhereSupported) await assert.rejects(run(db), CompileError);
    },
  }));
}
