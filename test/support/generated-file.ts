// Modules that a test writes, imports and lets the compiler check. They live in a hidden folder of this one, where `athanor`
// means the sources and nobody else's compiler looks.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript-6.0";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

export class GeneratedFiles implements Disposable {
  readonly #folder: string;

  /** Where they are. */
  get folder(): string {
    return this.#folder;
  }

  #count = 0;
  readonly #paths: string[] = [];

  constructor() {
    mkdirSync(join(root, "test"), { recursive: true });
    this.#folder = mkdtempSync(join(root, "test/.pull-"));
  }

  /** Writes the text into a file and imports it. */
  async import(text: string): Promise<Readonly<Record<string, unknown>>> {
    return await import(this.write(text));
  }

  write(text: string): string {
    const path = join(this.#folder, `schema${this.#count++}.ts`);
    writeFileSync(path, text);
    this.#paths.push(path);
    return path;
  }

  /** What the compiler says against the files, a line each. */
  complaints(): readonly string[] {
    const config = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
    const { options } = ts.convertCompilerOptionsFromJson(config.config.compilerOptions, root);
    const program = ts.createProgram(this.#paths, options);
    return this.#paths.flatMap((path) => {
      const file = program.getSourceFile(path);
      return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
        ({ messageText, start = 0, length = 0 }) =>
          `${ts.flattenDiagnosticMessageText(messageText, " ")}: ${file?.text.slice(start, start + Math.min(length, 200))}`,
      );
    });
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
