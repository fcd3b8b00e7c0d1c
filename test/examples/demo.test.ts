// What the demo says is true: the types beside its statements are the compiler's own words, and it runs to its end.
import { spawnSync } from "node:child_process";
import ts from "typescript-6.0";
import { expect, test } from "vitest";
import { projectOptions } from "../../scripts/compilers.ts";

const file = "examples/demo/steps.ts";

/** The type of a row of what each step gives, by the step's title. */
function rowTypes(): Readonly<Record<string, string>> {
  const program = ts.createProgram([file], projectOptions(ts));
  const checker = program.getTypeChecker();
  const found: Record<string, string> = {};
  const visit = (node: ts.Node): void => {
    if (ts.isObjectLiteralExpression(node)) {
      const [title, run] = ["title", "run"].map((name) => initializerOf(node, name));
      if (title && ts.isStringLiteral(title) && run) found[title.text] = rowOf(run);
    }
    ts.forEachChild(node, visit);
  };
  const rowOf = (run: ts.Expression): string => {
    const [signature] = checker.getTypeAtLocation(run).getCallSignatures();
    const rows = signature && checker.getAwaitedType(signature.getReturnType());
    const row = rows && checker.getIndexTypeOfType(rows, ts.IndexKind.Number);
    if (row === undefined) throw new Error(`${run.getText()} gives no rows`);
    return checker.typeToString(row, undefined, ts.TypeFormatFlags.NoTruncation);
  };
  const source = program.getSourceFile(file);
  if (source === undefined) throw new Error(`there is no ${file}`);
  visit(source);
  return found;
}

function initializerOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  const property = object.properties.find((one) => one.name?.getText() === name);
  return property && ts.isPropertyAssignment(property) ? property.initializer : undefined;
}

test("the types of rows are those that the compiler prints", async () => {
  const types = rowTypes();
  expect(Object.keys(types).length).toBeGreaterThanOrEqual(12);
  await expect(`${JSON.stringify(types, undefined, 2)}\n`).toMatchFileSnapshot("../../examples/demo/row-types.json");
});

test("without a terminal it prints plain text, the same each time", async () => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--conditions=athanor-source", "examples/demo.ts"], {
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: undefined },
  });
  expect(stderr).toBe("");
  expect(status).toBe(0);
  await expect(stdout).toMatchFileSnapshot("demo.txt");
});
