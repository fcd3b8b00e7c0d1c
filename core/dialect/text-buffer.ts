// What the compiler and a dialect write into: text, and the values that go with it. It lends the compiler's own writers to
// the dialect, which stands to the left of the compiler and cannot import it.
import { CompileError } from "../errors/usage-errors.ts";
import type {
  CteNode,
  ExpressionNode,
  GeneratedNode,
  JoinNode,
  OrderNode,
  ParamNode,
  QueryNode,
  SelectionNode,
  SourceName,
  SourceNode,
  ValueNode,
  WindowNode,
} from "../tree/node.ts";
import type { SqlType } from "../types/sql-type.ts";
import type { Answers } from "./answers.ts";
import { type FeatureName, features } from "./features.ts";
import { type QuotedNames, quotedNames, quoteName, quoteQualified } from "./names.ts";

/** A value that is bound, or the name it will be given by, with what turns it into the driver's value. */
export type Slot = ValueSlot | ParamSlot | GeneratedSlot;
export interface ValueSlot {
  readonly kind: "value";
  readonly value: unknown;
  readonly encode: (value: unknown) => unknown;
  /** The node whose value it is; the same node is bound once where placeholders are numbered. */
  readonly node: ExpressionNode | undefined;
}
export interface ParamSlot {
  readonly kind: "param";
  readonly name: string;
  readonly encode: (value: unknown) => unknown;
  /** Whether what is wrong with its value is told in words of its own. */
  readonly tells?: boolean | undefined;
}
/** A value that is made anew for each run. */
export interface GeneratedSlot {
  readonly kind: "generated";
  readonly generate: () => unknown;
  readonly encode: (value: unknown) => unknown;
  readonly node: ExpressionNode | undefined;
}

/** The compiler's writers, lent to dialects. */
export interface Writers {
  expression(node: ExpressionNode, out: TextBuffer): void;
  /** An expression as the operand of something that binds more tightly: in parentheses unless it is atomic. */
  operand(node: ExpressionNode, out: TextBuffer): void;
  query(node: QueryNode, out: TextBuffer): void;
  /** A source as it stands in FROM. */
  source(node: SourceNode, out: TextBuffer): void;
  joins(joins: readonly JoinNode[], out: TextBuffer): void;
  /** Orderings with a comma between. */
  order(items: readonly OrderNode[], out: TextBuffer): void;
  /** Conditions joined by AND. */
  conditions(conditions: readonly ExpressionNode[], out: TextBuffer): void;
  selection(node: SelectionNode, out: TextBuffer): void;
  /** What stands before the dot: `"users"`, `"audit"."log"`. */
  sourceName(source: SourceName, out: TextBuffer): void;
}

/** Collects the text of one statement and its parameters. */
export class TextBuffer {
  text = "";
  slots: Slot[] = [];
  readonly dialect: Answers<TextBuffer>;
  readonly write: Writers;

  /** Whether values stand in the text as literals, so that a list of them cannot travel as one. */
  readonly inlines: boolean = false;
  /** The source whose columns need no qualifier: the only one of the statement being written. */
  bare: string | undefined = undefined;
  /** Whether every column goes without a qualifier, as in the DDL of a table. */
  allBare = false;
  /** Names that would be read as labels of the selection in the clause being written, and so need a qualifier. */
  captured: readonly string[] | undefined = undefined;
  /** The number of the slot whose placeholder stands for the value being bound, from 1. */
  slot = 0;
  /** Whether a node that is written twice stands for one placeholder, so that the database sees equal expressions. */
  sharing = false;
  /** Named windows of the statement being written, for its WINDOW clause. */
  windows: readonly WindowNode[] = [];
  windowsWritten = false;
  /** How many statements stand around the one being written. */
  nesting = 0;
  /** Writing CTEs found inside, which only the outermost WITH may define. */
  hoisted: CteNode[] = [];
  /** Sources of the statement being written that need a column saying that their row is there. */
  marked: readonly SourceName[] = [];
  /** Whether what stands around the value being written tells the server its type. */
  typed = false;
  /** How deep the expression being written is nested. */
  depth = 0;
  /** How much the parser of the database keeps in mind here: what has begun and has not ended. */
  pending = 0;
  /** The common table expressions that can be referred to here. */
  ctes: readonly CteNode[] = [];
  /** Whether nothing was written that changes data or takes locks. */
  reads = true;
  /** Whether the text is worth preparing; a dialect whose text depends on the values says no. */
  prepare = true;
  /** Features that were required so far. */
  readonly required: FeatureName[] = [];
  readonly #names: QuotedNames;

  constructor(dialect: Answers<TextBuffer>, writers: Writers) {
    this.dialect = dialect;
    this.write = writers;
    this.#names = quotedNames(dialect);
  }

