// A change → the line of a revision that makes it. Tables are declared above, light where only a few of their columns matter.
import type {
  DomainDefinition,
  ForeignKeyNode,
  IndexNode,
  SchemaNode,
  SqlType,
  TableColumnNode,
  TableNode,
} from "../../core/index.ts";
import type { KnownChange } from "../compare/change.ts";
import type { ReplaceEnum } from "../compare/types.ts";
import { propertyKey, Scope } from "../source/identifiers.ts";
import {
  declareSequence,
  declareType,
  declareView,
  domainSource,
  type Finder,
  placeOf,
} from "../source/schema-source.ts";
import { argumentsOf, objectOf, optionalString, type SourceFile, stringSource } from "../source/source-file.ts";
import {
  columnSource,
  constraintSources,
  foreignKeySource,
  indexSource,
  type TableNames,
  tableNames,
  tableOptionsSource,
  tableSource,
  uniqueSource,
  type Writer,
} from "../source/table-source.ts";
import { typeSource } from "../source/type-source.ts";
import { emptyTable } from "./empty-table.ts";

interface LightTable {
  readonly target: ForeignKeyNode["target"];
  readonly names: { readonly constant: string; readonly properties: Map<string, string> };
  readonly columns: Map<string, SqlType>;
  readonly scope: Scope;
}

