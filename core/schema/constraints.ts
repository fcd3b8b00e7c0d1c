// What a table says of several columns at once: given as a list in `table(name, columns, { constraints: (t) => […] })`.
import { nodeOf } from "../expression/expr.ts";
import { type ExprOf, NODE } from "../expression/needs.ts";
import type { ExpressionNode, OrderNode } from "../tree/node.ts";
import type {
  CheckNode,
  ExclusionNode,
  ForeignKeyNode,
  IndexItem,
  IndexNode,
  UniqueNode,
} from "../tree/schema-node.ts";
import type { LazyColumn, ReferenceOptions } from "./column.ts";
import { referredColumn } from "./referred-column.ts";

/** A constraint or index of a table. */
export interface Constraint {
  readonly kind: "unique" | "index" | "foreignKey" | "check" | "exclusion";
  /** Worked out late: it may refer to tables that are declared later. */
  node(): UniqueNode | IndexNode | ForeignKeyNode | CheckNode | ExclusionNode;
}

type AnyColumn = ExprOf<any, any>;

/** No two rows have the same values in these columns. */
export function unique(...columns: readonly AnyColumn[]): UniqueConstraint {
  return new UniqueConstraint({ name: undefined, columns: columns.map(nameOf) });
}

export class UniqueConstraint implements Constraint {
  readonly kind = "unique";
  readonly #node: UniqueNode;
  constructor(node: UniqueNode) {
    this.#node = node;
  }
  node(): UniqueNode {
    return this.#node;
  }
  named(name: string): UniqueConstraint {
    return new UniqueConstraint({ ...this.#node, name });
  }
  /** Two rows with null are a conflict too. PostgreSQL 15. */
  nullsNotDistinct(): UniqueConstraint {
    return new UniqueConstraint({ ...this.#node, nullsNotDistinct: true });
  }
  /** Columns that its index carries without keeping them apart. PostgreSQL. */
  include(...columns: readonly AnyColumn[]): UniqueConstraint {
    return new UniqueConstraint({ ...this.#node, include: columns.map(nameOf) });
  }
  deferrable(initially: "immediate" | "deferred" = "immediate"): UniqueConstraint {
    return new UniqueConstraint({ ...this.#node, deferrable: initially });
  }
}

/** An index over columns, orderings (`t.at.desc()`) and expressions. */
export function index(...items: readonly (AnyColumn | { readonly order: true })[]): IndexConstraint {
  return new IndexConstraint({ name: undefined, unique: false, items: items.map(indexItem) });
}

/** An index that also keeps its entries apart; unlike `unique()` it may be partial or over expressions. */
export function uniqueIndex(...items: readonly (AnyColumn | { readonly order: true })[]): IndexConstraint {
  return new IndexConstraint({ name: undefined, unique: true, items: items.map(indexItem) });
}

export class IndexConstraint implements Constraint {
  readonly kind = "index";
  readonly #node: IndexNode;
  constructor(node: IndexNode) {
    this.#node = node;
  }
  node(): IndexNode {
    return this.#node;
  }
  named(name: string): IndexConstraint {
    return new IndexConstraint({ ...this.#node, name });
  }
  /** Only rows that meet the condition. */
  where(condition: ExprOf<boolean | null, any>): IndexConstraint {
    return new IndexConstraint({ ...this.#node, where: nodeOf(condition) });
  }
  /** How it is built: `btree`, `hash`, `gin`, `gist`, `brin`, `fulltext`, `spatial`. */
  using(method: string): IndexConstraint {
    return new IndexConstraint({ ...this.#node, method });
  }
  /** Columns it carries without being ordered by them. */
  include(...columns: readonly AnyColumn[]): IndexConstraint {
    return new IndexConstraint({ ...this.#node, include: columns.map(nameOf) });
  }
  /** The collation that the item at a position is ordered by, if not its own. */
  collate(name: string, at = 0): IndexConstraint {
    return new IndexConstraint({ ...this.#node, items: changed(this.#node.items, at, { collation: name }) });
  }
  /** The operator class of the item at a position, e.g. `gin_trgm_ops`. */
  operatorClass(name: string, at = 0): IndexConstraint {
    return new IndexConstraint({ ...this.#node, items: changed(this.#node.items, at, { operatorClass: name }) });
  }
  /** How many leading characters of the item at a position MySQL indexes. */
  prefix(length: number, at = 0): IndexConstraint {
    return new IndexConstraint({ ...this.#node, items: changed(this.#node.items, at, { length }) });
  }
  /** Storage parameters, e.g. `{ fillfactor: 70 }`. */
  with(options: Readonly<Record<string, string | number | boolean>>): IndexConstraint {
    return new IndexConstraint({ ...this.#node, options });
  }
  nullsNotDistinct(): IndexConstraint {
    return new IndexConstraint({ ...this.#node, nullsNotDistinct: true });
  }
}

/** A foreign key over several columns: `foreignKey([t.a, t.b], () => [others.a, others.b])`. */
export function foreignKey(
  columns: readonly AnyColumn[],
  target: LazyColumn,
  options: ReferenceOptions = {},
): Constraint {
  return {
    kind: "foreignKey",
    node: (): ForeignKeyNode => {
      const names = columns.map(nameOf);
      const targets = (target as () => readonly object[])().map((one) =>
        referredColumn(one, `a foreign key over "${names.join('", "')}"`),
      );
      const first = targets[0];
      return {
        name: options.name,
        columns: names,
        target: {
          schema: first?.source.schema,
          table: first?.source.name ?? "",
          columns: targets.map((one) => one.name),
        },
        onDelete: options.onDelete ?? "no action",
        onUpdate: options.onUpdate ?? "no action",
        ...(options.onDeleteColumns === undefined ? {} : { onDeleteColumns: options.onDeleteColumns }),
        deferrable: options.deferrable,
      };
    },
  };
}

/** A condition that every row meets. */
export function check(condition: ExprOf<boolean | null, any>, name?: string): Constraint {
  return { kind: "check", node: (): CheckNode => ({ name, expression: nodeOf(condition) }) };
}

/** No two rows for which all the operators hold: PostgreSQL's EXCLUDE. */
export function exclude(
  method: string,
  items: readonly { readonly of: AnyColumn; readonly with: string }[],
  options: { readonly name?: string; readonly where?: ExprOf<boolean | null, any> } = {},
): Constraint {
  return {
    kind: "exclusion",
    node: (): ExclusionNode => ({
      name: options.name,
      method,
      items: items.map((item) => ({ of: itemOf(nodeOf(item.of)), with: item.with })),
      where: options.where && nodeOf(options.where),
    }),
  };
}

function nameOf(column: AnyColumn): string {
  return referredColumn(column, "a constraint").name;
}

function itemOf(node: ExpressionNode): IndexItem["of"] {
  return node.kind === "column" ? { kind: "name", name: node.name } : node;
}

function indexItem(item: AnyColumn | { readonly order: true }): IndexItem {
  const node = (item as unknown as { [NODE]: ExpressionNode | OrderNode })[NODE];
  if (node.kind !== "order") return { of: itemOf(node), direction: "asc" };
  return { of: itemOf(node.operand), direction: node.direction, nulls: node.nulls };
}

function changed(items: readonly IndexItem[], at: number, change: Partial<IndexItem>): readonly IndexItem[] {
  return items.map((item, position) => (position === at ? { ...item, ...change } : item));
}
