// The revisions and what they come after. A graph of its own kind of names: ids, unique beginnings of ids, labels, `head`,
// `heads`, `base`, `+2`, `-1`, `label@head`. Knows nothing of files or databases.
import { MigrationError } from "../errors.ts";

/** What the graph needs to know of a revision. */
export interface Node {
  readonly id: string;
  readonly after: readonly string[];
  readonly label?: string | undefined;
  readonly dependsOn?: readonly string[] | undefined;
  readonly message: string;
}

export class RevisionGraph<R extends Node> {
  readonly #byId: ReadonlyMap<string, R>;
  readonly #next: ReadonlyMap<string, readonly R[]>;
  /** All revisions, each after those that it comes after or depends on; otherwise in the order of their ids. */
  readonly ordered: readonly R[];

  /** @throws {MigrationError} if an id occurs twice, a revision comes after an unknown one, or they form a circle */
  constructor(revisions: readonly R[]) {
    const byId = new Map<string, R>();
    for (const one of revisions) {
      if (byId.has(one.id))
        throw new MigrationError(
          `two revisions have the id "${one.id}"`,
          "Give one of them another, and every revision that comes after it.",
        );
      byId.set(one.id, one);
    }
    this.#byId = byId;
    const next = new Map<string, R[]>();
    for (const one of revisions) {
      for (const id of [...one.after, ...(one.dependsOn ?? [])]) {
        if (!byId.has(id))
          throw new MigrationError(
            `revision "${one.id}" comes after "${id}", which there is none of`,
            "Bring the missing file back, or mend `after`.",
          );
      }
      for (const id of one.after) next.set(id, [...(next.get(id) ?? []), one]);
    }
    this.#next = next;
    this.ordered = this.#sort(revisions);
  }

  get size(): number {
    return this.#byId.size;
  }

  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** @throws {MigrationError} if there is none */
  get(id: string): R {
    const found = this.#byId.get(id);
    if (found === undefined) throw noRevision(id);
    return found;
  }

  /** The revisions that come after this one. */
  following(id: string): readonly R[] {
    return this.#next.get(id) ?? [];
  }

  /** Those that nothing comes after. */
  get heads(): readonly R[] {
    return this.ordered.filter((one) => this.following(one.id).length === 0);
  }

  /** Those that come after nothing. */
  get bases(): readonly R[] {
    return this.ordered.filter((one) => one.after.length === 0);
  }

  /** Where two or more revisions come after one. */
  get branchPoints(): readonly R[] {
    return this.ordered.filter((one) => this.following(one.id).length > 1);
  }

