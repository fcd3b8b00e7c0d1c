// What a change costs beyond its sentence: rows or values that are gone afterwards, a table that is written anew, a lock behind
// which writers wait. Each with the way that costs less.
import type { Dialect, SchemaNode, SqlType, TableColumnNode } from "../../core/index.ts";
import type { DatabaseKind } from "../database.ts";
import { needsCopy } from "../run/copy-table.ts";
import type { Change, Hazard, KnownChange } from "./change.ts";
import { sameType, textOf } from "./same.ts";

/** @param created the names of tables and views that are created beside it */
export function hazardsOf(
  change: Change,
  created: ReadonlySet<string>,
  { dialect, kind }: { readonly dialect: Dialect; readonly kind: DatabaseKind },
): readonly Hazard[] {
  if (change.kind === "own") return change.hazards ?? [];
  if ("table" in change && typeof change.table === "string" && created.has(change.table)) return [];
  const copies: Hazard[] =
    kind === "sqlite" && change.kind !== "replaceEnum" && needsCopy(change)
      ? [hazard("rewrite", "the table is copied, and nobody else writes meanwhile")]
      : [];
  return [
    ...lossOf(change, dialect),
    ...(kind === "postgres" ? postgresHazards(change, dialect, created) : []),
    ...copies,
    ...mysqlHazards(change, dialect, kind),
  ];
}

function hazard(kind: Hazard["kind"], message: string, instead?: string): Hazard {
  return { kind, message, instead };
}

function lossOf(change: KnownChange, dialect: Dialect): readonly Hazard[] {
  switch (change.kind) {
    case "dropTable":
      return [
        hazard(
          "data loss",
          `all rows of "${change.table}" are gone`,
          "If it is called otherwise now, declare renamedFrom. Else deploy the program that no longer needs it first.",
        ),
      ];
    case "dropColumn":
      return [
        hazard(
          "data loss",
          `the values of "${change.column}" are gone`,
          "If it is called otherwise now, declare renamedFrom. Else deploy the program that no longer needs it first.",
        ),
      ];
    case "dropSequence":
      return [hazard("data loss", `"${change.name}" forgets which number comes next`)];
    case "replaceEnum":
      return change.gone.length === 0
        ? []
        : [
            hazard(
              "data loss",
              `rows with ${change.gone.map((value) => `"${value}"`).join(", ")} are in the way, and it refuses to start if there are any`,
              "Give them another value in a step before.",
            ),
          ];
    case "alterColumn":
      return losesValues(change.from, change.to, dialect);
    default:
      return [];
  }
}

function losesValues(from: TableColumnNode, to: TableColumnNode, dialect: Dialect): readonly Hazard[] {
  const found: Hazard[] = [];
  if (from.nullable && !to.nullable && to.computed === undefined) {
    found.push(
      hazard(
        "note",
        `it refuses to start if rows have null in "${to.name}"`,
        "Fill them in a step before: op.run(update(…)).",
      ),
    );
  }
  if (!sameType(from.type, to.type, dialect) && !isWider(from.type, to.type)) {
    found.push(
      hazard(
        "data loss",
        `values of "${to.name}" that do not fit ${dialect.typeName(to.type)} are in the way or are altered`,
      ),
    );
  }
  return found;
}

/** Whether every value of the one is a value of the other. */
function isWider(from: SqlType, to: SqlType): boolean {
  const isText = (type: SqlType) => type.kind === "text" || type.kind === "varchar" || type.kind === "char";
  if (isText(from) && isText(to)) return lengthOf(to) >= lengthOf(from);
  if (isInteger(from) && isInteger(to)) return sizeOf(to) >= sizeOf(from);
  if (isInteger(from) && to.kind === "decimal")
    return to.precision === undefined || to.precision - (to.scale ?? 0) >= 20;
  if (from.kind === "float" && to.kind === "float") return to.size >= from.size;
  if (from.kind === "decimal" && to.kind === "decimal") {
    if (to.precision === undefined) return true;
    if (from.precision === undefined) return false;
    const [a, b] = [from.scale ?? 0, to.scale ?? 0];
    return b >= a && to.precision - b >= from.precision - a;
  }
  if (from.kind === "enumeration" && to.kind === "enumeration") {
    return from.values.every((value) => to.values.includes(value));
  }
  return from.kind === "enumeration" && to.kind === "text";
}

function lengthOf(type: SqlType): number {
  return (type.kind === "varchar" || type.kind === "char" ? type.length : undefined) ?? Number.POSITIVE_INFINITY;
}

function isInteger(type: SqlType): boolean {
  return type.kind === "integer" || type.kind === "bigint";
}

function sizeOf(type: SqlType): number {
  return type.kind === "integer" ? type.size : 8;
}