  add(text: string): void {
    this.text += text;
  }

  /**
   * A quoted name.
   *
   * @throws {NameError} if the database could not keep the name as it is
   */
  name(name: string): void {
    this.text += this.#names.alone.get(name) ?? quoteName(name, this.dialect, this.#names);
  }

  /** A column's name with its source before it: `"users"."id"`. */
  qualified(source: string, name: string): void {
    this.text +=
      this.#names.qualified.get(source)?.get(name) ?? quoteQualified(source, name, this.dialect, this.#names);
  }

  expression(node: ExpressionNode): void {
    this.write.expression(node, this);
  }

  /** An expression where a bound value needs no type of its own: it is assigned to a column, or compared with one. */
  assigned(node: ExpressionNode): void {
    this.typed = node.kind === "value" || node.kind === "param" || node.kind === "generated";
    this.write.expression(node, this);
    this.typed = false;
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

  /** Expressions, with a comma between. */
  expressions(items: readonly ExpressionNode[]): void {
    for (let i = 0; i < items.length; i++) {
      if (i > 0) this.text += ", ";
      this.write.expression(items[i] as ExpressionNode, this);
    }
  }

  /** Quoted names, with a comma between. */
  names(names: readonly string[]): void {
    for (let i = 0; i < names.length; i++) {
      if (i > 0) this.text += ", ";
      this.name(names[i] as string);
    }
  }

  /** A bound value of the given type. */
  bind(value: unknown, type: SqlType, node?: ValueNode): void {
    this.bindAs(value, type, this.dialect.codec(type).encode, node);
  }

  /** A bound value that is sent as the type is, but encoded in a way of its own. */
  bindAs(value: unknown, type: SqlType, encode: (value: unknown) => unknown, node?: ExpressionNode): void {
    const shared = this.sharing && node !== undefined ? this.#slotOf(node, encode) : 0;
    this.slot = shared || this.slots.push({ kind: "value", value, encode, node });
    this.dialect.writePlaceholder(type, this);
  }

  /** A value whose encoding the dialect itself decides, e.g. a list that travels as JSON. */
  bindEncoded(value: unknown, encode: (value: unknown) => unknown, node?: ExpressionNode): void {
    this.slot = this.slots.push({ kind: "value", value, encode, node });
    this.placeholder();
  }

  /** The placeholder of the value that is being bound; for `writePlaceholder`. */
  placeholder(): void {
    this.text += this.dialect.placeholder(this.slot);
  }

  param(node: ParamNode): void {
    this.paramAs(node, this.dialect.codec(node.type).encode);
  }

  /** A named parameter that is encoded in a way of its own. */
  paramAs(node: ParamNode, encode: (value: unknown) => unknown): void {
    const shared = this.#names.numbered ? this.#slotOfParam(node.name, encode) : 0;
    this.slot = shared || this.slots.push({ kind: "param", name: node.name, encode });
    this.dialect.writePlaceholder(node.type, this);
  }

  /** A part of a parameter whose encoding the dialect itself decides. What it refuses, it refuses by the part's name. */
  paramEncoded(name: string, encode: (value: unknown) => unknown): void {
    this.slot = this.slots.push({ kind: "param", name, encode, tells: true });
    this.placeholder();
  }

  /** A value that is made anew each time the statement runs. */
  generated(node: GeneratedNode): void {
    const { encode } = this.dialect.codec(node.type);
    this.slot = this.slots.push({ kind: "generated", generate: node.generate, encode, node });
    this.dialect.writePlaceholder(node.type, this);
  }

  /** Starts to let a node that is written twice stand for one placeholder, if placeholders are numbered. */
  share(): void {
    if (this.#names.numbered) this.sharing = true;
  }

  #slotOf(node: ExpressionNode, encode: (value: unknown) => unknown): number {
    for (let i = 0; i < this.slots.length; i++) {
      const slot = this.slots[i] as Slot;
      if (slot.kind === "value" && slot.node === node && slot.encode === encode) return i + 1;
    }
    return 0;
  }

  #slotOfParam(name: string, encode: (value: unknown) => unknown): number {
    for (let i = 0; i < this.slots.length; i++) {
      const slot = this.slots[i] as Slot;
      if (slot.kind === "param" && slot.name === name && slot.encode === encode) return i + 1;
    }
    return 0;
  }

  /** @throws {CompileError} if the database lacks the feature */
  require(feature: FeatureName): void {
    if (!this.dialect.features.has(feature)) {
      throw new CompileError(
        `${this.dialect.name} has no ${feature}: ${features[feature]}`,
        "Write it without, or run it on a database that has it.",
      );
    }
    if (!this.required.includes(feature)) this.required.push(feature);
  }
}
