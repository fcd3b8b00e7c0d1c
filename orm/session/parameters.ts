// Parameters that a session gives to every statement that asks for them: those of default filters, such as the tenant.
import { compile, type Dialect, type Queries } from "../../core/index.ts";

export type SuppliedParameters = Readonly<Record<string, unknown>>;

/** What runs statements, with the session's parameters added to those a call gives. */
export function supplying<Provided>(handle: Queries<Provided>, supplied: SuppliedParameters): Queries<Provided> {
  const run =
    (method: "all" | "first" | "scalar" | "run" | "stream") =>
    (statement: unknown, ...given: readonly unknown[]): unknown =>
      (handle[method] as (...args: unknown[]) => unknown).call(
        handle,
        statement,
        ...argumentsOf(statement, handle.dialect, supplied, given),
      );
  return {
    dialect: handle.dialect,
    all: run("all"),
    first: run("first"),
    scalar: run("scalar"),
    run: run("run"),
    stream: run("stream"),
  } as unknown as Queries<Provided>;
}

/** What follows a statement in a call: its parameters, with those of the session among them, and the options. */
export function argumentsOf(
  statement: unknown,
  dialect: Dialect,
  supplied: SuppliedParameters,
  [first, second]: readonly unknown[],
): readonly [parameters: object | undefined, options: object | undefined] {
  const asked = parametersOf(statement, dialect);
  const isOptions = second === undefined && first !== undefined && !areParameters(first, asked, supplied);
  const given = isOptions ? undefined : (first as object | undefined);
  const options = (isOptions ? first : second) as object | undefined;
  const added = [...asked].filter((name) => Object.hasOwn(supplied, name)).map((name) => [name, supplied[name]]);
  return [added.length === 0 ? given : { ...Object.fromEntries(added), ...given }, options];
}

/** Whether an only argument is the parameters: where the session supplies them all, it may be either. */
function areParameters(only: unknown, asked: ReadonlySet<string>, supplied: SuppliedParameters): boolean {
  return [...asked].some((name) => !Object.hasOwn(supplied, name) || Object.hasOwn(only as object, name));
}

function parametersOf(statement: unknown, dialect: Dialect): ReadonlySet<string> {
  const names = new Set<string>();
  for (const slot of compile(statement as never, dialect).slots) if (slot.kind === "param") names.add(slot.name);
  return names;
}
