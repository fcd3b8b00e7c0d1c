// What can be said to the command.
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";

const options: ParseArgsOptionsConfig = {
  help: { type: "boolean", short: "h" },
  json: { type: "boolean" },
  quiet: { type: "boolean", short: "q" },
  verbose: { type: "boolean", short: "v" },
  // Which project, which database.
  cwd: { type: "string" },
  config: { type: "string", short: "c" },
  name: { type: "string" },
  database: { type: "string" },
  tenant: { type: "string" },
  wait: { type: "string" },
  scratch: { type: "string" },
  // Running.
  sql: { type: "boolean" },
  from: { type: "string" },
  step: { type: "string" },
  purge: { type: "boolean" },
  // Writing.
  message: { type: "string", short: "m" },
  autogenerate: { type: "boolean" },
  head: { type: "string", multiple: true },
  splice: { type: "boolean" },
  label: { type: "string" },
  "depends-on": { type: "string", multiple: true },
  id: { type: "string" },
  folder: { type: "string" },
  rename: { type: "string", multiple: true },
  "drop-unknown": { type: "boolean" },
  schema: { type: "string", multiple: true },
  output: { type: "string", short: "o" },
};

/** The options as they were given. */
export interface Values {
  readonly help?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly cwd?: string | undefined;
  readonly config?: string | undefined;
  readonly name?: string | undefined;
  readonly database?: string | undefined;
  readonly tenant?: string | undefined;
  readonly wait?: string | undefined;
  readonly scratch?: string | undefined;
  readonly sql?: boolean | undefined;
  readonly from?: string | undefined;
  readonly step?: string | undefined;
  readonly purge?: boolean | undefined;
  readonly message?: string | undefined;
  readonly autogenerate?: boolean | undefined;
  readonly head?: readonly string[] | undefined;
  readonly splice?: boolean | undefined;
  readonly label?: string | undefined;
  readonly "depends-on"?: readonly string[] | undefined;
  readonly id?: string | undefined;
  readonly folder?: string | undefined;
  readonly rename?: readonly string[] | undefined;
  readonly "drop-unknown"?: boolean | undefined;
  readonly schema?: readonly string[] | undefined;
  readonly output?: string | undefined;
}

/** @throws {TypeError} naming an option that there is not, or that lacks its value */
export function readArguments(args: readonly string[]): {
  readonly values: Values;
  readonly positionals: readonly string[];
} {
  try {
    return parseArgs({ args: separated(args), options, allowPositionals: true });
  } catch (error) {
    // What Node adds is about arguments that begin with a dash, which none of ours does.
    const said = error instanceof Error ? error.message.split(". To specify")[0] : String(error);
    throw new TypeError(`${said}: athanor help <command> lists them`);
  }
}

/** A target such as -1 would be taken for an option. */
function separated(args: readonly string[]): string[] {
  const isTarget = (arg: string) => /^-\d+$/.test(arg);
  if (args.includes("--")) return [...args];
  return [...args.filter((arg) => !isTarget(arg)), ...(args.some(isTarget) ? ["--", ...args.filter(isTarget)] : [])];
}
