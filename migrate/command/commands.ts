// The commands: what each is called with, and the function it calls.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PlanOptions } from "../compare/plan.ts";
import { MigrationError } from "../errors.ts";
import { openProject, type Project } from "../project.ts";
import type { Revision } from "../revision/file.ts";
import { script } from "../run/script.ts";
import { downgrade, type Moved, type RunOptions, stamp, upgrade } from "../run/upgrade.ts";
import { check, verify } from "./check.ts";
import { branches, current, haveNotRun, heads, history, show } from "./look.ts";
import type { Values } from "./options.ts";
import {
  type CommandHelp,
  type Output,
  planData,
  planLines,
  revisionData,
  revisionLine,
  revisionLines,
} from "./output.ts";
import { init, merge, newRevision, pullSchema } from "./write.ts";

export interface Command extends CommandHelp {
  /** How many targets it takes; none by default. */
  readonly targets?: number;
  /** Gives the exit code. */
  run(values: Values, rest: readonly string[], out: Output): Promise<number>;
}

const revisionOptions = [
  "-m, --message text     what it does, in a line",
  "--autogenerate         write the changes that make the database what is declared",
  "--rename old:new       what is called otherwise now: a table, or table.old:new for a column; again for each",
  "--drop-unknown         drop what the database has and nobody declared",
  "--scratch url          where the declared schema is made to be read back, instead of beside the others",
  "--head target          what it comes after, head by default; again for each",
  "--splice               allow it to come after what others come after already",
  "--label name           the name of the branch that begins here",
  "--depends-on target    a revision of another branch that must have run before; again for each",
  "--id id, --folder folder",
];

export const commands: Readonly<Record<string, Command>> = {
  init: {
    usage: "init",
    what: "write a configuration, a schema and an empty folder",
    async run(values, _rest, out) {
      const written = init(resolve(values.cwd ?? "."), { database: values.database });
      const lines = written.map((path) => `wrote ${path}`);
      out.result(lines.length === 0 ? ["nothing to write: the files are there"] : lines, { written });
      return 0;
    },
  },
  revision: {
    usage: 'revision [--autogenerate] -m "…"',
    what: "write a new revision",
    options: revisionOptions,
    async run(values, _rest, out) {
      const { message } = values;
      if (message === undefined || message.trim() === "")
        throw new MigrationError("a revision needs a message", 'Say what it does: -m "…".');
      const written = await newRevision(await projectOf(values), {
        ...planOptions(values, out),
        message,
        after: values.head,
        splice: values.splice,
        label: values.label,
        dependsOn: values["depends-on"],
        id: values.id,
        folder: values.folder,
        autogenerate: values.autogenerate,
      });
      const { path, id, plan } = written;
      out.result(
        [
          ...(plan === undefined ? [] : planLines(plan)),
          path === undefined ? "nothing differs, nothing is written" : `wrote ${path}`,
        ],
        { path, id, ...(plan === undefined ? {} : planData(plan)) },
      );
      return 0;
    },
  },
  merge: {
    usage: 'merge [targets] -m "…"',
    targets: Number.POSITIVE_INFINITY,
    what: "write a revision that makes one head of several",
    async run(values, rest, out) {
      const { path, id } = await merge(await projectOf(values), {
        message: values.message ?? "merge",
        of: rest,
        label: values.label,
      });
      out.result([`wrote ${path}`], { path, id });
      return 0;
    },
  },
  upgrade: {
    usage: "upgrade [target]",
    targets: 1,
    what: "run revisions, up to head or the target",
    options: [
      "target                 id, beginning of one, label, head, heads, +n, label@head",
      "--sql [--from target]  write a script instead; --from base for a new database, which is then not asked",
      "--step done|redo       what to take an interrupted step for of which nobody knows",
    ],
    run: (values, [target = "head"], out) => move(values, target, "up", out),
  },
  downgrade: {
    usage: "downgrade <target>",
    targets: 1,
    what: "undo revisions, down to the target",
    options: [
      "target                 id, beginning of one, label, base, -n, label@base",
      "--sql [--from target]  write a script instead",
      "--step done|redo       what to take an interrupted step for of which nobody knows",
    ],
    async run(values, [target], out) {
      if (target === undefined) throw new MigrationError("downgrade was not told how far", "Say -1, an id, or base.");
      return move(values, target, "down", out);
    },
  },
  stamp: {
    usage: "stamp <target>…",
    targets: Number.POSITIVE_INFINITY,
    what: "say where the database is, and run nothing",
    options: ["--purge                forget what it said before, also of revisions whose files are gone"],
    async run(values, rest, out) {
      if (rest.length === 0)
        throw new MigrationError("stamp was not told where the database is", "Say an id, head, or base.");
      const options = { ...runOptions(values, out), purge: values.purge };
      const { current } = await stamp(await projectOf(values), rest, options);
      out.result([`at ${current.join(", ") || "base"}`], { current });
      return 0;
    },
  },
  current: {
    usage: "current",
    what: "where the database is",
    async run(values, _rest, out) {
      const project = await projectOf(values);
      const { at, isHead, waiting, interrupted } = await current(project, runOptions(values, out));
      const headsNow = heads(project);
      const mark = (revision: Revision) => (headsNow.includes(revision) ? " (head)" : "");
      const lines = at.length === 0 ? ["base"] : at.map((revision) => `${revisionLine(revision)}${mark(revision)}`);
      if (waiting.length > 0) lines.push(haveNotRun(waiting));
      if (interrupted !== undefined) {
        lines.push(
          `revision ${interrupted.revision} was interrupted on its way ${interrupted.direction}, after ${interrupted.steps} steps`,
        );
      }
      out.result(lines, { at: at.map(revisionData), isHead, waiting: waiting.map(revisionData), interrupted });
      return 0;
    },
  },
  history: {
    usage: "history [from:to]",
    targets: 1,
    what: "all revisions, the newest first",
    options: ["--verbose              also what each comes after and where it is"],
    run: async (values, [range], out) =>
      list(history(await projectOf(values), range), out, values.verbose ? revisionLines : undefined),
  },
  heads: {
    usage: "heads",
    what: "revisions that nothing comes after",
    run: async (values, _rest, out) => list(heads(await projectOf(values)), out),
  },
  branches: {
    usage: "branches",
    what: "where several revisions come after one",
    async run(values, _rest, out) {
      const found = branches(await projectOf(values));
      out.result(
        found.flatMap(({ at, into }) => [revisionLine(at), ...into.map((one) => `  → ${revisionLine(one)}`)]),
        found.map(({ at, into }) => ({ at: revisionData(at), into: into.map(revisionData) })),
      );
      return 0;
    },
  },
  show: {
    usage: "show <target>",
    targets: 1,
    what: "one revision",
    async run(values, [target = "head"], out) {
      const found = show(await projectOf(values), target);
      out.result(found.flatMap(revisionLines), found.map(revisionData));
      return 0;
    },
  },
  check: {
    usage: "check",
    what: "whether the database is what is declared; ends with 1 if not",
    async run(values, _rest, out) {
      const { isFine, plan, warnings } = await check(await projectOf(values), planOptions(values, out));
      out.result([...planLines(plan), ...warnings, ...(isFine ? ["nothing differs"] : [])], {
        isFine,
        ...planData(plan),
        warnings,
      });
      return isFine ? 0 : 1;
    },
  },
  verify: {
    usage: "verify",
    what: "run everything up, down and up on a scratch database; ends with 1 if that differs",
    options: ["--scratch url          an empty database of the same kind, instead of one that is made"],
    async run(values, _rest, out) {
      const { faults, revisions } = await verify(await projectOf(values), {
        scratch: values.scratch,
        report: out.report,
      });
      const lines = faults.map(({ revision, what }) => `${revision}: ${what}`);
      out.result(
        [
          ...lines,
          ...(faults.length === 0
            ? [`${revisions === 1 ? "the only revision leads" : `${revisions} revisions lead`} there and back`]
            : []),
        ],
        {
          faults,
          revisions,
        },
      );
      return faults.length === 0 ? 0 : 1;
    },
  },
  pull: {
    usage: "pull [-o schema.ts]",
    what: "write the schema that a database has",
    options: ["--schema name          read this schema too; again for each"],
    async run(values, _rest, out) {
      const text = await pullSchema(await projectOf(values), {
        ...runOptions(values, out),
        schemas: values.schema,
      });
      if (values.output === undefined) out.text(text);
      else {
        const path = resolve(values.cwd ?? ".", values.output);
        writeFileSync(path, text);
        out.result([`wrote ${path}`], { path });
      }
      return 0;
    },
  },
};

