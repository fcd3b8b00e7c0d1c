#!/usr/bin/env node
// `athanor`, the command. It reads arguments, calls the functions of athanor/migrate, and shows what they give: results on the
// standard output, what happens meanwhile on the other, for people or, with --json, for machines. It never asks anything.
// It ends with 0; with 1 where check or verify found something; with 2 where it could not do what it was told.
import { commands } from "./command/commands.ts";
import { readArguments } from "./command/options.ts";
import { failure, help, Output } from "./command/output.ts";

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const wantsJson = args.includes("--json");
  try {
    const { values, positionals } = readArguments(args);
    const [name, ...rest] = positionals;
    const command = name === undefined ? undefined : commands[name];
    const asked = name === "help" ? rest[0] : undefined;
    if (asked !== undefined && commands[asked] === undefined) {
      throw new TypeError(`there is no command "${asked}": athanor help lists them`);
    }
    if (values.help || name === undefined || name === "help") {
      process.stdout.write(help(commands, name === "help" ? rest[0] : name));
      return 0;
    }
    if (command === undefined) throw new TypeError(`there is no command "${name}": athanor help lists them`);
    if (rest.length > (command.targets ?? 0)) {
      throw new TypeError(`athanor ${name} does not take "${rest[command.targets ?? 0]}": ${command.usage}`);
    }
    return await command.run(
      values,
      rest,
      new Output({ isJson: values.json ?? false, isQuiet: values.quiet ?? false, isVerbose: values.verbose ?? false }),
    );
  } catch (error) {
    failure(error, wantsJson);
    return 2;
  }
}
