// Which request is answered by what. Each answer is worked out in a session of its own, for the tenant that asks, and sent once
// everything in it is committed.
import { type CursorPage, fn, InvalidInputError, type RetryOptions, select } from "athanor";
import type { Session } from "athanor/orm";
import { newOrder, newProduct, orderSearch, productChange, productSearch } from "./input.ts";
import { Order, OrderLine, Product } from "./model.ts";
import { again, cancelOrder, placeOrder } from "./orders.ts";
import { Problem } from "./problems.ts";
import { orderLines, orders, products } from "./schema.ts";

export interface ShopRequest {
  readonly session: Session;
  readonly tenantId: number;
  /** What the placeholders of the path stand for. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PATCH";
  /** `:number` and `:uuid` are placeholders. */
  readonly path: string;
  /** After which conflicts the whole answer is worked out again. */
  readonly retry?: RetryOptions;
  answer(request: ShopRequest): Promise<Reply>;
}

export const routes: readonly Route[] = [
  {
    method: "GET",
    path: "/products",
    async answer({ session, query }) {
      const found = session.query(Product).filterWith(productSearch.parse(searchIn(query)));
      return ok(await pageOf(found, query, productShown));
    },
  },
  {
    method: "POST",
    path: "/products",
    async answer({ session, tenantId, body }) {
      const product = new Product({ ...newProduct.parse(body), tenantId });
      session.add(product);
      await session.flush();
      return created(productShown(product));
    },
  },
  {
    method: "GET",
    path: "/products/:number",
    async answer({ session, parts: [id] }) {
      return ok(productShown(await productWith(session, id)));
    },
  },
  {
    method: "PATCH",
    path: "/products/:number",
    // Not tried again: a person decided by what they saw, and must see what it is now.
    async answer({ session, parts: [id], body }) {
      const { version, change } = productChange.parse(body);
      const product = await productWith(session, id);
      if (product.version !== version)
        throw new Problem(409, "Somebody else has changed this product", { current: productShown(product) });
      Object.assign(product, change);
      await session.flush();
      return ok(productShown(product));
    },
  },
  {
    method: "GET",
    path: "/orders",
    async answer({ session, query }) {
      const found = session
        .query(Order)
        .filterWith(orderSearch.parse(searchIn(query, ["-placedAt"])))
        .include(Order.lines.include(OrderLine.product));
      return ok(await pageOf(found, query, orderShown));
    },
  },
  {
    method: "POST",
    path: "/orders",
    retry: again,
    async answer({ session, tenantId, headers, body }) {
      const key = headers["idempotency-key"];
      if (typeof key !== "string" || key.length < 8 || key.length > 100)
        throw new Problem(400, "An Idempotency-Key of 8 to 100 characters is required");
      const { order, isNew } = await placeOrder(session, tenantId, key, newOrder.parse(body));
      return (isNew ? created : ok)(orderShown(order));
    },
  },
  {
    method: "POST",
    path: "/orders/:uuid/cancel",
    retry: again,
    async answer({ session, parts: [id = ""] }) {
      return ok(orderShown(await cancelOrder(session, id)));
    },
  },
  {
    method: "GET",
    path: "/sales",
    async answer({ session }) {
      return ok(await session.all(sales));
    },
  },
];

// A statement of Core's over the classes: it is checked and typed as any, and sees the session's tenant alone.
const sales = select({
  sku: products.sku,
  sold: fn.sum(orderLines.quantity),
  revenue: fn.sum(OrderLine.amount),
})
  .from(OrderLine)
  .join(Order, orders.id.eq(orderLines.orderId))
  .join(Product, products.id.eq(orderLines.productId))
  .where(orders.status.eq("placed"))
  .groupBy(products.id)
  .orderBy(fn.sum(OrderLine.amount).desc(), products.sku.asc());

async function productWith(session: Session, id: string | undefined): Promise<Product> {
  const product = await session.get(Product, Number(id));
  if (product === null) throw new Problem(404, "There is no such product");
  return product;
}

/** `?filter={"name":{"contains":"tea"}}&sort=-price,name` */
function searchIn(query: URLSearchParams, usually: readonly string[] = []): object {
  const filter = query.get("filter");
  const sort = query.get("sort");
  return { filter: filter === null ? {} : jsonIn(filter), sort: sort === null ? usually : sort.split(",") };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError("search", [{ path: ["filter"], message: "expected JSON" }]);
  }
}

interface Pages<T> {
  after(cursor: string | null, at: { readonly size: number }): Promise<CursorPage<T>>;
  before(cursor: string | null, at: { readonly size: number }): Promise<CursorPage<T>>;
}

/** `?size=20&after=<next of the last page>`, or `before=<previous>`. */
async function pageOf<T, U>(found: Pages<T>, query: URLSearchParams, shown: (item: T) => U) {
  const size = Number(query.get("size") ?? 20);
  if (!Number.isInteger(size) || size < 1 || size > 100)
    throw new InvalidInputError("page", [{ path: ["size"], message: "expected a number from 1 to 100" }]);
  const before = query.get("before");
  const page = before === null ? await found.after(query.get("after"), { size }) : await found.before(before, { size });
  return { ...page, items: page.items.map(shown) };
}

function productShown({ id, sku, name, price, stock, version }: Product) {
  return { id, sku, name, price, stock, version };
}

/** Does not compile for an order whose lines, or their products, have not been loaded. */
function orderShown(order: Order & { lines: readonly (OrderLine & { product: Product })[] }) {
  const { id, customer, note, status, placedAt, total, lines } = order;
  return {
    id,
    customer,
    note,
    status,
    placedAt,
    total,
    lines: lines.map(({ product, quantity, price }) => ({ sku: product.sku, name: product.name, quantity, price })),
  };
}

const ok = (body: unknown): Reply => ({ status: 200, body });
const created = (body: unknown): Reply => ({ status: 201, body });