/** Writes changes into a file: declarations above, and a line for each. */
export class OperationWriter {
  readonly #file: SourceFile;
  /** Tables that are declared whole, by what they are. */
  readonly #tables = new Map<string, string>();
  /** What whole tables are called, by their place. */
  readonly #whole = new Map<string, TableNames>();
  /** Tables that are only referred to, by their place. */
  readonly #light = new Map<string, LightTable>();

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** Declares the tables that were referred to; nothing is written after it. */
  finish(): void {
    for (const { target, names, columns } of this.#light.values()) {
      const key = target.table.replaceAll(".", "_");
      const list = [...columns].map(([name, type]) => {
        const property = names.properties.get(name) as string;
        return `${propertyKey(property)}: ${typeSource(type, property === name ? undefined : name, this.#file)}`;
      });
      const options = objectOf({
        schema: optionalString(target.schema),
        name: key === target.table ? undefined : stringSource(target.table),
      });
      const table = this.#file.core("table");
      this.#file.declare(
        `const ${names.constant} = ${table}(${argumentsOf(stringSource(key), `{ ${list.join(", ")} }`, options)});`,
      );
    }
  }

  /** What stands for a table that a foreign key refers to: one that is declared whole, or a light one. */
  readonly #find: Finder = (target, of, key) => {
    const place = placeOf({ schema: target.schema, name: target.table });
    const whole = this.#whole.get(place);
    if (whole !== undefined && target.columns.every((name) => whole.properties.has(name))) return whole;
    let light = this.#light.get(place);
    if (light === undefined) {
      const constant = this.#file.scope.claim(target.table, "table");
      light = { target, names: { constant, properties: new Map() }, columns: new Map(), scope: new Scope() };
      this.#light.set(place, light);
    }
    for (const [position, name] of target.columns.entries()) {
      if (light.columns.has(name)) continue;
      const type = of.columns.find((column) => column.name === key.columns[position])?.type;
      light.columns.set(name, type ?? { kind: "integer", size: 4 });
      light.names.properties.set(name, light.scope.claim(name, "column"));
    }
    return light.names;
  };

  /** The call, as it stands behind `await op.`. */
  write(change: KnownChange): string {
    switch (change.kind) {
      case "createTable":
        return this.#createTable(change.table, change.without ?? []);
      case "dropTable":
        return call("dropTable", tablePlace(change), change.cascade ? "{ cascade: true }" : undefined);
      case "renameTable":
        return call("renameTable", tablePlace(change), stringSource(change.to));
      case "addColumn":
        return call("addColumn", tablePlace(change), this.#columns(change, [change.column]));
      case "dropColumn":
        return call("dropColumn", tablePlace(change), stringSource(change.column));
      case "renameColumn":
        return call("renameColumn", tablePlace(change), stringSource(change.column), stringSource(change.to));
      case "alterColumn":
        return this.#alterColumn(change);
      case "commentTable":
        return call("commentTable", tablePlace(change), optionalString(change.comment) ?? "undefined");
      case "commentColumn":
        return call(
          "commentColumn",
          tablePlace(change),
          stringSource(change.column.name),
          this.#column(change, change.column),
        );
      case "addPrimaryKey": {
        const { name, columns, include } = change.primaryKey;
        const options = objectOf({ name: optionalString(name), include: include && listSource(include) });
        return call("addPrimaryKey", tablePlace(change), listSource(columns), options);
      }
      case "addUnique":
      case "addForeignKey":
      case "addCheck":
      case "addExclusion":
      case "createIndex":
        return this.#addConstraint(change);
      case "dropConstraint":
        return call("dropConstraint", tablePlace(change), stringSource(change.name), stringSource(change.of));
      case "validateConstraint":
        return call("validateConstraint", tablePlace(change), stringSource(change.name));
      case "dropIndex":
        return call("dropIndex", tablePlace(change), stringSource(change.name));
      case "createView":
        // Its indexes are changes of their own.
        return call("createView", declareView({ ...change.view, indexes: undefined }, this.#file));
      case "dropView":
        return call(
          "dropView",
          tablePlace({ schema: change.schema, table: change.name }),
          change.materialized ? "{ materialized: true }" : undefined,
        );
      case "createSequence":
        return call("createSequence", declareSequence(change.sequence, this.#file));
      case "dropSequence":
        return call("dropSequence", stringSource(change.name), optionalString(change.schema));
      case "createType": {
        const { type } = change;
        return type.definition.kind === "enumeration"
          ? call("createEnum", stringSource(type.name), listSource(type.definition.values), optionalString(type.schema))
          : call("createType", declareType(type, this.#file));
      }
      case "dropType":
        return call("dropType", stringSource(change.name), stringSource(change.of), optionalString(change.schema));
      case "alterDomain": {
        const side = (definition: DomainDefinition) =>
          domainSource({ kind: "type", name: change.name, schema: change.schema, definition }, definition, this.#file);
        const sides = objectOf({ from: side(change.from), to: side(change.to) });
        return call("alterDomain", stringSource(change.name), sides, optionalString(change.schema));
      }
      case "alterOptions": {
        const sides = objectOf({
          from: tableOptionsSource(change.from) ?? "{}",
          to: tableOptionsSource(change.to) ?? "{}",
        });
        return call("alterOptions", tablePlace(change), sides);
      }
      case "renameType":
        return call("renameType", stringSource(change.name), stringSource(change.to), optionalString(change.schema));
      case "addEnumValue": {
        const options = objectOf({ before: optionalString(change.before), schema: optionalString(change.schema) });
        return call("addEnumValue", stringSource(change.name), stringSource(change.value), options);
      }
      case "createSchema":
        return call(
          "createSchema",
          stringSource(change.name),
          change.ifNotExists ? "{ ifNotExists: true }" : undefined,
        );
      case "dropSchema":
        return call("dropSchema", stringSource(change.name));
      case "replaceEnum":
        return this.#replaceEnum(change);
    }
  }

  /** A table declared above, without its indexes: they are changes of their own. */
  #createTable(table: TableNode, without: readonly TableNode["foreignKeys"][number][]): string {
    const whole = { ...table, foreignKeys: table.foreignKeys.filter((key) => !without.includes(key)), indexes: [] };
    const content = JSON.stringify(whole, (_key, value) => (typeof value === "bigint" ? `${value}n` : value));
    let constant = this.#tables.get(content);
    if (constant === undefined) {
      const names = tableNames(whole, this.#file);
      constant = names.constant;
      this.#tables.set(content, constant);
      // What refers to itself refers to this constant.
      const find: Finder = (target, of, key) =>
        target.table === table.name && target.schema === table.schema ? names : this.#find(target, of, key);
      this.#file.declare(tableSource(whole, names, find, this.#file));
      this.#whole.set(placeOf(table), names);
    }
    return call("createTable", constant);
  }

  #alterColumn(change: Extract<SchemaNode, { kind: "alterColumn" }>): string {
    const options = objectOf({
      from: this.#column(change, change.from),
      to: this.#column(change, change.to),
      using: optionalString(change.using),
    });
    return call("alterColumn", tablePlace(change), stringSource(change.to.name), options);
  }

  #replaceEnum({ name, schema, values, columns }: ReplaceEnum): string {
    const tables = Map.groupBy(columns, ({ schema, table }) => JSON.stringify([schema, table]));
    const list = [...tables.values()].map((group) => {
      const place = group[0] as (typeof group)[number];
      return `[${tablePlace(place)}, ${this.#columns(
        place,
        group.map(({ column }) => column),
      )}]`;
    });
    const given = list.length === 0 && schema === undefined ? undefined : `[${list.join(", ")}]`;
    return call("replaceEnum", stringSource(name), listSource(values), given, optionalString(schema));
  }

  #addConstraint(change: AddedConstraint): string {
    const names = columnsIn(change);
    const properties = safeNames(names);
    // Nothing of the columns matters but what they are called.
    const columns = names.map((name) => {
      const property = properties.get(name) as string;
      return `${propertyKey(property)}: ${typeSource({ kind: "integer", size: 4 }, property === name ? undefined : name, this.#file)}`;
    });
    const argument = names.length === 0 ? "()" : "(t)";
    const options = objectOf({
      notValid: "notValid" in change && change.notValid ? "true" : undefined,
      concurrently: change.kind === "createIndex" && change.concurrently ? "true" : undefined,
    });
    return call(
      "addConstraints",
      tablePlace(change),
      columns.length === 0 ? "{}" : `{ ${columns.join(", ")} }`,
      `${argument} => [${this.#constraint(change, (name) => `t.${properties.get(name)}`)}]`,
      options,
    );
  }

  #constraint(change: AddedConstraint, own: (name: string) => string): string {
    const file = this.#file;
    switch (change.kind) {
      case "addUnique":
        return uniqueSource(change.unique, own, file);
      case "addForeignKey": {
        const { foreignKey } = change;
        const target = this.#find(foreignKey.target, this.#ownTable(change, foreignKey), foreignKey);
        return foreignKeySource(foreignKey, own, target, file);
      }
      case "createIndex":
        return indexSource(change.index, own, file);
      default: {
        const table: TableNode = {
          ...emptyTable(change),
          checks: change.kind === "addCheck" ? [change.check] : [],
          exclusions: change.kind === "addExclusion" ? [change.exclusion] : [],
        };
        const properties = new Map(columnsIn(change).map((name) => [name, own(name).slice(2)]));
        return constraintSources(this.#writer(table, properties)).join(", ");
      }
    }
  }

  /** The table that refers, as far as what it refers to needs to know. */
  #ownTable(place: { readonly schema?: string | undefined; readonly table: string }, key: ForeignKeyNode): TableNode {
    const columns = key.columns.map(
      (name): TableColumnNode => ({ key: name, name, type: { kind: "integer", size: 4 }, nullable: true }),
    );
    return { ...emptyTable(place), columns };
  }

  #columns(
    place: { readonly schema?: string | undefined; readonly table: string },
    columns: readonly TableColumnNode[],
  ): string {
    const properties = safeNames(columns.map(({ name }) => name));
    const writer = this.#writer({ ...emptyTable(place), columns }, properties);
    const list = columns.map(
      (column) => `${propertyKey(writer.property(column.name))}: ${columnSource(column, writer)}`,
    );
    return `{ ${list.join(", ")} }`;
  }

  /** A column by itself, whose name is said beside it. */
  #column(place: { readonly schema?: string | undefined; readonly table: string }, column: TableColumnNode): string {
    return columnSource(
      column,
      this.#writer({ ...emptyTable(place), columns: [column] }, new Map([[column.name, column.name]])),
    );
  }

  #writer(table: TableNode, properties: ReadonlyMap<string, string>): Writer {
    return {
      table,
      names: { constant: "", properties },
      find: this.#find,
      file: this.#file,
      property: (name) => properties.get(name) ?? name,
    };
  }
}

