// Which views go and come: those that differ, and those that read what changes beneath them. Most databases refuse to change a
// column that a view reads.
import type { Reflected, ViewNode } from "../../core/index.ts";
import { mentions } from "./mentions.ts";
import { stable, textOf } from "./same.ts";

export interface ViewChanges {
  readonly gone: readonly ViewNode[];
  readonly added: readonly ViewNode[];
}

/** @param changing the names of tables whose columns change */
export function compareViews(from: Reflected, to: Reflected, changing: ReadonlySet<string>): ViewChanges {
  const before = viewsOf(from);
  const after = viewsOf(to);
  const twin = (view: ViewNode, list: readonly ViewNode[]) =>
    list.find(({ name, schema }) => name === view.name && schema === view.schema);
  const reads = (view: ViewNode, names: Iterable<string>) => {
    const text = textOf(view.query) ?? "";
    return [...names].some((name) => mentions(text, name));
  };
  const going = new Set(
    before.filter((view) => {
      const wanted = twin(view, after);
      return wanted === undefined || !sameView(view, wanted) || reads(view, changing);
    }),
  );
  // And what reads a view that goes.
  for (let size = -1; size !== going.size; ) {
    size = going.size;
    const names = [...going].map(({ name }) => name);
    for (const view of before) if (!going.has(view) && reads(view, names)) going.add(view);
  }
  return {
    gone: before.filter((view) => going.has(view)),
    added: after.filter((view) => {
      const there = twin(view, before);
      return there === undefined || going.has(there);
    }),
  };
}

function viewsOf({ others }: Reflected): readonly ViewNode[] {
  return others.filter((object) => object.kind === "view");
}

/** The types of its columns follow from its query. */
function sameView(a: ViewNode, b: ViewNode): boolean {
  const facts = (view: ViewNode) =>
    stable([
      view.materialized,
      textOf(view.query),
      view.columns.map(({ name }) => name),
      view.comment,
      (view.indexes ?? []).map(({ name, ...index }) => index),
    ]);
  return facts(a) === facts(b);
}
