// Changes of schema as PostgreSQL writes them: what it has beyond standard SQL (identity, types of its own, options of
// indexes, exclusion constraints, comments as statements), and ALTER for everything.
import {
  alterTable,
  type CheckNode,
  CompileError,
  type Definitions,
  type Dialect,
  type DomainDefinition,
  defineWith,
  type ExclusionNode,
  type IndexItem,
  lacks,
  nameOf,
  oneText,
  type SchemaNode,
  standardDefinitions,
  standardParts,
  stringLiteral,
  type TableColumnNode,
  type TableNode,
  type TableParts,
  type TextBuffer,
  type TypeNode,
  type UniqueNode,
  type ViewNode,
  writeActions,
  writeCollation,
  writeConstraintName,
  writeDefault,
  writeDefaultValue,
  writeDeferrable,
  writeIdentity,
  writeNames,
  writeSql,
  writeTableName,
  writeViewBody,
} from "../../core/dialect/index.ts";

const parts: TableParts = {
  ...standardParts,
  kind: (table) => (table.options.unlogged === true ? "unlogged " : ""),
  column: writeColumn,
  primaryKey(key, out) {
    writeConstraintName(key.name, out);
    out.add("primary key ");
    writeNames(key.columns, out);
    writeInclude(key.include, out);
  },
  foreignKey(key, out) {
    const { onDeleteColumns, deferrable, ...rest } = key;
    standardParts.foreignKey({ ...rest, onUpdate: "no action", onDelete: "no action" }, out);
    writeActions({ ...key, onUpdate: "no action", onDeleteColumns: undefined }, out);
    if (onDeleteColumns !== undefined) {
      out.add(" ");
      writeNames(onDeleteColumns, out);
    }
    writeActions({ ...key, onDelete: "no action", onDeleteColumns: undefined }, out);
    writeDeferrable(deferrable, out);
  },
  unique(unique: UniqueNode, out) {
    writeConstraintName(unique.name, out);
    out.add(unique.nullsNotDistinct ? "unique nulls not distinct " : "unique ");
    writeNames(unique.columns, out);
    writeInclude(unique.include, out);
    writeDeferrable(unique.deferrable, out);
  },
  exclusion: writeExclusion,
  // Comments are statements of their own.
  opening: () => {},
  options: writeOptions,
};

const standard = standardDefinitions(parts);

