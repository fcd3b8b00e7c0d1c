// Runs the type tests: facts, messages, hovers, cost, or those named on the command line. With --update the golden files
// are written anew.
import { cost } from "./type-tests/cost.ts";
import { facts } from "./type-tests/facts.ts";
import { hovers } from "./type-tests/hovers.ts";
import { messages } from "./type-tests/messages.ts";

const kinds = { facts, messages, hovers, cost };

const mode = process.argv.includes("--update") ? "write" : "compare";
const named = process.argv.slice(2).filter((argument) => argument !== "--update");

let passed = true;
for (const [name, run] of Object.entries(kinds)) {
  if (named.length > 0 && !named.includes(name)) continue;
  if (!(await run(mode))) {
    console.error(`✗ ${name}`);
    passed = false;
  }
}
if (!passed) {
  console.error("If the change is meant, `npm run type-tests -- --update`, and read the difference.");
  process.exit(1);
}
