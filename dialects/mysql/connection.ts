// A connection of mysql2's pool, lent to one user. Statements with values go by the binary protocol alone. A statement that
// is to stop is stopped on the server and waited for; where that cannot be confirmed, the session is destroyed.
import {
  type Connection,
  type DatabaseError,
  DialectLimit,
  type Query,
  type Result,
  type Row,
  stopError,
  stopped,
  type Until,
  watch,
} from "../../core/dialect/index.ts";
import { type Failed, type NativeError, statementError } from "./errors.ts";
import { changesSession, leavesLasting } from "./session.ts";
import type { OkPacket, Session } from "./session-state.ts";
import { splitStatements } from "./split-statements.ts";
import { phrases, type Stopping, stopStatement } from "./stop.ts";
import { streamRows } from "./stream.ts";
import { inserted } from "./upsert-count.ts";
import { wireLength, wireValues } from "./wire.ts";

/** What mysql2 hands over: rows, what an OK packet says, or several of them from a procedure. */
type Outcome = Row[] | OkPacket | (Row[] | OkPacket)[];
type Callback = (error: NativeError | null, outcome: Outcome, fields?: readonly unknown[]) => void;

const noRows: readonly Row[] = [];
/** "This command is not supported in the prepared statement protocol yet". */
const notPreparable = 1295;
/** "Prepared statement needs to be re-prepared": it has not run. */
const needsPreparing = 1615;

export class MysqlConnection implements Connection {
  readonly #session: Session;
  readonly #giveBack: (session: Session, broken: boolean) => void;
  #released = false;

  constructor(session: Session, giveBack: (session: Session, broken: boolean) => void) {
    this.#session = session;
    this.#giveBack = giveBack;
  }

  get native(): unknown {
    return this.#session.native;
  }

  get usable(): boolean {
    return !this.#released && this.#session.usable;
  }

  query(query: Query, until?: Until): Promise<Result> {
    const { text, parameters } = query;
    const failed: Failed = { sql: text, parameters };
    try {
      this.#begin(text, parameters, until, failed);
    } catch (error) {
      return Promise.reject(error);
    }
    const native = this.#session.native;
    const values = parameters.length === 0 ? [] : wireValues(parameters);
    const running = this.#run(failed, until, (callback) => {
      native.execute(text, values, ((error, outcome, fields) => {
        if (error?.errno === notPreparable && values.length === 0) native.query(text, callback as never);
        else if (error?.errno === needsPreparing) {
          native.unprepare(text);
          native.execute(text, values, callback as never);
        } else callback(error, outcome, fields);
      }) satisfies Callback as never);
    });
    if (query.prepare !== false) return running;
    return running.finally(() => {
      if (this.#session.usable) native.unprepare(text);
    });
  }

  async execute(text: string, until?: Until): Promise<Result> {
    let result: Result = { rows: noRows, affected: 0 };
    for (const sql of splitStatements(text)) {
      const failed: Failed = { sql };
      this.#begin(sql, [], until, failed);
      result = await this.#run(failed, until, (callback) => {
        this.#session.native.query(sql, callback as never);
      });
    }
    return result;
  }

  stream(query: Query, batch: number, until?: Until): AsyncIterable<readonly Row[]> {
    const failed: Failed = { sql: query.text, parameters: query.parameters };
    return streamRows(this.#session, query, batch, until, failed, () => {
      this.#begin(query.text, query.parameters, until, failed);
    });
  }

  release(broken = false): void {
    if (this.#released) return;
    this.#released = true;
    this.#giveBack(this.#session, broken);
  }

  /** Checks, before anything is sent, that it may be. */
  #begin(text: string, parameters: readonly unknown[], until: Until | undefined, failed: Failed): void {
    const session = this.#session;
    if (session.lost !== undefined || this.#released) {
      throw statementError(
        Object.assign(new Error("the connection has been lost"), { cause: session.lost, fatal: true }),
        failed,
      );
    }
    const why = stopped(until);
    if (why !== undefined) {
      throw stopError(why, until?.signal, {
        message: `${phrases[why]} before it was sent`,
        transaction: "open",
        ...failed,
      });
    }
    const length = text.length + wireLength(parameters);
    if (length >= session.maxPacket) {
      throw new DialectLimit(
        "bytes in a statement and its values",
        length,
        session.maxPacket,
        "Send less at once, or raise the server's max_allowed_packet.",
      );
    }
    if (changesSession(text))
      session.traces = leavesLasting(text) ? "lasting" : session.traces === "lasting" ? "lasting" : "resettable";
  }

  /** Starts a statement and waits for it, or for its end by `until`. */
  #run(failed: Failed, until: Until | undefined, start: (callback: Callback) => void): Promise<Result> {
    const session = this.#session;
    return new Promise((resolve, reject) => {
      let settled = false;
      let stopping: Stopping | undefined;
      const finish = (error: DatabaseError | undefined, result?: Result): void => {
        if (settled) return;
        settled = true;
        endWatch();
        if (error === undefined) resolve(result as Result);
        else reject(error);
      };
      const endWatch = watch(until, (why) => {
        stopping = stopStatement(session, why, until?.signal, failed, finish);
      });
      start((error, outcome, fields) => {
        // mysql2 reports the loss of a connection once for each of the two commands a statement is made of.
        if (settled) return;
        if (error !== null && error !== undefined) {
          const classified = statementError(error, failed);
          if (classified.connectionInvalidated) session.destroy(error);
          if (stopping === undefined) finish(classified);
          else stopping.ended(error, () => finish(classified));
          return;
        }
        const result = this.#result(failed.sql ?? "", outcome, fields);
        if (stopping === undefined) finish(undefined, result);
        else stopping.ended(undefined, () => finish(undefined, result));
      });
    });
  }

  #result(text: string, outcome: Outcome, fields: readonly unknown[] | undefined): Result {
    if (Array.isArray(outcome)) {
      // A procedure gives several results; the first with rows is the one meant.
      const several =
        fields !== undefined && (fields.length === 0 || fields[0] === undefined || Array.isArray(fields[0]));
      const rows = several ? (outcome as (Row[] | OkPacket)[]).find((part) => Array.isArray(part)) : (outcome as Row[]);
      return rows === undefined
        ? { rows: noRows, affected: 0 }
        : { rows: rows as Row[], affected: (rows as Row[]).length };
    }
    this.#session.note(outcome);
    const { affected, insertId } = inserted(text, outcome.affectedRows, outcome.insertId, outcome.info);
    if (insertId === 0) return { rows: noRows, affected };
    return { rows: noRows, affected, insertedKey: insertedKey(insertId) };
  }
}

/** mysql2 reads the key as signed, and as text beyond a safe number. */
function insertedKey(insertId: number | string): number | bigint {
  if (typeof insertId === "number" && insertId > 0) return insertId;
  const key = BigInt.asUintN(64, BigInt(insertId));
  return key <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(key) : key;
}
