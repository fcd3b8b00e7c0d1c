// What the server and mysql2 report, as the class that stands for its cause on every database. Error numbers:
// https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and, from 1900 on,
// https://mariadb.com/kb/en/mariadb-error-code-reference/ where the two part ways.
import {
  Cancelled,
  CannotConnect,
  CheckViolation,
  DatabaseError,
  type DatabaseErrorFacts,
  Deadlock,
  Disconnected,
  ForeignKeyViolation,
  LockTimeout,
  NotNullViolation,
  ReadOnly,
  ResourceExhausted,
  SerializationFailure,
  StatementTimeout,
  SyntaxErrorInSql,
  UndefinedObject,
  UniqueViolation,
} from "../../core/dialect/index.ts";

/** What mysql2 adds to an `Error`. */
export interface NativeError extends Error {
  readonly errno?: number | undefined;
  readonly code?: string | undefined;
  readonly sqlState?: string | undefined;
  sqlMessage?: string | undefined;
  /** The connection cannot be used any more. */
  readonly fatal?: boolean | undefined;
}

/** The statement an error belongs to. */
export interface Failed {
  readonly sql?: string | undefined;
  readonly parameters?: readonly unknown[] | undefined;
}

/** An error while a connection was made. */
export function connectError(error: NativeError, address: string): DatabaseError {
  return new CannotConnect({
    message: `${address} cannot be reached: ${error.message === "" ? (error.code ?? "no reason given") : error.message}`,
    cause: error,
  });
}

/** An error of a statement. */
export function statementError(error: NativeError, failed: Failed = {}): DatabaseError {
  conceal(error);
  const facts: DatabaseErrorFacts = { message: error.message, cause: error, ...failed };
  if (error.errno === undefined || error.sqlState === undefined) {
    return error.fatal || lostCodes.has(error.code ?? "") ? new Disconnected(facts) : new DatabaseError(facts);
  }
  if (failsByMark.has(error.errno) && failed.sql?.includes(otherKeyMark)) {
    return new UniqueViolation({
      ...facts,
      message: "the row conflicts with an existing one in another unique key than the upsert names",
      hint: "Name that key in onConflict(), or none, to update whatever row is in the way.",
    });
  }
  const make = classes.get(error.errno);
  if (make !== undefined) return make(facts, error.message);
  return error.fatal ? new Disconnected(facts) : new DatabaseError(facts);
}

/** Stands in an upsert where it fails because another unique key is in the way than the one it names; see insert.ts. */
export const otherKeyMark = "athanor: another key";

/** Whether an error says that the server stopped the statement because it was told to. */
export function wasInterrupted(error: NativeError): boolean {
  return error.errno === interrupted || error.errno === executionTime || error.errno === statementTime;
}

/** "Subquery returns more than 1 row" on MariaDB, "Invalid JSON text" on MySQL. */
const failsByMark: ReadonlySet<number> = new Set([1242, 3141]);
const interrupted = 1317;
/** MySQL's max_execution_time. */
const executionTime = 3024;
/** MariaDB's max_statement_time. */
const statementTime = 1969;

