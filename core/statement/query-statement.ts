// What every query has at run time, a select or a compound: set operations with another, and being a value or a source.
import { expression } from "../expression/expr.ts";
import { NODE, type Statement } from "../expression/needs.ts";
import { sourceColumns } from "../expression/selection.ts";
import { sourceOf } from "../expression/source.ts";
import type { CompoundOperator, QueryNode, SelectionNode } from "../tree/node.ts";
import { booleanType, countType } from "../types/sql-type.ts";

type Query = QueryNode & { readonly selection: SelectionNode };

export abstract class QueryStatement<N extends Query> {
  // Declared only: a field of a computed name would be defined, and then set by the constructor, at thrice the cost.
  declare readonly [NODE]: N;

  constructor(node: N) {
    this[NODE] = node;
  }

  /** The two queries joined. */
  protected abstract joined(operator: CompoundOperator, other: Statement<unknown, unknown>): unknown;

  union(other: Statement<unknown, unknown>): unknown {
    return this.joined("union", other);
  }
  unionAll(other: Statement<unknown, unknown>): unknown {
    return this.joined("union all", other);
  }
  intersect(other: Statement<unknown, unknown>): unknown {
    return this.joined("intersect", other);
  }
  intersectAll(other: Statement<unknown, unknown>): unknown {
    return this.joined("intersect all", other);
  }
  except(other: Statement<unknown, unknown>): unknown {
    return this.joined("except", other);
  }
  exceptAll(other: Statement<unknown, unknown>): unknown {
    return this.joined("except all", other);
  }
  scalar(): unknown {
    const query = this[NODE];
    return expression({ kind: "scalar", query, type: sourceColumns(query.selection)[0]?.type ?? countType });
  }
  exists(): unknown {
    return expression({ kind: "exists", query: this[NODE], type: booleanType });
  }
  as(name: string): unknown {
    const query = this[NODE];
    const columns = sourceColumns(query.selection);
    return sourceOf({ node: { kind: "derived", source: { key: name, name }, query, columns }, columns });
  }
}
