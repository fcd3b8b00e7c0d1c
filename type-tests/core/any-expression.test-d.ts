// Whatever a schema and its functions give can be kept where any expression may stand.
import { type Expr, fn } from "athanor";
import { users } from "../tables.ts";

export const any: readonly Expr<any, any, any>[] = [users.id, users.email, users.name, users.bio, fn.count()];
export const numbers: readonly Expr<number, any, any>[] = [users.id, users.age, fn.count()];
