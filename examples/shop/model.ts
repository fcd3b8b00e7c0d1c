// The shop as classes. `ofTenant` holds wherever a class is read, in included and filtered relationships too: a session is
// given its tenant once, and what belongs to another one is not there.
import { decimal, fn, integer, param, select } from "athanor";
import { many, mapped, one } from "athanor/orm";
import { orderLines, orders, products } from "./schema.ts";

const tenant = param("tenant", integer());

export class Product extends mapped(
  products,
  {},
  { version: "version", where: { ofTenant: products.tenantId.eq(tenant) } },
) {}

export class Order extends mapped(
  orders,
  {
    get lines() {
      return many(OrderLine, { cascade: { delete: true, orphans: true } });
    },
    /** An expression in queries, a value on orders that were read. */
    get total() {
      const own = select({ sum: fn.sum(OrderLine.amount) })
        .from(orderLines)
        .where(orderLines.orderId.eq(orders.id));
      return fn.coalesce(own.scalar(), "0.00");
    },
  },
  { version: "version", where: { ofTenant: orders.tenantId.eq(tenant) } },
) {}

export class OrderLine extends mapped(orderLines, {
  get order() {
    return one(Order);
  },
  get product() {
    return one(Product);
  },
}) {
  /** Exact: a decimal times an integer stays a decimal. */
  static get amount() {
    return orderLines.price.mul(orderLines.quantity.cast(decimal(10, 0)));
  }
}