const definitions: Definitions = {
  ...standard,
  createTable(node, open) {
    const { schema, name, comment, columns } = node.table;
    const place = { schema, table: name };
    return [
      ...standard.createTable(node, open),
      ...(comment === undefined ? [] : definitions.commentTable({ kind: "commentTable", ...place, comment }, open)),
      ...columns
        .filter((column) => column.comment !== undefined)
        .flatMap((column) => definitions.commentColumn({ kind: "commentColumn", ...place, column }, open)),
    ];
  },
  addColumn: (node, open) => [
    ...standard.addColumn(node, open),
    ...(node.column.comment === undefined ? [] : definitions.commentColumn({ ...node, kind: "commentColumn" }, open)),
  ],
  alterColumn,
  addForeignKey: (node, open) =>
    alterTable(node, open, (out) => {
      out.add("add ");
      parts.foreignKey(node.foreignKey, out);
      if (node.notValid) out.add(" not valid");
    }),
  addCheck: (node, open) =>
    alterTable(node, open, (out) => {
      out.add("add ");
      parts.check(node.check, out);
      if (node.notValid) out.add(" not valid");
    }),
  validateConstraint: (node, open) =>
    alterTable(node, open, (out) => {
      out.add("validate constraint ");
      out.name(node.name);
    }),

  createIndex,
  dropIndex: (node, open) =>
    oneText(open, (out) => {
      out.add(`drop index ${node.concurrently ? "concurrently " : ""}${node.ifExists ? "if exists " : ""}`);
      writeTableName({ schema: node.schema, table: node.name }, out);
    }),

  commentTable: (node, open) =>
    comment(open, node.comment, (out) => {
      out.add("table ");
      writeTableName(node, out);
    }),
  commentColumn: (node, open) =>
    comment(open, node.column.comment, (out) => {
      out.add("column ");
      writeTableName(node, out);
      out.add(".");
      out.name(node.column.name);
    }),

  createView(node, open) {
    const { view } = node;
    const place = { schema: view.schema, table: view.name };
    const texts = oneText(open, (out) => {
      out.add(`create ${node.orReplace && !view.materialized ? "or replace " : ""}${kindOf(view)} `);
      writeTableName(place, out);
      writeViewBody(view, out);
    });
    return [
      ...(node.orReplace && view.materialized
        ? definitions.dropView({ ...view, kind: "dropView", ifExists: true }, open)
        : []),
      ...(node.ifNotExists ? texts.map((text) => unlessThere(text, "duplicate_table")) : texts),
      ...(view.comment === undefined
        ? []
        : comment(open, view.comment, (out) => {
            out.add(`${kindOf(view)} `);
            writeTableName(place, out);
          })),
    ];
  },
  dropView: (node, open) =>
    oneText(open, (out) => {
      out.add(`drop ${kindOf(node)} ${node.ifExists ? "if exists " : ""}`);
      writeTableName({ schema: node.schema, table: node.name }, out);
    }),

  createType: (node, open) => {
    const texts = oneText(open, (out) => writeCreateType(node.type, out));
    return node.ifNotExists ? texts.map((text) => unlessThere(text, "duplicate_object")) : texts;
  },
  alterDomain,
  alterOptions,
  dropType: (node, open) =>
    oneText(open, (out) => {
      out.add(`drop ${node.of === "domain" ? "domain" : "type"} ${node.ifExists ? "if exists " : ""}`);
      writeTableName({ schema: node.schema, table: node.name }, out);
    }),
  renameType: (node, open) =>
    oneText(open, (out) => {
      out.add("alter type ");
      writeTableName({ schema: node.schema, table: node.name }, out);
      out.add(" rename to ");
      out.name(node.to);
    }),
  addEnumValue: (node, open) =>
    oneText(open, (out) => {
      out.add("alter type ");
      writeTableName({ schema: node.schema, table: node.name }, out);
      out.add(` add value ${stringLiteral(node.value)}`);
      if (node.before !== undefined) out.add(` before ${stringLiteral(node.before)}`);
    }),
};

export const define: Dialect["define"] = defineWith(definitions);

function kindOf(view: Pick<ViewNode, "materialized">): string {
  return view.materialized ? "materialized view" : "view";
}

/** A statement that has no IF NOT EXISTS, in a block that passes over the error it would have spared. */
function unlessThere(text: string, condition: "duplicate_object" | "duplicate_table"): string {
  let quote = "$$";
  for (let number = 1; text.includes(quote); number++) quote = `$q${number}$`;
  return `do ${quote}\nbegin\n${text};\nexception when ${condition} then null;\nend ${quote}`;
}

function comment(
  open: () => TextBuffer,
  text: string | undefined,
  writeObject: (out: TextBuffer) => void,
): readonly string[] {
  return oneText(open, (out) => {
    out.add("comment on ");
    writeObject(out);
    out.add(` is ${text === undefined ? "null" : stringLiteral(text)}`);
  });
}

// --- tables ---

function writeColumn(column: TableColumnNode, _table: TableNode | undefined, out: TextBuffer): void {
  out.name(column.name);
  out.add(` ${column.identity?.serial ? serialName(column) : out.dialect.typeName(column.type)}`);
  writeCollation(column, out);
  writeGenerated(column, out);
  if (!column.identity?.serial) writeIdentity(column, out);
  if (!column.nullable) out.add(" not null");
  writeDefault(column, out);
}

function serialName({ name, type }: TableColumnNode): string {
  if (type.kind === "bigint" || (type.kind === "integer" && type.size === 8)) return "bigserial";
  if (type.kind === "integer") return type.size <= 2 ? "smallserial" : "serial";
  throw new CompileError(`column "${name}" is no integer, so PostgreSQL has no serial for it`, "Leave serial out.");
}

