// Writes docs/functions.md: every function and operator of expressions with what goes in, what comes out, and which databases
// have it, made of their declarations and docstrings; with --check it only compares.
import { readFileSync } from "node:fs";
import { mariadbDialect, mysqlDialect } from "athanor/mysql";
import { postgresDialect } from "athanor/postgres";
import { sqliteDialect } from "athanor/sqlite";
import ts from "typescript-6.0";
import type { FeatureName } from "../core/dialect/features.ts";
import { type Callable, signatureOf } from "./functions/signature.ts";
import { golden } from "./golden.ts";

const page = "docs/functions.md";
const introduction = `# Functions and operators

All of them, in short: what goes in, and what comes out. \`string | Expr<string>\` takes a plain value or an expression. The result is null where an argument is; \`| null\` says
that it may be null besides. Where no database is named, all have it, and it means the same on all of them.

The full types are shown by your editor. What is not here is called by its name, \`fn.call("soundex", text(), users.name)\`, or written as [raw SQL](raw-sql.md). This page is
made of the sources by \`npm run functions\`.
`;
const databases = { PostgreSQL: postgresDialect, SQLite: sqliteDialect, MySQL: mysqlDialect, MariaDB: mariadbDialect };

interface Section {
  readonly heading: string;
  readonly declarations: readonly Callable[];
  /** What users write before the name. */
  readonly prefix: string;
}

const expressions = "core/expression";
const beside = ["logic", "case-when", "row-value", "subquery", "json-build", "param"];
const sections: readonly Section[] = [
  { heading: "Methods of every expression", declarations: methodsOf(`${expressions}/expr.ts`, "Expr"), prefix: "." },
  ...partsOf(`${expressions}/functions.ts`),
  giving("Aggregate", "Aggregates"),
  giving("WindowFunction", "Over a window"),
  {
    heading: "Conditions, cases, subqueries, JSON",
    declarations: beside.flatMap((file) => functionsOf(`${expressions}/${file}.ts`)),
    prefix: "",
  },
  { heading: "PostgreSQL: rows of a function", declarations: functionsOf("dialects/postgres/series.ts"), prefix: "" },
  { heading: "PostgreSQL: sequences", declarations: functionsOf("dialects/postgres/sequences.ts"), prefix: "" },
  ...["arrays", "jsonb", "ranges", "full-text", "network", "vectors"].map((file) =>
    family("PostgreSQL", "postgres", file),
  ),
  family("MySQL and MariaDB", "mysql", "full-text"),
];

const mode = process.argv.includes("--check") ? "compare" : "write";
if (!golden(page, [introduction, ...sections.map(written)].join("\n"), mode)) {
  console.error("Run `npm run functions` and commit the page.");
  process.exit(1);
}

// --- Where they are declared ---

/** The parts of the catalogue, between comments such as `// --- Text ---`. */
function partsOf(file: string): Section[] {
  const heads = [...readFileSync(file, "utf8").matchAll(/^\/\/ --- (.*) ---$/gm)];
  const declarations = functionsOf(file);
  return heads.map(({ 1: heading = "", index }, n) => {
    const end = heads[n + 1]?.index ?? Number.POSITIVE_INFINITY;
    const own = declarations.filter((one) => one.getStart() > index && one.getStart() < end);
    return { heading, declarations: own, prefix: "fn." };
  });
}

function giving(result: "Aggregate" | "WindowFunction", heading: string): Section {
  const all = functionsOf(`${expressions}/aggregates.ts`);
  return { heading, declarations: all.filter(({ type }) => type?.getText().startsWith(result)), prefix: "fn." };
}

/** What the door of a dialect exports of a file under one name: `arrays.contains`. */
function family(of: string, dialect: string, file: string): Section {
  const name = file.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  const declarations = functionsOf(`dialects/${dialect}/${file}.ts`);
  return { heading: `${of}: ${name}`, declarations, prefix: `${name}.` };
}

/** The functions that a file exports, of overloads each but the one that implements them. */
function functionsOf(file: string): ts.FunctionDeclaration[] {
  const all = parse(file).statements.filter(ts.isFunctionDeclaration);
  const overloaded = new Set(all.filter(({ body }) => body === undefined).map(({ name }) => name?.text));
  return all.filter((one) => isForUsers(one) && (one.body === undefined || !overloaded.has(one.name?.text)));
}

/** Expressions are made for users of expressions; what takes nodes is Core's own. */
function isForUsers(declaration: ts.FunctionDeclaration): boolean {
  const isExported = declaration.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  const text = declaration.getSourceFile().text;
  const isRenamed = text.includes(`${declaration.name?.text} as `);
  return (isExported === true || isRenamed) && !/Node\b|\bSqlType\b/.test(head(declaration));
}

function head(declaration: ts.FunctionDeclaration): string {
  return declaration.getText().slice(0, (declaration.body?.pos ?? declaration.end) - declaration.getStart());
}

function methodsOf(file: string, name: string): ts.MethodSignature[] {
  const isIt = (one: ts.Statement) => ts.isInterfaceDeclaration(one) && one.name.text === name;
  const declared = parse(file).statements.find(isIt) as ts.InterfaceDeclaration;
  return declared.members.filter(ts.isMethodSignature);
}

function parse(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

// --- What is said of them ---

function written({ heading, declarations, prefix }: Section): string {
  const byName = Map.groupBy(declarations, (one) => one.name?.getText() ?? "");
  const lines = [...byName.values()].map((overloads) => line(overloads, prefix));
  return `## ${heading}\n\n${lines.join("\n")}\n`;
}

function line(overloads: readonly Callable[], prefix: string): string {
  const signatures = overloads.map((one) => `\`${prefix}${signatureOf(one).replace(/^(\w+)_\(/, "$1(")}\``);
  const said = overloads.map(sentences).filter((text) => text !== "");
  const places = placesOf(overloads.at(-1) as Callable);
  return `- ${signatures.join(", ")}: ${said.join(" ")}${places === "" ? "" : ` *${places}.*`}`;
}

/** The docstring up to its first tag, on one line. */
function sentences(declaration: Callable): string {
  const comment = (declaration as { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc?.at(-1)?.getText() ?? "";
  const [said = ""] = comment.replace(/^\/\*\*| *\*\/$|^ *\* ?/gm, "").split(/^ *@\w| @(?=throws )/m);
  return said.replace(/\s+/g, " ").trim();
}

/** The databases that have what it needs, unless all have, or the door that it comes from says it. */
function placesOf(declaration: Callable): string {
  if (declaration.getSourceFile().fileName.startsWith("dialects/")) return "";
  const needed = featuresIn(declaration);
  const having = Object.entries(databases).filter(([, dialect]) => needed.every((one) => dialect.features.has(one)));
  return having.length === Object.keys(databases).length ? "" : having.map(([name]) => name).join(", ");
}

function featuresIn(declaration: Callable): FeatureName[] {
  const named = declaration.getText().matchAll(/\bFeature<"([^"]+)">/g);
  return [...named].map(([, name]) => name as FeatureName);
}
