// CASE: what its branches may yield, and what it then is.
import { caseOf, caseWhen, type Expr, literal } from "athanor";
import { expectType } from "tsd";
import { posts, users } from "../tables.ts";

const young = users.age.lt(18);

expectType<Expr<string, "users.age", never>>(caseWhen(young, "young").else("old"));
expectType<Expr<string | null, "users.age", never>>(caseWhen(young, "young").end());
expectType<Expr<string | null, "users.age", never>>(caseWhen(young, "young").else(null));
expectType<Expr<number, "users.age" | "posts.id", "posts">>(
  caseWhen(young, posts.id).when(young, 1).else(literal(0.5)),
);
expectType<Expr<"admin" | "member", "users.age" | "users.role", "users">>(caseWhen(young, users.role).else("member"));
// @ts-expect-error the branches before yield texts
caseWhen(young, "young").else(1);
// @ts-expect-error no member of the enumeration
caseWhen(young, users.role).else("boss");
// @ts-expect-error a Date has no SQL type of its own: literal(value, timestamp())
caseWhen(young, new Date());

expectType<Expr<number, "users.role", never>>(caseOf(users.role).when("admin", 1).when("member", 2).else(3));
expectType<Expr<Date | null, "users.name" | "posts.title" | "posts.at", "posts">>(
  caseOf(users.name).when(posts.title, posts.at).end(),
);
// @ts-expect-error no member of the enumeration
caseOf(users.role).when("boss", 1);
