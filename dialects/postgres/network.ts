// Network addresses, as texts. https://www.postgresql.org/docs/current/functions-net.html
import { booleanType, countType, type SqlType, textType } from "../../core/dialect/index.ts";
import { type Col, customType, type Expr, type ExprOf, type Feature, nodeOf, text } from "../../core/index.ts";
import { type Both, call, operand, operator, type Strict } from "./operators.ts";

type Network = Feature<"NETWORK">;
type Address = string | null;

function addressType(sql: string): (name?: string) => Col<string, "required", Network> {
  return customType<string, string, "NETWORK">({
    sql,
    base: text(),
    feature: "NETWORK",
    encode: (value) => value,
    decode: (value) => value,
  });
}

/** A host, with its network or without: `10.0.0.1`, `10.0.0.1/8`, `::1`. */
export const inet: (name?: string) => Col<string, "required", Network> = addressType("inet");
/** A network: `10.0.0.0/8`. */
export const cidr: (name?: string) => Col<string, "required", Network> = addressType("cidr");
/** A hardware address of 6 bytes: `08:00:2b:01:02:03`. */
export const macaddr: (name?: string) => Col<string, "required", Network> = addressType("macaddr");
/** A hardware address of 8 bytes. */
export const macaddr8: (name?: string) => Col<string, "required", Network> = addressType("macaddr8");

const inetType: SqlType = { kind: "custom", sql: "inet", base: textType };
const cidrType: SqlType = { kind: "custom", sql: "cidr", base: textType };

/** Whether the network contains the address or network, or is the same. */
export function contains<T extends Address, N, L, U extends Address = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: string | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Network>, L | NoInfer<K>> {
  return compared(of, ">>=", other);
}

/** Whether the address or network lies in the network, or is the same. */
export function within<T extends Address, N, L, U extends Address = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: string | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Network>, L | NoInfer<K>> {
  return compared(of, "<<=", other);
}

/** Whether one contains the other. */
export function overlaps<T extends Address, N, L, U extends Address = never, M = never, K = never>(
  of: ExprOf<T, N, L>,
  other: string | ExprOf<U, M, K>,
): Expr<Strict<boolean, T, U>, Both<N, M, Network>, L | NoInfer<K>> {
  return compared(of, "&&", other);
}

/** The address without its network. */
export function host<T extends Address, N, L>(of: ExprOf<T, N, L>): Expr<Strict<string, T>, N | Network, L> {
  return call("host", [nodeOf(of)], textType, "NETWORK");
}

/** The network of an address. */
export function network<T extends Address, N, L>(of: ExprOf<T, N, L>): Expr<Strict<string, T>, N | Network, L> {
  return call("network", [nodeOf(of)], cidrType, "NETWORK");
}

/** How many bits the network has. */
export function maskLength<T extends Address, N, L>(of: ExprOf<T, N, L>): Expr<Strict<number, T>, N | Network, L> {
  return call("masklen", [nodeOf(of)], countType, "NETWORK");
}

/** 4 or 6. */
export function family<T extends Address, N, L>(of: ExprOf<T, N, L>): Expr<Strict<number, T>, N | Network, L> {
  return call("family", [nodeOf(of)], countType, "NETWORK");
}

function compared<T, N, L>(of: ExprOf<any, any>, sign: string, other: unknown): Expr<T, N, L> {
  return operator(nodeOf(of), sign, operand(other, inetType), booleanType, "NETWORK");
}
