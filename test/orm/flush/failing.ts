// A database whose writing statements can be made to fail, one by one: the error comes in place of the statement, over the real
// connection and its real transaction.
import { CheckViolation, type Database, database } from "athanor";
import type { Connection, Driver, Query, Until } from "athanor/dialect";

export interface Failing {
  readonly db: Database<any>;
  /** Lets the writing statement of that number fail, counted from now on; none if undefined. */
  failAt(number: number | undefined): void;
  /** Whether it has. */
  readonly failed: boolean;
}

export function failing({ driver }: Database<any>): Failing {
  let left: number | undefined;
  let failed = false;
  const isTurn = (query: Query): boolean =>
    left !== undefined && /^(insert|update|delete)/i.test(query.text) && left-- === 0;
  const fail = (query: Query): never => {
    left = undefined;
    failed = true;
    throw new CheckViolation({ message: "made to fail", sql: query.text, transaction: "open" });
  };
  const wrap = (connection: Connection): Connection =>
    over(connection, {
      query: (query: Query, until?: Until) => (isTurn(query) ? fail(query) : connection.query(query, until)),
      // Of statements that ride together, those before the one that fails have run.
      ...(connection.pipeline && {
        async pipeline(queries: readonly Query[], until?: Until) {
          const at = queries.findIndex(isTurn);
          if (at < 0) return (connection.pipeline as NonNullable<Connection["pipeline"]>)(queries, until);
          for (const query of queries.slice(0, at)) await connection.query(query, until);
          return fail(queries[at] as Query);
        },
      }),
    });
  const db = database<any>(
    over(driver, {
      acquire(access: "read" | "write", until?: Until) {
        const connection = driver.acquire(access, until);
        return connection instanceof Promise ? connection.then(wrap) : wrap(connection);
      },
    }) as Driver,
  );
  return {
    db,
    failAt(number) {
      left = number;
      failed = false;
    },
    get failed() {
      return failed;
    },
  };
}

/** An object with some of its methods replaced. */
function over<T extends object>(target: T, methods: Partial<T>): T {
  return new Proxy(target, {
    get(_, key) {
      if (key in methods) return Reflect.get(methods, key);
      const value = Reflect.get(target, key) as unknown;
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