function postgresHazards(change: KnownChange, dialect: Dialect, created: ReadonlySet<string>): readonly Hazard[] {
  switch (change.kind) {
    case "createIndex":
      return change.concurrently
        ? []
        : [
            hazard(
              "lock",
              `nobody writes "${change.table}" while the index is built`,
              "On a large table give { concurrently: true }, in a revision of its own with transaction: false.",
            ),
          ];
    case "addUnique":
    case "addPrimaryKey":
      return [
        hazard(
          "lock",
          `nobody reads or writes "${change.table}" while its index is built`,
          "On a large table build a unique index concurrently first, and make the constraint of it: alter table … add constraint … using index.",
        ),
      ];
    case "addForeignKey":
    case "addCheck":
      return change.notValid
        ? []
        : [
            hazard(
              "lock",
              `nobody writes "${change.table}" while all its rows are checked`,
              "On a large table give { notValid: true }, and validateConstraint() in a revision after it.",
            ),
          ];
    case "addExclusion":
      return [hazard("lock", `nobody reads or writes "${change.table}" while its index is built`)];
    case "addColumn":
      return change.column.computed || change.column.identity || isVolatile(change.column)
        ? [
            hazard(
              "rewrite",
              `"${change.table}" is written anew, and nobody reads or writes it meanwhile`,
              "On a large table add it as nullable, fill it in batches, and set its default and NOT NULL then.",
            ),
          ]
        : [];
    case "alterColumn":
      return alterHazards(change, dialect);
    case "replaceEnum":
      return change.columns.length === 0
        ? []
        : [
            hazard(
              "rewrite",
              `every table with a column of "${change.name}" is written anew, and nobody reads or writes it meanwhile`,
              "A value that is only to be out of use can stay: let the program refuse it.",
            ),
          ];
    case "dropView":
      return created.has(change.name)
        ? [
            hazard(
              "note",
              `rights, comments and options that "${change.name}" was given by hand go with it`,
              'Give them again once it is there: op.execute("grant …").',
            ),
          ]
        : [];
    case "alterDomain":
      return (change.from.nullable && !change.to.nullable) || change.to.checks.length > change.from.checks.length
        ? [hazard("lock", `nobody writes a table with a column of "${change.name}" while all its rows are looked at`)]
        : [];
    case "alterOptions":
      return change.from.unlogged !== change.to.unlogged || change.from.tablespace !== change.to.tablespace
        ? [hazard("rewrite", `"${change.table}" is written anew, and nobody reads or writes it meanwhile`)]
        : [];
    case "addEnumValue":
      return [
        hazard(
          "note",
          `"${change.value}" cannot be used in the transaction that adds it`,
          "Use it in a revision after this one, or set transaction: false here.",
        ),
      ];
    default:
      return [];
  }
}

function isVolatile({ default: value }: TableColumnNode): boolean {
  const text = value === undefined ? "" : (textOf(value) ?? "");
  return /\b(random|gen_random_uuid|uuid_generate_\w+|clock_timestamp|nextval)\(/i.test(text);
}

function alterHazards(
  { from, to, table }: Extract<SchemaNode, { kind: "alterColumn" }>,
  dialect: Dialect,
): readonly Hazard[] {
  const found: Hazard[] = [];
  if (!sameType(from.type, to.type, dialect) && !keepsRows(from.type, to.type)) {
    found.push(
      hazard(
        "rewrite",
        `"${table}" is written anew, and nobody reads or writes it meanwhile`,
        "On a large table add a column of the new type, fill it in batches, and let the program change over.",
      ),
    );
  }
  if (from.nullable && !to.nullable) {
    found.push(
      hazard(
        "lock",
        `nobody reads or writes "${table}" while all its rows are looked at`,
        `On a large table add a check ("${to.name}" is not null) as notValid, validate it, and set NOT NULL then: PostgreSQL takes the check's word.`,
      ),
    );
  }
  return found;
}

/** A wider varchar is the same rows: https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-NOTES */
function keepsRows(from: SqlType, to: SqlType): boolean {
  const isVarying = (type: SqlType) => type.kind === "text" || type.kind === "varchar";
  if (isVarying(from) && isVarying(to)) return lengthOf(to) >= lengthOf(from);
  if (from.kind === "decimal" && to.kind === "decimal")
    return isWider(from, to) && (to.precision === undefined || from.scale === to.scale);
  return false;
}

const copyingOptions = ["engine", "row_format", "key_block_size"];

function mysqlHazards(change: KnownChange, dialect: Dialect, kind: DatabaseKind): readonly Hazard[] {
  if (kind !== "mysql" && kind !== "mariadb") return [];
  if (change.kind === "alterColumn" && !sameType(change.from.type, change.to.type, dialect)) {
    return [
      hazard(
        "rewrite",
        `"${change.table}" is copied, and nobody writes it meanwhile, unless the change is one the server makes in place`,
      ),
    ];
  }
  if (change.kind === "alterOptions" && copyingOptions.some((name) => change.from[name] !== change.to[name])) {
    return [hazard("rewrite", `"${change.table}" is copied, and nobody writes it meanwhile`)];
  }
  if (change.kind === "addForeignKey") {
    return [hazard("lock", `nobody writes "${change.table}" while all its rows are checked`)];
  }
  return [];
}
