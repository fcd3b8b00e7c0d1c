// What clients may send. Anything else is refused, with every problem and its path: no other column, relationship or operator
// can be reached, whatever the request says.
import { type InputSchema, inputSchema, insertSchema, isRecord, type Report, updateSchema } from "athanor";
import { filterSchema } from "athanor/orm";
import { Order, Product } from "./model.ts";
import { orderLines, orders, products } from "./schema.ts";

export const productSearch = filterSchema(Product, {
  fields: ["sku", "name", "price", "stock"],
  sort: ["sku", "name", "price", "stock"],
});

export const orderSearch = filterSchema(Order, {
  fields: ["customer", "status", "placedAt", "lines.quantity", "lines.product.sku"],
  sort: ["placedAt", "customer", "total"],
});

export const newProduct = insertSchema(products, { only: ["sku", "name", "price", "stock"] });

const changes = updateSchema(products, { only: ["version", "name", "price", "stock"] });

/** Whoever changes a product says which version of it they saw. */
export const productChange = inputSchema("change", (data, report) => {
  const { version, ...change } = checked(changes, data, [], report);
  if (version === undefined && isRecord(data) && data.version === undefined) report(["version"], "is required");
  return { version, change };
});

const header = insertSchema(orders, { only: ["customer", "note"] });
const line = insertSchema(orderLines, { only: ["productId", "quantity"] });

export const newOrder = inputSchema("order", (data, report) => {
  const { lines, ...rest } = isRecord(data) ? data : {};
  return { ...checked(header, rest, [], report), lines: linesOf(lines, report) };
});
export type NewOrder = ReturnType<typeof newOrder.parse>;

function linesOf(sent: unknown, report: Report) {
  if (!Array.isArray(sent) || sent.length < 1 || sent.length > 50) {
    report(["lines"], "expected a list of 1 to 50 lines");
    return [];
  }
  const seen = new Set<number>();
  return sent.map((one, i) => {
    const { productId, quantity } = checked(line, one, ["lines", i], report);
    if (quantity < 1 || quantity > 1000) report(["lines", i, "quantity"], "expected a number from 1 to 1000");
    if (seen.has(productId)) report(["lines", i, "productId"], "stands in another line already");
    if (productId !== undefined) seen.add(productId);
    return { productId, quantity };
  });
}

/** Checks a part of the data by a schema of its own. */
function checked<T>(schema: InputSchema<any, T>, data: unknown, path: readonly (string | number)[], report: Report): T {
  const result = schema["~standard"].validate(data);
  if (result.issues === undefined) return result.value;
  for (const issue of result.issues) report([...path, ...issue.path], issue.message);
  // What is read of data with problems is thrown away.
  return {} as T;
}