async function projectOf(values: Values): Promise<Project> {
  const { cwd: root, config, name, database } = values;
  const project = await openProject({ root, config, name });
  return database === undefined ? project : { ...project, config: { ...project.config, database } };
}

function runOptions(values: Values, out: Output): RunOptions {
  const { tenant, wait, step } = values;
  if (step !== undefined && step !== "done" && step !== "redo") {
    throw new MigrationError(`--step ${step} is not known`, "It is done or redo.");
  }
  const seconds = wait === undefined ? undefined : Number(wait);
  if (seconds !== undefined && !(seconds >= 0))
    throw new MigrationError(`--wait ${wait} is no number of seconds`, "0 does not wait at all.");
  return { tenant, wait: seconds === undefined ? undefined : seconds * 1000, step, report: out.report };
}

function planOptions(values: Values, out: Output): PlanOptions {
  const { rename, "drop-unknown": dropUnknown, scratch } = values;
  return { ...runOptions(values, out), rename, dropUnknown, scratch };
}

async function move(values: Values, target: string, direction: "up" | "down", out: Output): Promise<number> {
  const project = await projectOf(values);
  if (values.sql) {
    if (values.tenant !== undefined) {
      throw new MigrationError(
        "a script is for the schema it is run in, whichever tenant's that is",
        "Say from where with --from, write it without --tenant, and run it in the tenant's schema.",
      );
    }
    out.text(await script(project, direction, target, { from: values.from }));
    return 0;
  }
  const options = runOptions(values, out);
  return showMoved(await (direction === "up" ? upgrade : downgrade)(project, target, options), out);
}

function showMoved({ ran, current }: Moved, out: Output): number {
  out.result([`${ran.length === 0 ? "nothing to run; " : ""}at ${current.join(", ") || "base"}`], {
    ran: ran.map(({ id }) => id),
    current,
  });
  return 0;
}

function list(
  revisions: readonly Revision[],
  out: Output,
  lines: (revision: Revision) => readonly string[] = (revision) => [revisionLine(revision)],
): number {
  out.result(revisions.flatMap(lines), revisions.map(revisionData));
  return 0;
}
