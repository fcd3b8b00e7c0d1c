// Makes a module of the snippets of one file. Every line keeps its number, so that what a compiler or a stack says of the
// module is true of the file. Each snippet is a block inside the one before it: it sees the names of those above, and may
// declare them anew. Imports and exports cannot stand there, so all imports move to the first line, and `export` is
// blanked out.
import { posix } from "node:path";
import ts from "typescript-6.0";
import type { Snippet } from "./snippets.ts";

/** A name that a snippet may use without importing it, and the import it then gets. */
export type Offered = ReadonlyMap<string, string>;

/** @param path where the module will stand, which decides how its relative imports are written */
export function moduleText(origin: string, path: string, snippets: readonly Snippet[], offered: Offered): string {
  const lines: string[] = [""];
  const imports = new Set<string>();
  for (const { line, code } of snippets) {
    const { body, imported } = withoutImports(code, (specifier) => relocated(specifier, origin, path));
    for (const statement of imported) imports.add(statement);
    for (const name of freeNames(code)) {
      const statement = offered.get(name);
      if (statement !== undefined) imports.add(statement);
    }
    while (lines.length < line - 1) lines.push("");
    lines[line - 2] += "{";
    lines.push(...body.split("\n"));
  }
  lines[0] = `${[...imports].filter((statement) => !isTypeOfImported(statement, imports)).join(" ")} ${lines[0]}`;
  return `${lines.join("\n")}\n${"}".repeat(snippets.length)}\nexport {};\n`;
}

interface Split {
  readonly body: string;
  /** One statement for each name. */
  readonly imported: readonly string[];
}

function withoutImports(code: string, relocate: (specifier: string) => string): Split {
  const imported: string[] = [];
  let body = code;
  const blank = (node: ts.Node): void => {
    const written = code.slice(node.getStart(), node.end);
    body = body.slice(0, node.getStart()) + written.replace(/[^\n]/g, " ") + body.slice(node.end);
  };
  for (const statement of parse(code).statements) {
    if (ts.isImportDeclaration(statement)) {
      imported.push(...importsOf(statement, relocate));
      blank(statement);
    } else if (ts.isExportDeclaration(statement)) {
      blank(statement);
    } else if (ts.isExportAssignment(statement)) {
      // What is exported by default stays as a statement.
      const words = code.slice(statement.getStart(), statement.expression.getStart());
      body =
        body.slice(0, statement.getStart()) + " ".repeat(words.length) + body.slice(statement.expression.getStart());
    } else if (ts.canHaveModifiers(statement)) {
      ts.getModifiers(statement)
        ?.filter(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
        .forEach(blank);
    }
  }
  return { body, imported };
}

function importsOf(statement: ts.ImportDeclaration, relocate: (specifier: string) => string): string[] {
  const from = JSON.stringify(relocate((statement.moduleSpecifier as ts.StringLiteral).text));
  const clause = statement.importClause;
  if (clause === undefined) return [`import ${from};`];
  const { name, namedBindings } = clause;
  const type = clause.phaseModifier === ts.SyntaxKind.TypeKeyword ? "type " : "";
  const statements = name === undefined ? [] : [`import ${type}${name.text} from ${from};`];
  if (namedBindings === undefined) return statements;
  return ts.isNamespaceImport(namedBindings)
    ? [...statements, `import ${type}* as ${namedBindings.name.text} from ${from};`]
    : [
        ...statements,
        ...namedBindings.elements.map((element) => `import { ${type}${element.getText()} } from ${from};`),
      ];
}

function relocated(specifier: string, origin: string, path: string): string {
  if (!specifier.startsWith(".")) return specifier;
  const target = posix.join(posix.dirname(origin), specifier);
  return posix.relative(posix.dirname(path), target);
}

/** Whether the name is imported as a value too, which holds its type. */
function isTypeOfImported(statement: string, imports: ReadonlySet<string>): boolean {
  return statement.includes("{ type ") && imports.has(statement.replace("{ type ", "{ "));
}

/** The names that code uses and does not declare at its top level. */
function freeNames(code: string): ReadonlySet<string> {
  const source = parse(code);
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) used.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return used.difference(new Set(source.statements.flatMap(declaredNames)));
}

function declaredNames(statement: ts.Statement): string[] {
  if (ts.isImportDeclaration(statement)) {
    return [...statement.getText().matchAll(/\w+(?=\s*(?:[,}]|from\b))/g)].map(([name]) => name);
  }
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.flatMap(({ name }) => boundNames(name));
  }
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.getText()];
}

function boundNames(name: ts.BindingName): string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((element) => (ts.isOmittedExpression(element) ? [] : boundNames(element.name)));
}

function parse(code: string): ts.SourceFile {
  return ts.createSourceFile("snippet.ts", code, ts.ScriptTarget.Latest, true);
}

/** What a module exports by name, each with the statement that imports it from `specifier`. */
export function offeredBy(text: string, specifier: string): Map<string, string> {
  const offered = new Map<string, string>();
  const offer = (name: string, isType: boolean) =>
    offered.set(name, `import { ${isType ? "type " : ""}${name} } from ${JSON.stringify(specifier)};`);
  for (const statement of parse(text).statements) {
    if (ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamespaceExport(statement.exportClause)) {
      offer(statement.exportClause.name.text, false);
    } else if (
      ts.isExportDeclaration(statement) &&
      statement.exportClause &&
      ts.isNamedExports(statement.exportClause)
    ) {
      for (const { name, isTypeOnly } of statement.exportClause.elements) {
        offer(name.text, isTypeOnly || statement.isTypeOnly);
      }
    } else if (ts.canHaveModifiers(statement) && statement.getText().startsWith("export ")) {
      const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
      for (const name of declaredNames(statement)) offer(name, isType);
    }
  }
  return offered;
}
