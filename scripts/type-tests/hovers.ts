// Hovers: what an editor shows for each exported name of type-tests/hovers/*.ts, in *.txt beside it.
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import ts from "typescript-6.0";
import { projectOptions } from "../compilers.ts";
import { type GoldenMode, golden } from "../golden.ts";

/** Editors cut what is longer than this; it is their default. */
const longestHover = 500;

export function hovers(mode: GoldenMode): boolean {
  const programs = globSync("type-tests/hovers/*.ts").sort();
  const service = ts.createLanguageService(hostOf(programs.map((program) => resolve(program))));
  const results = programs.map((program) => {
    const shown = hoversIn(service, resolve(program)).map((hover) => `${hover}\n`);
    return isSound(service, program) && golden(program.replace(/\.ts$/, ".txt"), shown.join("\n"), mode);
  });
  console.log(`hovers: ${programs.length} programs`);
  return programs.length > 0 && results.every(Boolean);
}

function hostOf(programs: string[]): ts.LanguageServiceHost {
  const options = projectOptions(ts);
  return {
    getCompilationSettings: () => options,
    getScriptFileNames: () => programs,
    getScriptVersion: () => "1",
    getScriptSnapshot: (file) =>
      ts.sys.fileExists(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, "utf8")) : undefined,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getCurrentDirectory: () => process.cwd(),
    readFile: ts.sys.readFile,
    fileExists: ts.sys.fileExists,
    directoryExists: ts.sys.directoryExists,
    getDirectories: ts.sys.getDirectories,
  };
}

function hoversIn(service: ts.LanguageService, program: string): string[] {
  const source = service.getProgram()?.getSourceFile(program);
  return (source?.statements ?? []).flatMap(exportedNames).map((name) => {
    const info = service.getQuickInfoAtPosition(program, name.getStart(), longestHover);
    return ts.displayPartsToString(info?.displayParts).replaceAll(`${process.cwd()}/`, "");
  });
}

function exportedNames(statement: ts.Statement): ts.Node[] {
  const isExported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (!isExported) return [];
  if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name);
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name];
}

/** A hover over a mistake proves nothing. */
function isSound(service: ts.LanguageService, program: string): boolean {
  const errors = service.getSemanticDiagnostics(resolve(program));
  for (const { messageText } of errors) {
    console.error(`${program}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`);
  }
  return errors.length === 0;
}