const lostCodes = new Set(["PROTOCOL_CONNECTION_LOST", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ECONNABORTED"]);

type Make = (facts: DatabaseErrorFacts, message: string) => DatabaseError;

const classes: ReadonlyMap<number, Make> = new Map<number, Make>([
  // --- a row breaks a rule ---
  ...each(
    [1022, 1062, 1169, 1586, 1859],
    (facts, message) => new UniqueViolation({ ...facts, ...duplicateKey(message) }),
  ),
  ...each(
    [1216, 1217, 1451, 1452, 1761, 1762],
    (facts, message) => new ForeignKeyViolation({ ...facts, ...foreignKey(message) }),
  ),
  ...each([1048, 1263, 1364, 1566, 3673], (facts, message) => new NotNullViolation({ ...facts, ...notNull(message) })),
  ...each([3819, 4025], (facts, message) => new CheckViolation({ ...facts, ...check(message) })),
  // --- two transactions in each other's way ---
  // InnoDB has rolled back the whole transaction, and the session goes on in autocommit.
  ...each([1213], (facts) => new Deadlock({ ...facts, transaction: "gone" })),
  ...each([1020], (facts) => new SerializationFailure({ ...facts, transaction: "gone" })),
  // Only the statement was rolled back: a COMMIT now would keep half of the work.
  ...each([1205, 3572], (facts) => new LockTimeout({ ...facts, transaction: "failed" })),
  // --- ended before its time ---
  ...each([interrupted], (facts) => new Cancelled(facts)),
  ...each([executionTime, statementTime], (facts) => new StatementTimeout(facts)),
  // Shutdown, KILL, and the server's own timeouts. An error packet may arrive before the socket is closed.
  ...each([1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1927, 4031], (facts) => new Disconnected(facts)),
  // --- what was asked for is not possible ---
  ...each([1792, 1836], (facts) => new ReadOnly(facts)),
  ...each([1290], (facts, message) => (/read.only/i.test(message) ? new ReadOnly(facts) : new DatabaseError(facts))),
  ...each([1064, 1149], (facts) => new SyntaxErrorInSql(facts)),
  ...each(
    [1049, 1051, 1054, 1072, 1091, 1109, 1146, 1176, 1305, 1360, 1530, 1539, 1630, 4091, 4161],
    (facts) => new UndefinedObject(facts),
  ),
  // --- the server ran out of something ---
  ...each([1021, 1037, 1038, 1040, 1041, 1114, 1135, 1203, 1226], (facts) => new ResourceExhausted(facts)),
  // The lock table is full: InnoDB has rolled back the whole transaction.
  ...each([1206], (facts) => new ResourceExhausted({ ...facts, transaction: "gone" })),
  ...each(
    [1461],
    (facts) =>
      new ResourceExhausted({ ...facts, hint: "Raise max_prepared_stmt_count, or lower the option statementCache." }),
  ),
]);

function each(numbers: readonly number[], make: Make): [number, Make][] {
  return numbers.map((number) => [number, make]);
}

type Where = Pick<DatabaseErrorFacts, "constraint" | "table" | "columns">;

/** MySQL writes `table.key`, MariaDB the key alone. */
function duplicateKey(message: string): Where {
  const key = /for key '(.*)'$/s.exec(message)?.[1];
  if (key === undefined) return {};
  const dot = key.indexOf(".");
  return dot === -1 ? { constraint: key } : { table: key.slice(0, dot), constraint: key.slice(dot + 1) };
}

/** ``… fails (`database`.`table`, CONSTRAINT `name` FOREIGN KEY (`a`, `b`) REFERENCES …)`` */
function foreignKey(message: string): Where {
  const found =
    /\(`(?:[^`]|``)*`\.`((?:[^`]|``)*)`, CONSTRAINT `((?:[^`]|``)*)` FOREIGN KEY \(((?:[^`)]|`(?:[^`]|``)*`)*)\)/.exec(
      message,
    );
  if (found === null) return {};
  return { table: unquote(found[1] ?? ""), constraint: unquote(found[2] ?? ""), columns: quotedNames(found[3] ?? "") };
}

function notNull(message: string): Where {
  const column = /(?:Column|Field|column) '(.*?)' (?:cannot be null|doesn't have|at row)/s.exec(message)?.[1];
  return column === undefined ? {} : { columns: [column] };
}

/** ``CONSTRAINT `name` failed for `database`.`table` `` on MariaDB, `Check constraint 'name' is violated.` on MySQL. */
function check(message: string): Where {
  const mysql = /^Check constraint '(.*)' is violated/s.exec(message)?.[1];
  if (mysql !== undefined) return { constraint: mysql };
  const found = /^CONSTRAINT `((?:[^`]|``)*)` failed for `(?:[^`]|``)*`\.`((?:[^`]|``)*)`/.exec(message);
  if (found === null) return {};
  // The check of a column is called `table.column` by MariaDB.
  return { constraint: unquote(found[1] ?? ""), table: unquote(found[2] ?? "") };
}

function quotedNames(list: string): string[] {
  return [...list.matchAll(/`((?:[^`]|``)*)`/g)].map(([, name]) => unquote(name ?? ""));
}

function unquote(name: string): string {
  return name.replaceAll("``", "`");
}

/** Messages in which the server repeats a value: what is to be left out, by error number. */
const repeats: ReadonlyMap<number, readonly [pattern: RegExp, instead: string]> = new Map<
  number,
  readonly [RegExp, string]
>([
  ...[1062, 1586, 1859].map(
    (number) => [number, [/^Duplicate entry '.*' for key '/s, "Duplicate entry for key '"]] as const,
  ),
  ...[1292, 1366, 1367, 1411, 1525, 1300, 1441].map(
    (number) => [number, [/(value|string|function \w+):? *'.*'(?= for (?:column|function)|$)/s, "$1"]] as const,
  ),
  [1690, [/ in '.*'$/s, ""]],
  [1265, [/ value '.*'(?= for column|$)/s, " value"]],
  [1526, [/ for value .*$/s, " for the value"]],
  // Errors that a program of the server's own raises, and lengths of values, say what they say.
]);

/** Takes the values out of a message, in place: the error itself becomes the `cause` that logs print. */
function conceal(error: NativeError): void {
  const found = repeats.get(error.errno ?? 0);
  if (found === undefined) return;
  const before = error.message;
  const after = before.replace(found[0], found[1]);
  if (after === before) return;
  const stack = error.stack;
  error.message = after;
  if (error.sqlMessage !== undefined) error.sqlMessage = after;
  if (stack !== undefined) error.stack = stack.replace(before, () => after);
}
