// MariaDB's network addresses, as texts. https://mariadb.com/kb/en/inet6/
import { type Col, customType, type Feature, text } from "../../core/index.ts";

type Network = Feature<"NETWORK">;

function addressType(sql: string): (name?: string) => Col<string, "required", Network> {
  return customType<string, string, "NETWORK">({
    sql,
    base: text(),
    feature: "NETWORK",
    encode: (value) => value,
    decode: (value) => value,
  });
}

/** An address of 4 bytes: `10.0.0.1`. */
export const inet4: (name?: string) => Col<string, "required", Network> = addressType("inet4");
/** An address of 16 bytes: `::1`. */
export const inet6: (name?: string) => Col<string, "required", Network> = addressType("inet6");
