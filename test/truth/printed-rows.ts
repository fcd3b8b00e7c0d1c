// The row types of statements as the compiler prints them: for each exported statement of a module its row, taken apart,
// and the database features that its type says it needs.
import { resolve } from "node:path";
import ts from "typescript-6.0";

/** What a value may be. `shown` is the compiler's own text of it. */
export type Shape = { readonly shown: string } & (
  | { readonly kind: "null" | "string" | "number" | "bigint" | "boolean" | "decimal" | "Date" | "Uint8Array" }
  | { readonly kind: "literal"; readonly value: string | number | boolean }
  | { readonly kind: "array"; readonly of: Shape }
  | { readonly kind: "object"; readonly fields: readonly (readonly [name: string, shape: Shape])[] }
  | { readonly kind: "union"; readonly of: readonly Shape[] }
);

export interface PrintedStatement {
  readonly name: string;
  /** Undefined where the statement gives no rows. */
  readonly row: Shape;
  readonly features: readonly string[];
}

/** Reads what the compiler makes of the statements that modules export. */
export function printedRows(files: readonly string[]): ReadonlyMap<string, readonly PrintedStatement[]> {
  const paths = files.map((file) => resolve(file));
  const { config } = ts.readConfigFile("tsconfig.json", ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [], include: [] }, ts.sys, process.cwd());
  const program = ts.createProgram(paths, options);
  const checker = program.getTypeChecker();
  return new Map(files.map((file, i) => [file, statementsIn(program.getSourceFile(paths[i] as string), checker)]));
}

function statementsIn(source: ts.SourceFile | undefined, checker: ts.TypeChecker): readonly PrintedStatement[] {
  const module = source && checker.getSymbolAtLocation(source);
  if (!source || !module) throw new Error("a module of statements exports nothing");
  return checker.getExportsOfModule(module).map((symbol) => {
    const type = checker.getTypeOfSymbolAtLocation(symbol, source);
    const row = bySymbol(type, "ROW");
    if (row === undefined) throw new Error(`${symbol.name} is no statement`);
    const reader = new Reader(checker, source);
    return {
      name: symbol.name,
      row: reader.shape(checker.getTypeOfSymbolAtLocation(row, source), symbol.name),
      features: reader.features(typeOf(bySymbol(type, "NEEDS"), checker, source), symbol.name),
    };
  });
}

/** The property that a type keeps under one of the library's symbols. */
function bySymbol(type: ts.Type, name: string): ts.Symbol | undefined {
  return type.getProperties().find(({ escapedName }) => String(escapedName).startsWith(`__@${name}@`));
}

function typeOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker, at: ts.Node): ts.Type {
  if (symbol === undefined) throw new Error("a statement says nothing of its needs");
  return checker.getTypeOfSymbolAtLocation(symbol, at);
}

class Reader {
  readonly #checker: ts.TypeChecker;
  readonly #at: ts.Node;

  constructor(checker: ts.TypeChecker, at: ts.Node) {
    this.#checker = checker;
    this.#at = at;
  }

  shape(type: ts.Type, path: string): Shape {
    const shown = this.#checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);
    const { flags } = type;
    if (flags & ts.TypeFlags.Null) return { kind: "null", shown };
    if (flags & ts.TypeFlags.Boolean) return { kind: "boolean", shown };
    if (type.isUnion()) return { kind: "union", of: this.#members(type, path), shown };
    if (type.isStringLiteral() || type.isNumberLiteral()) return { kind: "literal", value: type.value, shown };
    if (flags & ts.TypeFlags.BooleanLiteral) return { kind: "literal", value: shown === "true", shown };
    // biome-ignore lint/suspicious/noTemplateCurlyInString: so the compiler prints the type of a decimal
    if (flags & ts.TypeFlags.TemplateLiteral && shown === "`${number}`") return { kind: "decimal", shown };
    if (flags & ts.TypeFlags.String) return { kind: "string", shown };
    if (flags & ts.TypeFlags.Number) return { kind: "number", shown };
    if (flags & ts.TypeFlags.BigInt) return { kind: "bigint", shown };
    if (flags & ts.TypeFlags.Object) return this.#object(type as ts.ObjectType, path, shown);
    throw new Error(`${path} is ${shown}, which says nothing that could be checked`);
  }

  /** `boolean` is a union of two literals, which are put together again. */
  #members(type: ts.UnionType, path: string): readonly Shape[] {
    const isFlag = ({ flags }: ts.Type): boolean => (flags & ts.TypeFlags.BooleanLiteral) !== 0;
    const rest = type.types.filter((member) => !isFlag(member)).map((member) => this.shape(member, path));
    const flags = type.types.filter(isFlag);
    return flags.length === 2
      ? [...rest, { kind: "boolean", shown: "boolean" }]
      : [...rest, ...flags.map((one) => this.shape(one, path))];
  }

  #object(type: ts.ObjectType, path: string, shown: string): Shape {
    if (this.#checker.isArrayType(type)) {
      const [element] = this.#checker.getTypeArguments(type as ts.TypeReference);
      return { kind: "array", of: this.shape(element as ts.Type, `${path}[]`), shown };
    }
    const name = type.symbol?.name;
    if (name === "Date") return { kind: "Date", shown };
    if (name === "Uint8Array") return { kind: "Uint8Array", shown };
    const fields = type.getProperties().map((property) => {
      if (property.flags & ts.SymbolFlags.Optional) throw new Error(`${path}.${property.name} is optional`);
      const of = this.#checker.getTypeOfSymbolAtLocation(property, this.#at);
      return [property.name, this.shape(of, `${path}.${property.name}`)] as const;
    });
    return { kind: "object", fields, shown };
  }

  features(needs: ts.Type, name: string): readonly string[] {
    const members = needs.isUnion() ? needs.types : needs.flags & ts.TypeFlags.Never ? [] : [needs];
    return members.flatMap((need) => {
      const property = (key: string): ts.Type | undefined => {
        const symbol = need.getProperty(key);
        return symbol && this.#checker.getTypeOfSymbolAtLocation(symbol, this.#at);
      };
      const feature = property("feature");
      if (feature?.isUnion()) return feature.types.map((one) => (one as ts.StringLiteralType).value);
      if (feature?.isStringLiteral()) return [feature.value];
      if (property("param") !== undefined) return [];
      throw new Error(`${name} needs ${this.#checker.typeToString(need)}, and could not run`);
    });
  }
}
