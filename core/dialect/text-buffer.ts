// What the compiler and a dialect write into: text, and the values that go with it. It lends the compiler's own writers to
// the dialect, which stands to the left of the compiler and cannot import it.
import { CompileError } from "../errors/usage-errors.ts";
import type { ExpressionNode, OrderNode, ParamNode, ValueNode } from "../tree/expression-node.ts";
import type { JoinNode, SourceName, SourceNode } from "../tree/source-node.ts";
import type { QueryNode, SelectionNode } from "../tree/statement-node.ts";
import type { SqlType } from "../types/sql-type.ts";
import type { Dialect } from "./dialect.ts";
import type { FeatureName } from "./features.ts";

/** A value that is bound, or the name it will be given by, with the type that encodes it. */
export type Slot =
  | { readonly kind: "value"; readonly value: unknown; readonly encode: (value: unknown) => unknown; readonly node: ValueNode | undefined }
  | { readonly kind: "param"; readonly name: string; readonly encode: (value: unknown) => unknown };

/** The compiler's writers, lent to dialects. */
export interface Writers {
  expression(node: ExpressionNode, out: TextBuffer): void;
  /** An expression as the operand of something that binds more tightly: in parentheses unless it is atomic. */
  operand(node: ExpressionNode, out: TextBuffer): void;
  query(node: QueryNode, out: TextBuffer): void;
  source(node: SourceNode, out: TextBuffer): void;
  joins(joins: readonly JoinNode[], out: TextBuffer): void;
  order(items: readonly OrderNode[], out: TextBuffer): void;
  /** Conditions joined by AND. */
  conditions(conditions: readonly ExpressionNode[], out: TextBuffer): void;
  selection(node: SelectionNode, out: TextBuffer): void;
  sourceName(source: SourceName, out: TextBuffer): void;
}

/** Collects the text of one statement and its parameters. */
export class TextBuffer {
  text = "";
  readonly slots: Slot[] = [];
  readonly dialect: Dialect;
  readonly write: Writers;

  constructor(dialect: Dialect, writers: Writers) {
    this.dialect = dialect;
    this.write = writers;
  }

  add(text: string): void {
    this.text += text;
  }

  /** A quoted name. */
  name(name: string): void {
    this.text += this.dialect.quote(name);
  }

  expression(node: ExpressionNode): void {
    this.write.expression(node, this);
  }

  operand(node: ExpressionNode): void {
    this.write.operand(node, this);
  }

  query(node: QueryNode): void {
    this.write.query(node, this);
  }

  /** Each item, with a comma between. */
  list<T>(items: readonly T[], write: (item: T) => void): void {
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.text += ", ";
      write(items[i] as T);
    }
  }

  /** A bound value of the given type. */
  bind(value: unknown, type: SqlType, node?: ValueNode): void {
    this.slots.push({ kind: "value", value, encode: this.dialect.codec(type).encode, node });
    this.dialect.writePlaceholder(type, this);
  }

  /** A value whose encoding the dialect itself decides, e.g. a list that travels as JSON. */
  bindEncoded(value: unknown, encode: (value: unknown) => unknown): void {
    this.slots.push({ kind: "value", value, encode, node: undefined });
    this.placeholder();
  }

  /** The bare placeholder of the last slot, for `Dialect.writePlaceholder`. Where values are inlined it is the literal. */
  placeholder(): void {
    this.text += this.dialect.placeholder(this.slots.length);
  }

  param(node: ParamNode): void {
    this.slots.push({ kind: "param", name: node.name, encode: this.dialect.codec(node.type).encode });
    this.dialect.writePlaceholder(node.type, this);
  }

  /** @throws {CompileError} if the database lacks the feature */
  require(feature: FeatureName): void {
    if (!this.dialect.features.has(feature)) throw new CompileError(`${this.dialect.name} has no ${feature}`);
  }
}