function writeGenerated(column: TableColumnNode, out: TextBuffer): void {
  if (column.computed === undefined) return;
  out.add(" generated always as (");
  writeSql(column.computed.expression, out);
  out.add(column.computed.stored ? ") stored" : ") virtual");
}

function writeInclude(columns: readonly string[] | undefined, out: TextBuffer): void {
  if (columns === undefined || columns.length === 0) return;
  out.add(" include ");
  writeNames(columns, out);
}

function writeExclusion(exclusion: ExclusionNode, out: TextBuffer): void {
  writeConstraintName(exclusion.name, out);
  out.add("exclude using ");
  out.name(exclusion.method);
  out.add(" (");
  out.list(exclusion.items, (item) => {
    if (!/^[-+*/<>=~!@#%^&|`?]+$/.test(item.with))
      throw new CompileError(
        `"${item.with}" is no operator of PostgreSQL`,
        "An operator is made of signs, such as && or =.",
      );
    writeIndexed(item.of, out);
    out.add(` with ${item.with}`);
  });
  out.add(")");
  if (exclusion.where) {
    out.add(" where (");
    writeSql(exclusion.where, out);
    out.add(")");
  }
}

/** `unlogged`, `tablespace` and `partitionBy`; every other option is a storage parameter, as `fillfactor`. */
function writeOptions(table: TableNode, out: TextBuffer): void {
  const { unlogged: _, tablespace, partitionBy, ...storage } = table.options;
  if (partitionBy !== undefined) out.add(` partition by ${partitionBy}`);
  writeStorage(storage, out);
  if (tablespace !== undefined) {
    out.add(" tablespace ");
    out.name(String(tablespace));
  }
}

function writeStorage(options: TableNode["options"], out: TextBuffer): void {
  const entries = Object.entries(options);
  if (entries.length === 0) return;
  out.add(" with");
  writeParameters(entries, out);
}

function writeParameters(entries: readonly (readonly [string, string | number | boolean])[], out: TextBuffer): void {
  out.add(" (");
  out.list(entries, ([name, value]) => {
    out.name(name);
    out.add(` = ${typeof value === "string" ? stringLiteral(value) : value}`);
  });
  out.add(")");
}

// --- columns that change ---

type AlterColumn = Extract<SchemaNode, { kind: "alterColumn" }>;

/** One ALTER TABLE with everything that changes, so that the table is rewritten and locked once, then the comment. */
function alterColumn(node: AlterColumn, open: () => TextBuffer): readonly string[] {
  const { from, to } = node;
  if (from.name !== to.name) {
    throw new CompileError(`column "${from.name}" of "${node.table}" is to be called "${to.name}"`, "Rename it first.");
  }
  const changes = changesOf(node, open);
  return [
    ...(changes.length === 0
      ? []
      : alterTable(node, open, (out) => {
          out.list(changes, (change) => {
            out.add("alter column ");
            out.name(to.name);
            out.add(` ${change}`);
          });
        })),
    ...(from.comment === to.comment
      ? []
      : definitions.commentColumn({ kind: "commentColumn", schema: node.schema, table: node.table, column: to }, open)),
  ];
}

function changesOf({ from, to, table, using }: AlterColumn, open: () => TextBuffer): readonly string[] {
  const write = (part: (out: TextBuffer) => void): string => {
    const out = open();
    part(out);
    return out.text;
  };
  const typeOf = (column: TableColumnNode): string =>
    write((out) => {
      out.add(out.dialect.typeName(column.type));
      writeCollation(column, out);
    });
  const defaultOf = (column: TableColumnNode): string =>
    column.default === undefined
      ? ""
      : write((out) => writeDefaultValue(column.default as NonNullable<typeof column.default>, out));
  const computedOf = (column: TableColumnNode): string => write((out) => writeGenerated(column, out));
  const identityOf = (column: TableColumnNode): string =>
    column.identity?.serial ? "serial" : write((out) => writeIdentity(column, out));

  if (computedOf(to) !== "" && computedOf(to) !== computedOf(from)) {
    throw new CompileError(
      `PostgreSQL cannot change what column "${to.name}" of "${table}" is computed from`,
      "Drop the column and add it anew.",
    );
  }
  if (identityOf(to) === "serial" && identityOf(from) !== "serial") {
    throw new CompileError(`column "${to.name}" of "${table}" cannot become a serial`, "Use generated(), an identity.");
  }
  const typeChanges = typeOf(from) !== typeOf(to);
  // The old default may have no cast to the new type; it is set again as the new type has it.
  const defaultGoes = defaultOf(from) !== "" && (typeChanges || defaultOf(to) === "");
  const changes: string[] = [];
  if (computedOf(from) !== "" && computedOf(to) === "") changes.push("drop expression");
  if (identityOf(from) === "serial" && identityOf(to) !== "serial") changes.push("drop default");
  else if (identityOf(from) !== "" && identityOf(from) !== identityOf(to)) changes.push("drop identity");
  if (defaultGoes) changes.push("drop default");
  if (typeChanges) changes.push(`type ${typeOf(to)}${using === undefined ? "" : ` using ${using}`}`);
  if (from.nullable !== to.nullable) changes.push(to.nullable ? "drop not null" : "set not null");
  if (identityOf(to) !== "" && identityOf(from) !== identityOf(to)) changes.push(`add${identityOf(to)}`);
  if (defaultOf(to) !== "" && (defaultGoes || defaultOf(to) !== defaultOf(from)))
    changes.push(`set default ${defaultOf(to)}`);
  return changes;
}

// --- indexes ---

function createIndex(node: Extract<SchemaNode, { kind: "createIndex" }>, open: () => TextBuffer): readonly string[] {
  const { index } = node;
  return oneText(open, (out) => {
    out.add(`create ${index.unique ? "unique " : ""}index ${node.concurrently ? "concurrently " : ""}`);
    if (node.ifNotExists) out.add("if not exists ");
    out.name(nameOf(index, `an index of "${node.table}"`));
    out.add(" on ");
    writeTableName(node, out);
    if (index.method !== undefined) {
      out.add(" using ");
      out.name(index.method);
    }
    out.add(" (");
    out.list(index.items, (item) => writeIndexItem(item, out));
    out.add(")");
    writeInclude(index.include, out);
    if (index.nullsNotDistinct) out.add(" nulls not distinct");
    writeStorage(index.options ?? {}, out);
    if (index.where) {
      out.add(" where ");
      writeSql(index.where, out);
    }
  });
}

function writeIndexItem(item: IndexItem, out: TextBuffer): void {
  if (item.length !== undefined) lacks(out, "indexes over the first characters of a column");
  writeIndexed(item.of, out);
  if (item.collation !== undefined) {
    out.add(" collate ");
    out.name(item.collation);
  }
  if (item.operatorClass !== undefined) {
    out.add(" ");
    // A class of another schema is named with it.
    item.operatorClass.split(".").forEach((name, index) => {
      if (index > 0) out.add(".");
      out.name(name);
    });
  }
  if (item.direction === "desc") out.add(" desc");
  if (item.nulls !== undefined) out.add(` nulls ${item.nulls}`);
}

function writeIndexed(of: IndexItem["of"], out: TextBuffer): void {
  if (of.kind === "name") return out.name(of.name);
  out.add("(");
  writeSql(of, out);
  out.add(")");
}

// --- types ---

function writeCreateType({ schema, name, definition }: TypeNode, out: TextBuffer): void {
  out.add(definition.kind === "domain" ? "create domain " : "create type ");
  writeTableName({ schema, table: name }, out);
  if (definition.kind === "enumeration") {
    out.add(` as enum (${definition.values.map(stringLiteral).join(", ")})`);
    return;
  }
  out.add(` as ${out.dialect.typeName(definition.of)}`);
  if (definition.default) {
    out.add(" default ");
    writeDefaultValue(definition.default, out);
  }
  if (!definition.nullable) out.add(" not null");
  for (const check of definition.checks) {
    out.add(" ");
    writeCheck(check, out);
  }
}

function writeCheck({ name, expression }: CheckNode, out: TextBuffer): void {
  writeConstraintName(name, out);
  out.add("check (");
  writeSql(expression, out);
  out.add(")");
}

type AlterDomain = Extract<SchemaNode, { kind: "alterDomain" }>;

/** A statement for each thing that changes: ALTER DOMAIN does one at a time. Checks go first, since a new one may need the name. */
function alterDomain({ schema, name, from, to }: AlterDomain, open: () => TextBuffer): readonly string[] {
  if (open().dialect.typeName(from.of) !== open().dialect.typeName(to.of)) {
    throw new CompileError(
      `PostgreSQL cannot change what the domain "${name}" is over`,
      "Create another domain, and turn the columns to it.",
    );
  }
  const alter = (write: (out: TextBuffer) => void): string =>
    oneText(open, (out) => {
      out.add("alter domain ");
      writeTableName({ schema, table: name }, out);
      out.add(" ");
      write(out);
    })[0] as string;
  const textOf = (write: (out: TextBuffer) => void): string => oneText(open, write)[0] as string;
  const defaultOf = ({ default: value }: DomainDefinition) =>
    value === undefined ? "" : textOf((out) => writeDefaultValue(value, out));
  const checksOf = ({ checks }: DomainDefinition) =>
    checks.map((check) => ({ check, text: textOf((out) => writeCheck(check, out)) }));
  const without = (list: ReturnType<typeof checksOf>, other: ReturnType<typeof checksOf>) =>
    list.filter(({ text }) => !other.some((one) => one.text === text)).map(({ check }) => check);
  const [gone, added] = [without(checksOf(from), checksOf(to)), without(checksOf(to), checksOf(from))];
  const value = to.default;
  return [
    ...gone.map((check) =>
      alter((out) => {
        out.add("drop constraint ");
        // As PostgreSQL calls the one that was given no name.
        out.name(check.name ?? `${name}_check`);
      }),
    ),
    ...(defaultOf(from) === defaultOf(to)
      ? []
      : [
          alter((out) => {
            if (value === undefined) return out.add("drop default");
            out.add("set default ");
            writeDefaultValue(value, out);
          }),
        ]),
    ...(from.nullable === to.nullable ? [] : [alter((out) => out.add(`${to.nullable ? "drop" : "set"} not null`))]),
    ...added.map((check) =>
      alter((out) => {
        out.add("add ");
        writeCheck(check, out);
      }),
    ),
  ];
}

type AlterOptions = Extract<SchemaNode, { kind: "alterOptions" }>;

function alterOptions(node: AlterOptions, open: () => TextBuffer): readonly string[] {
  const { unlogged: wasUnlogged, tablespace: oldSpace, partitionBy: oldParts, ...before } = node.from;
  const { unlogged, tablespace, partitionBy, ...after } = node.to;
  if (partitionBy !== oldParts) {
    throw new CompileError(
      `PostgreSQL cannot change how "${node.table}" is partitioned`,
      "Create another table, and move the rows.",
    );
  }
  const alter = (write: (out: TextBuffer) => void) => alterTable(node, open, write);
  const set = Object.entries(after).filter(([name, value]) => before[name] !== value);
  const reset = Object.keys(before).filter((name) => after[name] === undefined);
  return [
    ...(set.length === 0
      ? []
      : alter((out) => {
          out.add("set");
          writeParameters(set, out);
        })),
    ...(reset.length === 0
      ? []
      : alter((out) => {
          out.add("reset ");
          writeNames(reset, out);
        })),
    ...(unlogged === wasUnlogged ? [] : alter((out) => out.add(`set ${unlogged === true ? "unlogged" : "logged"}`))),
    ...(tablespace === oldSpace
      ? []
      : alter((out) => {
          out.add("set tablespace ");
          out.name(String(tablespace ?? "pg_default"));
        })),
  ];
}
