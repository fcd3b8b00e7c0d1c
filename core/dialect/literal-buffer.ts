// A buffer whose values stand in the text as literals, for DDL, which takes no parameters, and for scripts that are run
// somewhere else. Everything else is written as ever, casts around values included.
import { CompileError } from "../errors/usage-errors.ts";
import type { GeneratedNode, ParamNode } from "../tree/node.ts";
import type { SqlType } from "../types/sql-type.ts";
import { TextBuffer } from "./text-buffer.ts";

export class LiteralBuffer extends TextBuffer {
  override readonly inlines = true;
  #literal = "";

  override bindAs(value: unknown, type: SqlType, encode: (value: unknown) => unknown): void {
    this.#literal = this.dialect.literal(value === null ? null : encode(value), type);
    this.dialect.writePlaceholder(type, this);
  }

  override bindEncoded(value: unknown, encode: (value: unknown) => unknown): void {
    this.#literal = this.dialect.literal(encode(value), { kind: "text" });
    this.placeholder();
  }

  override generated(_node: GeneratedNode): void {
    throw new CompileError(
      "a value that JavaScript makes anew for each row stands where only literals can",
      "Give a value, or an expression that the database computes.",
    );
  }

  override placeholder(): void {
    // Two minus signs in a row would begin a comment.
    if (this.#literal.startsWith("-") && this.text.endsWith("-")) this.text += " ";
    this.text += this.#literal;
  }

  override paramAs(node: ParamNode): void {
    this.paramEncoded(node.name);
  }

  override paramEncoded(name: string): void {
    throw new CompileError(
      `parameter "${name}" stands where only literals can`,
      "Give the value itself instead of param().",
    );
  }
}
