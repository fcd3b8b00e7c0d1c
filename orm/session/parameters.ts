// Parameters that a session gives to every statement that asks for them: those of default filters, such as the tenant.
import { compile, type Queries } from "../../core/index.ts";

/** What runs statements, with the session's parameters added to those a call gives. Options are always the last argument. */
export function supplying<Provided>(
  handle: Queries<Provided>,
  parameters: Readonly<Record<string, unknown>>,
): Queries<Provided> {
  const run =
    (method: "all" | "first" | "scalar" | "run" | "stream") =>
    (statement: unknown, ...given: readonly unknown[]): unknown =>
      (handle[method] as (...args: unknown[]) => unknown).call(
        handle,
        statement,
        ...supplied(handle, parameters, statement, given),
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

function supplied(
  { dialect }: Pick<Queries<unknown>, "dialect">,
  parameters: Readonly<Record<string, unknown>>,
  statement: unknown,
  given: readonly unknown[],
): readonly unknown[] {
  const wanted = new Set<string>();
  for (const slot of compile(statement as never, dialect).slots)
    if (slot.kind === "param" && Object.hasOwn(parameters, slot.name)) wanted.add(slot.name);
  if (wanted.size === 0) return given;
  const own = given.length > 1 ? (given[0] as object) : {};
  const added = Object.fromEntries([...wanted].map((name) => [name, parameters[name]]));
  return [{ ...added, ...own }, given.at(-1) ?? {}];
}
