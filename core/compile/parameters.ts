// The values of a compiled statement on their way to the driver. Without named parameters they are encoded once, the
// first time they are asked for; with them, for each run anew.
import type { GeneratedSlot, ParamSlot, Slot, ValueSlot } from "../dialect/text-buffer.ts";
import { ParameterError } from "../errors/usage-errors.ts";
import type { ExpressionNode } from "../tree/node.ts";

export type Parameters = Readonly<Record<string, unknown>>;

/** Whether the values are the same each time. */
export function areFixed(slots: readonly Slot[]): boolean {
  for (let i = 0; i < slots.length; i++) if ((slots[i] as Slot).kind !== "value") return false;
  return true;
}

/**
 * The values, encoded, in the order of the placeholders.
 *
 * @throws {ParameterError} if a parameter is missing or unknown, or a value is none of its type
 */
export function encodeSlots(slots: readonly Slot[], given: Parameters | undefined): readonly unknown[] {
  const values = new Array<unknown>(slots.length);
  for (let i = 0; i < slots.length; i++) values[i] = encodeSlot(slots[i] as Slot, given);
  return values;
}

function encodeSlot(slot: Slot, given: Parameters | undefined): unknown {
  if (slot.kind === "param") return encodeParam(slot, given);
  const value = slot.kind === "value" ? slot.value : slot.generate();
  if (value === null) return null;
  try {
    if (value === undefined) throw new ParameterError("expected a value, found undefined", "Give null for NULL.");
    return slot.encode(value);
  } catch (error) {
    throw named(error, subjectOf(slot));
  }
}

function encodeParam({ name, encode, tells }: ParamSlot, given: Parameters | undefined): unknown {
  const value = given !== undefined && Object.hasOwn(given, name) ? given[name] : undefined;
  if (value === undefined) {
    throw new ParameterError(
      `parameter "${name}" was not given`,
      `Pass { ${name}: … } beside the statement; null stands for NULL.`,
    );
  }
  if (value === null) return null;
  try {
    return encode(value);
  } catch (error) {
    throw tells ? error : named(error, `parameter "${name}"`);
  }
}

/** @throws {ParameterError} if one is given that the statement does not have */
export function checkParameters(slots: readonly Slot[], given: Parameters): void {
  // Without a closure or a list of names: this runs for every call.
  for (const name in given) if (!hasParameter(slots, name)) throw unknownParameter(slots, name);
}

function hasParameter(slots: readonly Slot[], name: string): boolean {
  for (let i = 0; i < slots.length; i++) {
    const slot = slots[i] as Slot;
    if (slot.kind === "param" && slot.name === name) return true;
  }
  return false;
}

function unknownParameter(slots: readonly Slot[], name: string): ParameterError {
  const known = new Set(slots.flatMap((slot) => (slot.kind === "param" ? [`"${slot.name}"`] : [])));
  return new ParameterError(
    `the statement has no parameter "${name}"`,
    known.size === 0 ? "It has no parameters at all." : `It has ${[...known].join(", ")}.`,
  );
}

/** The same refusal, saying whose value it was. */
function named(error: unknown, subject: string | undefined): unknown {
  if (!(error instanceof ParameterError) || subject === undefined) return error;
  return new ParameterError(`${subject}: ${error.message.split("\n  ")[0]}`, error.hint);
}

function subjectOf(slot: ValueSlot | GeneratedSlot): string | undefined {
  const { node } = slot;
  if (node?.kind === "value" || node?.kind === "generated")
    return node.of === undefined ? undefined : described(node.of);
  return node === undefined ? undefined : described(node);
}

function described(node: ExpressionNode): string | undefined {
  let inner = node;
  while (inner.kind === "retype" || inner.kind === "cast" || inner.kind === "collate") inner = inner.operand;
  switch (inner.kind) {
    case "column":
      return `column "${inner.name}" of "${inner.source.name}"`;
    case "excluded":
      return `column "${inner.name}"`;
    case "param":
      return `parameter "${inner.name}"`;
    case "call":
      return `${inner.name}()`;
    case "inList":
      return described(inner.operand);
    default:
      return undefined;
  }
}
