// The reference: a page of Markdown for each door of the package, made of api/*.d.ts, where its declarations stand with their
// docstrings.
import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import ts from "typescript-6.0";

/** A page by its path, and what it is called. */
export interface ReferencePage {
  readonly path: string;
  readonly title: string;
  readonly text: string;
}

export function referencePages(): ReferencePage[] {
  return globSync("api/*.d.ts").sort().map(pageOf);
}

interface Entry {
  readonly name: string;
  readonly kind: keyof typeof kinds;
  readonly docs: string;
  readonly signatures: readonly string[];
}

const kinds = { function: "Functions", class: "Classes", constant: "Values", type: "Types" };

function pageOf(file: string): ReferencePage {
  const text = readFileSync(file, "utf8");
  const title = /^\/\/ (\S+), made/.exec(text)?.[1] ?? basename(file, ".d.ts");
  const entries = entriesOf(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  const parts = Object.entries(kinds).map(([kind, heading]) => {
    const own = entries.filter((entry) => entry.kind === kind).sort((a, b) => a.name.localeCompare(b.name, "en"));
    return own.length === 0 ? "" : `\n## ${heading}\n\n${own.map(written).join("\n")}`;
  });
  return { path: `docs/reference/${basename(file, ".d.ts")}.md`, title, text: `# ${title}\n${parts.join("")}` };
}

function written({ name, docs, signatures }: Entry): string {
  return `### ${name}\n\n${docs}\n\n\`\`\`ts\n${signatures.join("\n")}\n\`\`\`\n`;
}

/** What the door exports; functions of a namespace under its name, `fn.count`. */
function entriesOf(source: ts.SourceFile): Entry[] {
  const declared = new Map<string, ts.Statement[]>();
  for (const statement of source.statements) {
    for (const name of namesOf(statement)) declared.set(name, [...(declared.get(name) ?? []), statement]);
  }
  return exportsOf(source.statements).flatMap(([local, name]) => {
    const statements = declared.get(local) ?? [];
    const [first] = statements;
    if (first === undefined || !ts.isModuleDeclaration(first)) return entryOf(name, statements);
    const inside = first.body !== undefined && ts.isModuleBlock(first.body) ? first.body.statements : [];
    return exportsOf(inside).flatMap(([own, member]) =>
      entryOf(`${name}.${member}`, declared.get(aliased(source.statements, own)) ?? []),
    );
  });
}

/** A bundle names what a namespace holds anew: `declare const functions_d_count: typeof count`. */
function aliased(statements: Iterable<ts.Statement>, name: string): string {
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { name: own, type } of statement.declarationList.declarations)
      if (own.getText() === name && type !== undefined && ts.isTypeQueryNode(type)) return type.exprName.getText();
  }
  return name;
}

function exportsOf(statements: Iterable<ts.Statement>): (readonly [local: string, name: string])[] {
  return [...statements].flatMap((statement) =>
    ts.isExportDeclaration(statement) && statement.exportClause && ts.isNamedExports(statement.exportClause)
      ? statement.exportClause.elements.map((one) => [(one.propertyName ?? one.name).text, one.name.text] as const)
      : [],
  );
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.getText()];
}

function entryOf(name: string, statements: readonly ts.Statement[]): Entry[] {
  const [first] = statements;
  if (first === undefined) return [];
  const docs = statements.map(docsOf).filter((text) => text !== "");
  return [{ name, kind: kindOf(first), docs: docs.join("\n\n"), signatures: statements.map(signatureOf) }];
}

function kindOf(statement: ts.Statement): Entry["kind"] {
  if (ts.isFunctionDeclaration(statement)) return "function";
  if (ts.isClassDeclaration(statement)) return "class";
  return ts.isVariableStatement(statement) ? "constant" : "type";
}

function signatureOf(statement: ts.Statement): string {
  return statement
    .getText()
    .replace(/^(export )?declare /, "")
    .replace(/^ *#private;\n/m, "");
}

/** A docstring as Markdown: what is said, what is thrown, and the examples. */
function docsOf(statement: ts.Statement): string {
  const comment = (statement as { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc?.at(-1)?.getText() ?? "";
  const text = comment
    .replace(/^\/\*\*|\*\/$/g, "")
    .replace(/^ *\* ?/gm, "")
    .replace(/\{@link ([^}]+)\}/g, "`$1`")
    .trim();
  const [said = "", ...tags] = text.split(/^@(?=\w)|(?<=\s)@(?=throws \{)/m);
  return [said.trim(), ...tags.map(tagOf)].filter((part) => part !== "").join("\n\n");
}

function tagOf(tag: string): string {
  const [, name = "", rest = ""] = /^(\w+)\s*(.*)$/s.exec(tag.trim()) ?? [];
  switch (name) {
    case "example":
      return rest.includes("```") ? rest : `\`\`\`ts\n${rest.trim()}\n\`\`\``;
    case "throws":
      return `Throws ${rest.replace(/^\{(\w+)\}/, "`$1`")}.`.replace(/\.\.$/, ".");
    case "param":
      return `- ${rest.replace(/^(\S+)\s+/, "`$1`: ")}`;
    default:
      return rest;
  }
}