  /** These revisions and all they come after or depend on. */
  before(ids: Iterable<string>): ReadonlySet<string> {
    const found = new Set<string>();
    const waiting = [...ids];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      const one = this.get(id);
      waiting.push(...one.after, ...(one.dependsOn ?? []));
    }
    return found;
  }

  /** These revisions and all that come after them or depend on them. */
  since(ids: Iterable<string>): ReadonlySet<string> {
    const found = new Set(ids);
    for (const one of this.ordered) {
      if ([...one.after, ...(one.dependsOn ?? [])].some((id) => found.has(id))) found.add(one.id);
    }
    return found;
  }

  /** What is left of a set once those are taken out that another of it comes after: the versions a database is at. */
  tips(ids: ReadonlySet<string>): readonly string[] {
    const passed = new Set<string>();
    for (const id of ids) for (const before of this.get(id).after) passed.add(before);
    return this.ordered.map((one) => one.id).filter((id) => ids.has(id) && !passed.has(id));
  }

  /** What to run, in order, to come from what has run to the targets. */
  upgrade(done: ReadonlySet<string>, targets: readonly string[]): readonly R[] {
    const wanted = this.before(targets);
    return this.ordered.filter((one) => wanted.has(one.id) && !done.has(one.id));
  }

  /** What to undo, last first, so that nothing of the given revisions is left. */
  downgrade(done: ReadonlySet<string>, remove: Iterable<string>): readonly R[] {
    const going = this.since(remove);
    return this.ordered.filter((one) => going.has(one.id) && done.has(one.id)).reverse();
  }

  /**
   * The revisions that a name stands for.
   *
   * @param current the versions that the database is at, from which `+n` and `-n` count
   * @throws {MigrationError} if it stands for none, or for several where one is meant
   */
  resolve(name: string, current: readonly string[] = []): readonly string[] {
    const [label, inner] = name.includes("@") ? split(name) : [undefined, name];
    const within = label === undefined ? undefined : this.branch(label);
    if (inner === "base") return [];
    if (inner === "heads") return this.#headsIn(within);
    if (inner === "head") return this.#oneHead(within, label);
    const step = /^([+-])(\d+)$/.exec(inner);
    if (step) return this.#relative(Number(`${step[1]}${step[2]}`), current, within);
    return [this.#find(inner, within).id];
  }

  #headsIn(within: ReadonlySet<string> | undefined): readonly string[] {
    return this.heads.map((one) => one.id).filter((id) => within === undefined || within.has(id));
  }

  #oneHead(within: ReadonlySet<string> | undefined, label: string | undefined): readonly string[] {
    const heads = this.#headsIn(within);
    if (heads.length > 1) {
      const place = label === undefined ? "" : ` in "${label}"`;
      throw new MigrationError(
        `there are ${heads.length} heads${place}: ${heads.map((id) => `${id} (${this.get(id).message})`).join(", ")}`,
        'Merge them with `athanor merge heads -m "…"`, or name one of them, or `heads` for all.',
      );
    }
    return heads;
  }

  /** The revisions of a branch: that which has the label, and all after it. */
  branch(label: string): ReadonlySet<string> {
    const start = this.ordered.find((one) => one.label === label);
    if (start === undefined)
      throw new MigrationError(`there is no branch "${label}"`, `Branches are: ${this.#labels()}.`);
    return new Set([...this.since([start.id])]);
  }

  #labels(): string {
    return this.ordered.flatMap((one) => one.label ?? []).join(", ") || "none";
  }

  #relative(steps: number, current: readonly string[], within: ReadonlySet<string> | undefined): readonly string[] {
    let at = current.filter((id) => within === undefined || within.has(id));
    if (at.length > 1) {
      throw new MigrationError(
        `the database is at ${at.length} versions: ${at.join(", ")}`,
        "Say on which branch to count: label@+1.",
      );
    }
    for (let left = Math.abs(steps); left > 0; left--) {
      const from = at[0];
      const options = steps > 0 ? this.#after(from, within) : from === undefined ? [] : this.get(from).after;
      if (options.length > 1)
        throw new MigrationError(
          `from "${from ?? "base"}" there are ${options.length} ways on: ${options.join(", ")}`,
          "Name the revision you mean.",
        );
      if (options.length === 0 && (steps > 0 || from === undefined)) {
        throw new MigrationError(
          `there is no ${steps > 0 ? `+${steps}` : steps}: the ${steps > 0 ? "last" : "first"} revision is ${Math.abs(steps) - left} away`,
          "`athanor history` lists them.",
        );
      }
      at = [...options];
    }
    return at;
  }

  #after(from: string | undefined, within: ReadonlySet<string> | undefined): readonly string[] {
    if (from !== undefined) return this.following(from).flatMap(({ id }) => (within?.has(id) === false ? [] : id));
    // A branch that nothing of has run begins with its first.
    const isFirst = ({ id, after }: R) =>
      within === undefined || (within.has(id) && !after.some((one) => within.has(one)));
    return (within === undefined ? this.bases : this.ordered.filter(isFirst)).map(({ id }) => id);
  }

  #find(name: string, within: ReadonlySet<string> | undefined): R {
    const exact = this.#byId.get(name) ?? this.ordered.find((one) => one.label === name);
    if (exact !== undefined) return exact;
    const found = this.ordered.filter((one) => one.id.startsWith(name) && (within === undefined || within.has(one.id)));
    if (found.length === 1) return found[0] as R;
    if (found.length > 1) {
      throw new MigrationError(
        `"${name}" begins ${found.length} ids: ${found.map((one) => one.id).join(", ")}`,
        "Write more of it.",
      );
    }
    throw noRevision(name);
  }

  #sort(revisions: readonly R[]): readonly R[] {
    const sorted: R[] = [];
    const placed = new Set<string>();
    let waiting = [...revisions].sort((a, b) => (a.id < b.id ? -1 : 1));
    while (waiting.length > 0) {
      const ready = waiting.filter((one) => [...one.after, ...(one.dependsOn ?? [])].every((id) => placed.has(id)));
      if (ready.length === 0) {
        throw new MigrationError(
          `revisions come after each other in a circle: ${waiting.map((one) => one.id).join(", ")}`,
          "Mend `after` or `dependsOn` of one of them.",
        );
      }
      for (const one of ready) {
        sorted.push(one);
        placed.add(one.id);
      }
      waiting = waiting.filter((one) => !placed.has(one.id));
    }
    return sorted;
  }
}

function split(name: string): readonly [string, string] {
  const at = name.indexOf("@");
  return [name.slice(0, at), name.slice(at + 1)];
}

function noRevision(id: string): MigrationError {
  return new MigrationError(`there is no revision "${id}"`, "`athanor history` lists them.");
}
