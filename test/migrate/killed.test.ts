// Migrators that are killed, and many at once: whatever happens, each step of each revision has been done once.
// ATHANOR_MIGRATION_KILLS says how many are killed on each database.
import { insertInto, integer, select, table } from "athanor";
import { describe, expect, test } from "vitest";
import { migrationPlace, placeNames } from "../support/migration-places.ts";
import { MigrationProject, outcomeOf } from "../support/migration-project.ts";

const kills = Number(process.env.ATHANOR_MIGRATION_KILLS ?? 6);
const counters = table("counters", { id: integer().primaryKey(), n: integer().default(0) });
const revisions = 4;

/** Each revision counts every row up by one between changes of schema. */
function write(project: MigrationProject): void {
  for (let number = 1; number <= revisions; number++) {
    project.revision(`k${number}`, number === 1 ? [] : [`k${number - 1}`], {
      head: `import { index, integer, table, update } from "athanor";
const counters = table("counters", { n: integer() });`,
      up: `    await op.addColumn("counters", { c${number}: integer().nullable() });
    await op.run(update(counters).set({ n: counters.n.add(1) }).everyRow());
    await op.addConstraints("counters", { c${number}: integer() }, (t) => [index(t.c${number})]);
    await op.alterColumn("counters", "c${number}", { from: integer().nullable(), to: integer().nullable().default(${number}) });`,
      down: `    await op.alterColumn("counters", "c${number}", { from: integer().nullable().default(${number}), to: integer().nullable() });
    await op.dropIndex("counters", "counters_c${number}_idx");
    await op.run(update(counters).set({ n: counters.n.sub(1) }).everyRow());
    await op.dropColumn("counters", "c${number}");`,
    });
  }
}

describe.each(placeNames.map((name) => [name]))("%s", (name) => {
  test("killed at any moment, it goes on where it was", { timeout: 120_000 + kills * 8_000 }, async () => {
    await using place = await migrationPlace(name);
    using project = new MigrationProject(place.url);
    write(project);
    await place.db.create([counters]);
    await place.db.run(insertInto(counters).values(Array.from({ length: 50 }, () => ({ n: 0 }))));
    const numbers = async () =>
      new Set((await place.db.all(select({ n: counters.n }).from(counters))).map(({ n }) => n));
    const args = { up: ["upgrade", "--verbose"], down: ["downgrade", "base", "--verbose"] };
    let direction: "up" | "down" = "up";
    // How long the work itself takes; most kills fall into it, the others into what comes before.
    let work = 400;
    for (let killed = 0; killed < kills; ) {
      const child = project.start(...args[direction]);
      const ended = outcomeOf(child);
      const kill = () => child.kill("SIGKILL");
      let began = 0;
      let timer = Math.random() < 0.15 ? setTimeout(kill, Math.random() * 500) : undefined;
      child.stderr?.once("data", () => {
        began = performance.now();
        timer ??= setTimeout(kill, Math.random() * work);
      });
      const outcome = await ended;
      clearTimeout(timer);
      if (outcome.code === null) {
        killed++;
        continue;
      }
      expect(outcome, outcome.err).toMatchObject({ code: 0 });
      expect(await numbers()).toEqual(new Set([direction === "up" ? revisions : 0]));
      if (began > 0) work = performance.now() - began;
      direction = direction === "up" ? "down" : "up";
    }
    for (const way of direction === "up" ? (["up", "down"] as const) : (["down", "up", "down"] as const)) {
      const outcome = await project.run(...args[way]);
      expect(outcome, outcome.err).toMatchObject({ code: 0 });
      expect(await numbers()).toEqual(new Set([way === "up" ? revisions : 0]));
    }
    const [found] = (await place.db.inspect({ only: ["counters"] })).tables;
    expect(found?.columns.map(({ name }) => name)).toEqual(["id", "n"]);
  });

  test("ten at once run each step once", { timeout: 120_000 }, async () => {
    await using place = await migrationPlace(name);
    using project = new MigrationProject(place.url);
    write(project);
    await place.db.create([counters]);
    await place.db.run(insertInto(counters).values([{ n: 0 }, { n: 0 }]));
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => project.run("upgrade", "--json")));
    expect(outcomes.map(({ code, err }) => code ?? err)).toEqual(Array.from({ length: 10 }, () => 0));
    const ran = outcomes.flatMap(({ out }) => (JSON.parse(out) as { readonly ran: string[] }).ran);
    expect(ran.toSorted()).toEqual(["k1", "k2", "k3", "k4"]);
    expect(await place.db.all(select({ n: counters.n }).from(counters))).toEqual([{ n: revisions }, { n: revisions }]);
  });
});
