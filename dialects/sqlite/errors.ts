// What SQLite reports, as the error classes that all databases share. What a violation concerns is read from its message,
// where alone SQLite says it.
import {
  Cancelled,
  CannotConnect,
  CheckViolation,
  DatabaseError,
  type DatabaseErrorFacts,
  ForeignKeyViolation,
  LockTimeout,
  NotNullViolation,
  ReadOnly,
  ResourceExhausted,
  SerializationFailure,
  SyntaxErrorInSql,
  UndefinedObject,
  UniqueViolation,
} from "../../core/dialect/index.ts";

type ErrorClass = new (facts: DatabaseErrorFacts) => DatabaseError;

// https://sqlite.org/rescode.html; the longest prefix decides.
const classes: Readonly<Record<string, ErrorClass>> = {
  SQLITE_CONSTRAINT_UNIQUE: UniqueViolation,
  SQLITE_CONSTRAINT_PRIMARYKEY: UniqueViolation,
  SQLITE_CONSTRAINT_ROWID: UniqueViolation,
  SQLITE_CONSTRAINT_NOTNULL: NotNullViolation,
  SQLITE_CONSTRAINT_CHECK: CheckViolation,
  SQLITE_CONSTRAINT_FOREIGNKEY: ForeignKeyViolation,
  // Another connection has written since this transaction first read: it can no longer write, only begin anew.
  SQLITE_BUSY_SNAPSHOT: SerializationFailure,
  SQLITE_BUSY: LockTimeout,
  SQLITE_LOCKED: LockTimeout,
  SQLITE_READONLY: ReadOnly,
  SQLITE_FULL: ResourceExhausted,
  SQLITE_NOMEM: ResourceExhausted,
  SQLITE_CANTOPEN: CannotConnect,
  SQLITE_NOTADB: CannotConnect,
  SQLITE_AUTH: CannotConnect,
  SQLITE_INTERRUPT: Cancelled,
};

/** The class of an error that SQLite reported with an extended code and a message. */
export function sqliteError(code: string, facts: DatabaseErrorFacts): DatabaseError {
  const Class = code === "SQLITE_ERROR" ? classOfMessage(facts.message) : classOfCode(code, facts.message);
  // The failed statement alone is undone, and its transaction goes on; but one whose snapshot is old can never write.
  const transaction = Class === SerializationFailure ? "failed" : "open";
  return new Class({ ...detailsOf(facts.message), transaction, ...facts });
}

/** Whether another connection's lock is in the way, and waiting can help. */
export function isBusy(code: string | undefined): boolean {
  return code?.startsWith("SQLITE_BUSY") === true && code !== "SQLITE_BUSY_SNAPSHOT";
}

/** The names of the numbers that node:sqlite gives. */
export function codeOfNumber(number: number): string {
  const primary = primaryCodes[number & 0xff] ?? "SQLITE_ERROR";
  return extendedCodes[number] ?? primary;
}

/** The driver is not installed. */
export function driverMissing(cause: unknown): CannotConnect {
  return new CannotConnect({
    message: "better-sqlite3 cannot be loaded",
    hint: 'Install it with "npm install better-sqlite3", or pass { driver: "node:sqlite" } to use the one in Node.',
    cause,
  });
}

function classOfCode(code: string, message: string): ErrorClass {
  // RESTRICT is carried out by a trigger of SQLite's own, and reported as one.
  if (message === "FOREIGN KEY constraint failed") return ForeignKeyViolation;
  for (let name = code; name !== ""; name = name.slice(0, Math.max(0, name.lastIndexOf("_")))) {
    const Class = classes[name];
    if (Class !== undefined) return Class;
  }
  return DatabaseError;
}

function classOfMessage(message: string): ErrorClass {
  if (
    /^no such (table|column|function|view|index|trigger|module|savepoint|collation)|has no column named/.test(message)
  ) {
    return UndefinedObject;
  }
  return /syntax error|^incomplete input|^unrecognized token/.test(message) ? SyntaxErrorInSql : DatabaseError;
}

type Details = Pick<DatabaseErrorFacts, "constraint" | "table" | "columns">;

// `UNIQUE constraint failed: users.email, users.name`, `… failed: index 'name'`, `CHECK constraint failed: name`,
// `cannot store TEXT value in INTEGER column users.age`.
function detailsOf(message: string): Details {
  const [, kind, what = ""] = /^(UNIQUE|NOT NULL|CHECK) constraint failed: (.*)$/s.exec(message) ?? [];
  if (kind === "CHECK") return { constraint: what };
  const index = /^index '(.*)'$/s.exec(what);
  if (index !== null) return { constraint: index[1] };
  return columnsOf(what || /^cannot store .* column (.*)$/s.exec(message)?.[1] || "");
}

function columnsOf(list: string): Details {
  if (list === "") return {};
  const names = list.split(", ").map((name) => {
    const dot = name.indexOf(".");
    return { table: name.slice(0, dot), column: name.slice(dot + 1) };
  });
  return { table: names[0]?.table, columns: names.map(({ column }) => column) };
}

const primaryCodes: Readonly<Record<number, string>> = {
  2: "SQLITE_INTERNAL",
  3: "SQLITE_PERM",
  4: "SQLITE_ABORT",
  5: "SQLITE_BUSY",
  6: "SQLITE_LOCKED",
  7: "SQLITE_NOMEM",
  8: "SQLITE_READONLY",
  9: "SQLITE_INTERRUPT",
  10: "SQLITE_IOERR",
  11: "SQLITE_CORRUPT",
  13: "SQLITE_FULL",
  14: "SQLITE_CANTOPEN",
  17: "SQLITE_SCHEMA",
  18: "SQLITE_TOOBIG",
  19: "SQLITE_CONSTRAINT",
  20: "SQLITE_MISMATCH",
  21: "SQLITE_MISUSE",
  23: "SQLITE_AUTH",
  25: "SQLITE_RANGE",
  26: "SQLITE_NOTADB",
};

// Only those that make a difference.
const extendedCodes: Readonly<Record<number, string>> = {
  517: "SQLITE_BUSY_SNAPSHOT",
  275: "SQLITE_CONSTRAINT_CHECK",
  787: "SQLITE_CONSTRAINT_FOREIGNKEY",
  1299: "SQLITE_CONSTRAINT_NOTNULL",
  1555: "SQLITE_CONSTRAINT_PRIMARYKEY",
  1811: "SQLITE_CONSTRAINT_TRIGGER",
  2067: "SQLITE_CONSTRAINT_UNIQUE",
  2579: "SQLITE_CONSTRAINT_ROWID",
};
