// Statements of which little is known: the types stop where a selection may nest without end.
import { type Database, integer, type Statement, type select, table } from "athanor";
import { expectType } from "tsd";

declare const db: Database<never>;
const users = table("users", { id: integer().primaryKey(), age: integer() });

// Any query at all.
declare const query: ReturnType<typeof select>;
void query.where(users.age.gte(18)).limit(1);

// A statement with needs that are not known runs with parameters or without.
declare const anything: Database<any>;
declare const some: Statement<{ id: number }, any>;
expectType<{ id: number }[]>(await anything.all(some));
expectType<{ id: number }[]>(await anything.all(some, { least: 18 }));
