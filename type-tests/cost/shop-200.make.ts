// 200 tables of 12 columns with 400 queries: point selects, three-way joins, aggregates, left joins.
import { shop } from "./support/shop.ts";

export default shop(200);
