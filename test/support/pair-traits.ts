// What schemas are made of whose pairs are migrated from one to the other: types of every family, so that columns change from
// each to each, and names few enough that both of a pair have them.
import type { SqlType } from "athanor/dialect";
import type { Traits, TypeTrait } from "./random-schema.ts";

const type = (type: SqlType, values: readonly unknown[] = [], keyable = true): TypeTrait => ({ type, values, keyable });

const common: readonly TypeTrait[] = [
  type({ kind: "integer", size: 4 }, [0, -1]),
  type({ kind: "integer", size: 2 }, [7]),
  type({ kind: "bigint", as: "bigint" }, [9007199254740993n]),
  type({ kind: "float", size: 8 }, [0.1]),
  type({ kind: "decimal", precision: 10, scale: 2, as: "string" }, ["12.50"]),
  type({ kind: "boolean" }, [true, false]),
  type({ kind: "varchar", length: 20 }, ["x", "it's"]),
  type({ kind: "varchar", length: 40 }, ["y"]),
  type({ kind: "char", length: 3 }, ["abc"]),
  type({ kind: "uuid" }, ["01890a5d-ac96-774b-bcce-b302099a8057"]),
  type({ kind: "enumeration", values: ["sad", "it's ok", "happy"] }, ["it's ok"]),
  type({ kind: "enumeration", values: ["sad", "happy"] }, ["happy"]),
  type({ kind: "date" }, ["2024-02-29"]),
  type({ kind: "timestamp", as: "date" }, [new Date("2024-02-29T12:34:56.789Z")]),
  type({ kind: "timestamptz", as: "date" }, [new Date("2024-02-29T12:34:56.789Z")]),
];

const names = ["a", "Na me", 'quo"te', "it's", "`tick`", "ünï", "dot.ted", "null", "order"];

export const postgresPairs: Traits = {
  types: [
    ...common,
    type({ kind: "text" }, ["", "it's", "a\\b"]),
    type({ kind: "json", storage: "binary" }, [{ a: ["it's", 1, null] }]),
    type({ kind: "bytes" }, [new Uint8Array([0, 255, 39])]),
    type({ kind: "array", of: { kind: "integer", size: 4 } }, [[1, 2]]),
    type({ kind: "interval" }, ["P1DT2H"]),
  ],
  names,
  collations: ["C", "POSIX"],
  comments: true,
  computed: ["stored"],
  deferrable: true,
  actions: ["no action", "restrict", "cascade", "set null", "set default"],
  partialIndexes: true,
  expressionIndexes: true,
  options: [{}, {}, { fillfactor: 70 }, { fillfactor: 70, autovacuum_enabled: false }],
  expressionDefaults: true,
};

export const sqlitePairs: Traits = {
  types: [...common, type({ kind: "text" }, ["", "it's", "a\\b"]), type({ kind: "bytes" }, [new Uint8Array([0, 255])])],
  names,
  collations: ["NOCASE", "RTRIM"],
  comments: true,
  computed: ["stored", "virtual"],
  deferrable: true,
  actions: ["no action", "restrict", "cascade", "set null", "set default"],
  partialIndexes: true,
  expressionIndexes: true,
  options: [{}, {}, { strict: true }],
  expressionDefaults: true,
};

export const mysqlPairs: Traits = {
  types: [...common, type({ kind: "text" }, ["", "it's", "a\\b"], false), type({ kind: "bytes", length: 16 })],
  names,
  collations: [],
  comments: true,
  computed: ["stored", "virtual"],
  deferrable: false,
  actions: ["no action", "restrict", "cascade", "set null"],
  partialIndexes: false,
  expressionIndexes: false,
  options: [{}, {}, { row_format: "compressed" }, { row_format: "dynamic", stats_persistent: 1 }],
  expressionDefaults: true,
};
