// What a schema is made of, and the changes that can be made to one. Declared tables, reflected tables and migrations all
// speak these, so that they can be compared.
import type { SqlType } from "../types/sql-type.ts";
import type { ExpressionNode, QueryNode } from "./node.ts";

export interface TableNode {
  readonly kind: "table";
  readonly name: string;
  readonly schema?: string | undefined;
  readonly columns: readonly TableColumnNode[];
  readonly primaryKey: PrimaryKeyNode | undefined;
  readonly foreignKeys: readonly ForeignKeyNode[];
  readonly uniques: readonly UniqueNode[];
  readonly checks: readonly CheckNode[];
  readonly indexes: readonly IndexNode[];
  readonly exclusions: readonly ExclusionNode[];
  readonly comment?: string | undefined;
  /** What it was called before, for migrations. */
  readonly renamedFrom?: string | undefined;
  /** Options that only some databases have, e.g. `{ strict: true }`, `{ engine: "InnoDB" }`. */
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

export interface TableColumnNode {
  /** The property it is read by; the same as `name` unless declared otherwise. */
  readonly key: string;
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** What the database fills in: an expression, or text that was reflected. */
  readonly default?: ExpressionNode | SqlText | undefined;
  /** Filled in by the database from a counter. */
  readonly identity?: IdentityNode | undefined;
  readonly computed?: { readonly expression: ExpressionNode | SqlText; readonly stored: boolean } | undefined;
  /** MySQL's ON UPDATE CURRENT_TIMESTAMP. */
  readonly onUpdate?: ExpressionNode | SqlText | undefined;
  readonly collation?: string | undefined;
  readonly comment?: string | undefined;
  readonly renamedFrom?: string | undefined;
}

/** Text of SQL as a database reports it. */
export interface SqlText {
  readonly kind: "sqlText";
  readonly text: string;
}

export interface IdentityNode {
  readonly always: boolean;
  /** PostgreSQL's older way: a sequence of the column's own that its default reads. */
  readonly serial?: boolean | undefined;
  readonly start?: number | bigint | undefined;
  readonly increment?: number | bigint | undefined;
}

export interface PrimaryKeyNode {
  readonly name: string | undefined;
  readonly columns: readonly string[];
  /** Columns that its index carries besides. */
  readonly include?: readonly string[] | undefined;
}

export type ReferentialAction = "no action" | "restrict" | "cascade" | "set null" | "set default";

export interface ForeignKeyNode {
  readonly name: string | undefined;
  readonly columns: readonly string[];
  readonly target: {
    readonly schema?: string | undefined;
    readonly table: string;
    readonly columns: readonly string[];
  };
  readonly onDelete: ReferentialAction;
  readonly onUpdate: ReferentialAction;
  /** The columns that SET NULL and SET DEFAULT on delete change, if not all. */
  readonly onDeleteColumns?: readonly string[] | undefined;
  readonly deferrable?: "immediate" | "deferred" | undefined;
}

export interface UniqueNode {
  readonly name: string | undefined;
  readonly columns: readonly string[];
  /** Columns that its index carries besides. */
  readonly include?: readonly string[] | undefined;
  readonly nullsNotDistinct?: boolean | undefined;
  readonly deferrable?: "immediate" | "deferred" | undefined;
}

export interface CheckNode {
  readonly name: string | undefined;
  readonly expression: ExpressionNode | SqlText;
}

export interface IndexNode {
  readonly name: string | undefined;
  readonly unique: boolean;
  readonly items: readonly IndexItem[];
  readonly where?: ExpressionNode | SqlText | undefined;
  /** `btree`, `gin`, `fulltext` … */
  readonly method?: string | undefined;
  /** Columns that the index carries without being ordered by them. */
  readonly include?: readonly string[] | undefined;
  readonly nullsNotDistinct?: boolean | undefined;
  /** Storage parameters, e.g. `{ fillfactor: 70 }`. */
  readonly options?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** A column by name, or an expression. */
export interface IndexItem {
  readonly of: { readonly kind: "name"; readonly name: string } | ExpressionNode | SqlText;
  readonly direction: "asc" | "desc";
  readonly nulls?: "first" | "last" | undefined;
  readonly operatorClass?: string | undefined;
  readonly collation?: string | undefined;
  /** How many leading characters MySQL indexes. */
  readonly length?: number | undefined;
}

export interface ExclusionNode {
  readonly name: string | undefined;
  readonly method: string;
  readonly items: readonly {
    readonly of: { readonly kind: "name"; readonly name: string } | ExpressionNode | SqlText;
    readonly with: string;
  }[];
  readonly where?: ExpressionNode | SqlText | undefined;
}

export interface ViewNode {
  readonly kind: "view";
  readonly name: string;
  readonly schema?: string | undefined;
  readonly materialized: boolean;
  readonly query: QueryNode | SqlText;
  readonly columns: readonly {
    readonly key: string;
    readonly name: string;
    readonly type: SqlType;
    readonly nullable: boolean;
  }[];
  /** Of a materialized view. */
  readonly indexes?: readonly IndexNode[] | undefined;
  readonly comment?: string | undefined;
}

export interface SequenceNode {
  readonly kind: "sequence";
  readonly name: string;
  readonly schema?: string | undefined;
  readonly start?: number | bigint | undefined;
  readonly increment?: number | bigint | undefined;
  readonly min?: number | bigint | undefined;
  readonly max?: number | bigint | undefined;
  readonly cycle?: boolean | undefined;
  readonly cache?: number | undefined;
}

/** A type of its own: an enumeration or a domain. */
export interface TypeNode {
  readonly kind: "type";
  readonly name: string;
  readonly schema?: string | undefined;
  readonly definition: { readonly kind: "enumeration"; readonly values: readonly string[] } | DomainDefinition;
}

export interface DomainDefinition {
  readonly kind: "domain";
  readonly of: SqlType;
  readonly nullable: boolean;
  readonly default?: ExpressionNode | SqlText | undefined;
  readonly checks: readonly CheckNode[];
}

/** What a database can be asked to create. */
export type SchemaObject = TableNode | ViewNode | SequenceNode | TypeNode;

interface Located {
  readonly schema?: string | undefined;
  readonly table: string;
}

/** A change of schema. Each is carried out by one or more statements that the dialect writes. */
export type SchemaNode =
  | {
      readonly kind: "createTable";
      readonly table: TableNode;
      readonly ifNotExists: boolean /** Foreign keys left for later, since tables refer to each other in a circle. */;
      readonly without?: readonly ForeignKeyNode[];
    }
  | ({
      readonly kind: "dropTable";
      readonly ifExists: boolean;
      readonly cascade?: boolean /** Whether tables that refer to it are dropped after it, in the same transaction. */;
      readonly referred?: boolean;
    } & Located)
  | ({ readonly kind: "renameTable"; readonly to: string } & Located)
  | ({ readonly kind: "addColumn"; readonly column: TableColumnNode } & Located)
  | ({ readonly kind: "dropColumn"; readonly column: string } & Located)
  | ({ readonly kind: "renameColumn"; readonly column: string; readonly to: string } & Located)
  | ({
      readonly kind: "alterColumn";
      readonly from: TableColumnNode;
      readonly to: TableColumnNode;
      readonly using?: string | undefined;
    } & Located)
  | ({ readonly kind: "addPrimaryKey"; readonly primaryKey: PrimaryKeyNode } & Located)
  | ({ readonly kind: "addForeignKey"; readonly foreignKey: ForeignKeyNode; readonly notValid?: boolean } & Located)
  | ({ readonly kind: "addUnique"; readonly unique: UniqueNode } & Located)
  | ({ readonly kind: "addCheck"; readonly check: CheckNode; readonly notValid?: boolean } & Located)
  | ({ readonly kind: "addExclusion"; readonly exclusion: ExclusionNode } & Located)
  | ({ readonly kind: "validateConstraint"; readonly name: string } & Located)
  | ({
      readonly kind: "dropConstraint";
      readonly name: string;
      readonly of: "primary key" | "foreign key" | "unique" | "check" | "exclusion";
    } & Located)
  | ({
      readonly kind: "createIndex";
      readonly index: IndexNode;
      readonly ifNotExists: boolean;
      readonly concurrently?: boolean;
    } & Located)
  | ({
      readonly kind: "dropIndex";
      readonly name: string;
      readonly ifExists: boolean;
      readonly concurrently?: boolean;
    } & Located)
  | ({
      readonly kind: "alterOptions";
      readonly from: TableNode["options"];
      readonly to: TableNode["options"];
    } & Located)
  | ({ readonly kind: "commentTable"; readonly comment: string | undefined } & Located)
  | ({ readonly kind: "commentColumn"; readonly column: TableColumnNode } & Located)
  | { readonly kind: "createView"; readonly view: ViewNode; readonly orReplace: boolean; readonly ifNotExists: boolean }
  | {
      readonly kind: "dropView";
      readonly name: string;
      readonly schema?: string | undefined;
      readonly materialized: boolean;
      readonly ifExists: boolean;
    }
  | { readonly kind: "createSequence"; readonly sequence: SequenceNode; readonly ifNotExists: boolean }
  | {
      readonly kind: "dropSequence";
      readonly name: string;
      readonly schema?: string | undefined;
      readonly ifExists: boolean;
    }
  | { readonly kind: "createType"; readonly type: TypeNode; readonly ifNotExists: boolean }
  | {
      readonly kind: "dropType";
      readonly name: string;
      readonly schema?: string | undefined;
      readonly of: "enumeration" | "domain";
      readonly ifExists: boolean;
    }
  | {
      readonly kind: "renameType";
      readonly name: string;
      readonly schema?: string | undefined;
      readonly to: string;
    }
  | {
      /** A domain's default, whether it takes null, and its checks; what it is over stays. */
      readonly kind: "alterDomain";
      readonly name: string;
      readonly schema?: string | undefined;
      readonly from: DomainDefinition;
      readonly to: DomainDefinition;
    }
  | {
      readonly kind: "addEnumValue";
      readonly name: string;
      readonly schema?: string | undefined;
      readonly value: string;
      readonly before?: string | undefined;
    }
  | { readonly kind: "createSchema"; readonly name: string; readonly ifNotExists: boolean }
  | { readonly kind: "dropSchema"; readonly name: string; readonly ifExists: boolean; readonly cascade?: boolean };
