// Placing and cancelling: what must be right also when everyone wants the last one at the same time.
import { type InputIssue, InvalidInputError, UniqueViolation } from "athanor";
import { type Session, StaleDataError } from "athanor/orm";
import type { NewOrder } from "./input.ts";
import { Order, OrderLine, Product } from "./model.ts";
import { Problem } from "./problems.ts";
import { orders, products } from "./schema.ts";

/**
 * Somebody else has changed the stock, or the same request was sent twice at once: what is there is read again and decided
 * anew. Nobody had seen what was stale, so nobody has to be asked.
 */
export const again = {
  attempts: 10,
  also: (error: unknown): boolean => error instanceof StaleDataError || error instanceof UniqueViolation,
};

/** Takes goods out of stock for an order. A request that has placed one already gets the same again. */
export async function placeOrder(session: Session, tenantId: number, requestKey: string, wanted: NewOrder) {
  const [earlier] = await session
    .query(Order)
    .where(orders.requestKey.eq(requestKey))
    .include(Order.lines.include(OrderLine.product))
    .undefer("total")
    .all();
  if (earlier !== undefined) {
    if (!isFor(earlier, wanted)) throw new Problem(422, "This Idempotency-Key was used for another order");
    return { order: earlier, isNew: false };
  }
  const lines = await takenFromStock(session, wanted);
  const { customer, note = null } = wanted;
  const order = new Order({ tenantId, requestKey, customer, note, lines });
  session.add(order);
  await session.flush();
  return { order: await session.load(order, "total", Order.lines.include(OrderLine.product)), isNew: true };
}

/** Gives the goods of an order back. */
export async function cancelOrder(session: Session, id: string) {
  const [order] = await session
    .query(Order)
    .where(orders.id.eq(id))
    .include(Order.lines.include(OrderLine.product))
    .undefer("total")
    .all();
  if (order === undefined) throw new Problem(404, "There is no such order");
  if (order.status === "cancelled") throw new Problem(409, "The order is cancelled already");
  order.status = "cancelled";
  for (const { product, quantity } of order.lines) product.stock += quantity;
  await session.flush();
  return order;
}

async function takenFromStock(session: Session, { lines }: NewOrder): Promise<OrderLine[]> {
  const ids = lines.map(({ productId }) => productId);
  const found = await session.query(Product).where(products.id.in(ids)).all();
  const byId = new Map(found.map((product) => [product.id, product]));
  const unknown: InputIssue[] = [];
  const short: InputIssue[] = [];
  const taken = lines.flatMap(({ productId, quantity }, i) => {
    const product = byId.get(productId);
    if (product === undefined) {
      unknown.push({ path: ["lines", i, "productId"], message: "there is no such product" });
      return [];
    }
    if (product.stock < quantity) short.push({ path: ["lines", i, "quantity"], message: `${product.stock} are left` });
    product.stock -= quantity;
    return new OrderLine({ product, quantity, price: product.price });
  });
  if (unknown.length > 0) throw new InvalidInputError("order", unknown);
  if (short.length > 0) throw new Problem(409, "There is not enough in stock", { issues: short });
  return taken;
}

function isFor(
  order: { customer: string; note: string | null; lines: readonly OrderLine[] },
  wanted: NewOrder,
): boolean {
  const quantities = new Map(order.lines.map(({ productId, quantity }) => [productId, quantity]));
  return (
    order.customer === wanted.customer &&
    order.note === (wanted.note ?? null) &&
    quantities.size === wanted.lines.length &&
    wanted.lines.every(({ productId, quantity }) => quantities.get(productId) === quantity)
  );
}