type AddedConstraint = Extract<
  SchemaNode,
  { kind: "addUnique" | "addForeignKey" | "addCheck" | "addExclusion" | "createIndex" }
>;

function columnsIn(change: AddedConstraint): readonly string[] {
  const inItems = (items: readonly { readonly of: IndexNode["items"][number]["of"] }[]) =>
    items.flatMap(({ of }) => (of.kind === "name" ? of.name : []));
  switch (change.kind) {
    case "addUnique":
      return [...new Set([...change.unique.columns, ...(change.unique.include ?? [])])];
    case "addForeignKey":
      return [...new Set(change.foreignKey.columns)];
    case "addCheck":
      return [];
    case "addExclusion":
      return [...new Set(inItems(change.exclusion.items))];
    case "createIndex":
      return [...new Set([...inItems(change.index.items), ...(change.index.include ?? [])])];
  }
}

/** A property for each name: the name itself where it is one. */
function safeNames(names: readonly string[]): ReadonlyMap<string, string> {
  const plain = names.filter((name) => /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__");
  const scope = new Scope(plain);
  return new Map(names.map((name) => [name, plain.includes(name) ? name : scope.claim(name, "column")]));
}

function tablePlace({ schema, table }: { readonly schema?: string | undefined; readonly table: string }): string {
  return schema === undefined
    ? stringSource(table)
    : `{ schema: ${stringSource(schema)}, table: ${stringSource(table)} }`;
}

function listSource(texts: readonly string[]): string {
  return `[${texts.map(stringSource).join(", ")}]`;
}

/** On one line if it fits, else with its arguments below each other. */
function call(name: string, ...given: readonly (string | undefined)[]): string {
  const line = `${name}(${argumentsOf(...given)})`;
  if (line.length <= 100 && !line.includes("\n")) return line;
  const last = given.findLastIndex((value) => value !== undefined);
  const list = given.slice(0, last + 1).map((value) => value ?? "undefined");
  return `${name}(\n${list.map((argument) => `  ${argument},\n`).join("")})`;
}
