// A statement, the database it is for → its text, its values, and what to make of the rows.
import type { Dialect } from "../dialect/dialect.ts";
import type { Query, Row } from "../dialect/driver.ts";
import type { FeatureName } from "../dialect/features.ts";
import { type Slot, TextBuffer } from "../dialect/text-buffer.ts";
import { DialectLimit } from "../errors/usage-errors.ts";
import type { StatementNode } from "../tree/node.ts";
import { encoderOf, type ParameterEncoder } from "./parameter-encoder.ts";
import { areFixed, checkParameters, encodeSlots, type Parameters } from "./parameters.ts";
import { type ColumnPlan, type Plan, planOf, rowsOf } from "./plan.ts";
import { asArrays, type BuildRow, decoderOf, explained, type RowDecoder } from "./row-decoder.ts";
import { writers, writeStatement } from "./statement.ts";

/** After how many runs a statement is taken to go on running: generating code costs as much as some hundred of them. */
const runsOften = 50;

/** A statement as one database understands it. What only some uses need is worked out when first asked for. */
export class Compiled {
  readonly node: StatementNode;
  readonly dialect: Dialect;
  /** What is sent. */
  readonly text: string;
  /** What each placeholder stands for, in order. */
  readonly slots: readonly Slot[];
  /** Whether the statement changes nothing and takes no locks, so that it may run beside a writer. */
  readonly reads: boolean;
  /** Whether rows come back. */
  readonly rows: boolean;
  /** Whether the text is worth preparing. */
  readonly prepare: boolean;
  /** The features of the database that it uses. */
  readonly features: readonly FeatureName[];
  /** Whether it runs without being given anything. */
  readonly fixed: boolean;
  #decoder: RowDecoder | undefined;
  #plan: Plan | undefined;
  #query: Query | undefined;
  #bigints: boolean | undefined;
  #encoder: ParameterEncoder | undefined;
  #runs = 0;

  constructor(node: StatementNode, out: TextBuffer) {
    this.node = node;
    this.dialect = out.dialect;
    this.text = out.text;
    this.slots = out.slots;
    this.reads = out.reads;
    this.prepare = out.prepare;
    this.features = out.required;
    this.rows = rowsOf(node) !== undefined;
    this.fixed = areFixed(out.slots);
  }

  /** What to make of a row, as data. */
  get plan(): Plan {
    this.#plan ??= planOf(this.node);
    return this.#plan;
  }

  /** The result columns, in order. */
  get columns(): readonly ColumnPlan[] {
    return this.rows ? this.plan.columns : [];
  }

  get #reader(): RowDecoder {
    this.#decoder ??= decoderOf(this.node, this.dialect);
    return this.#decoder;
  }

  /**
   * What a driver runs. The same each time unless the statement has parameters.
   *
   * @param maxRows how many rows are looked at, if not all; of no account for a statement that writes
   * @throws {ParameterError} if a parameter is missing or unknown, or a value is none of its type
   */
  query(given?: Parameters, maxRows?: number): Query {
    const wanted = this.reads ? maxRows : undefined;
    if (!this.fixed) return this.#queryOf(this.#encode(given), wanted);
    if (given !== undefined) checkParameters(this.slots, given);
    const last = this.#query;
    if (last !== undefined && last.maxRows === wanted) return last;
    this.#query = this.#queryOf(last?.parameters ?? encodeSlots(this.slots, undefined), wanted);
    return this.#query;
  }

  #queryOf(parameters: readonly unknown[], maxRows: number | undefined): Query {
    this.#bigints ??= this.rows && this.#reader.bigints;
    return { text: this.text, parameters, rows: this.rows, bigints: this.#bigints, maxRows, prepare: this.prepare };
  }

  #encode(given: Parameters | undefined): readonly unknown[] {
    if (given === undefined) return encodeSlots(this.slots, given);
    if (this.#encoder !== undefined) return this.#encoder(given);
    if (++this.#runs === runsOften) this.#encoder = encoderOf(this.slots);
    checkParameters(this.slots, given);
    return encodeSlots(this.slots, given);
  }

  /**
   * Objects in the place of the driver's rows.
   *
   * @param build who builds the object of a source that was selected with an entity; `asArrays` if nobody builds any
   * @throws {DecodeError} if a value is not what its column declares
   */
  decode(rows: readonly Row[], build?: BuildRow): Record<string, unknown>[] {
    if (build === asArrays) {
      this.decodeInPlace(rows);
      return rows as object as Record<string, unknown>[];
    }
    // A list without rows may be one that the driver gives to everybody.
    if (rows.length === 0) return [];
    try {
      return this.#reader.objects(rows, build);
    } catch (error) {
      throw explained(error, this.plan);
    }
  }

  /**
   * Decodes the values of the driver's rows where they stand, for whoever makes something of them by `plan`.
   *
   * @throws {DecodeError} if a value is not what its column declares
   */
  decodeInPlace(rows: readonly Row[]): void {
    try {
      this.#reader.inPlace(rows);
    } catch (error) {
      throw explained(error, this.plan);
    }
  }
}

// A statement remembers what it was compiled to, by identity, so that one that is kept in a constant is compiled once for each
// database. It carries this itself for the first of them: the collector has several times the work of compiling with a
// WeakMap into which every statement goes, though most are built for a single run.
const first = Symbol("athanor.compiled");

interface Remembering {
  [first]?: Compiled;
}

// Most programs speak to one database; whoever speaks to more finds its others here, and whoever freezes statements all.
const others = new WeakMap<object, WeakMap<Dialect, Compiled>>();

/** The node of the statement, compiled now or before. Throws what {@link compile} does. */
export function compiled(statement: object, node: StatementNode, dialect: Dialect): Compiled {
  const remembered = (statement as Remembering)[first];
  if (remembered !== undefined && remembered.dialect === dialect) return remembered;
  if (remembered === undefined && Object.isExtensible(statement)) {
    const made = compile(node, dialect);
    (statement as Remembering)[first] = made;
    return made;
  }
  let byDialect = others.get(statement);
  if (byDialect === undefined) {
    byDialect = new WeakMap();
    others.set(statement, byDialect);
  }
  let made = byDialect.get(dialect);
  if (made === undefined) {
    made = compile(node, dialect);
    byDialect.set(dialect, made);
  }
  return made;
}

/**
 * Writes a statement for a database.
 *
 * @throws {CompileError} if the database lacks something, or the statement breaks a rule that types cannot see
 * @throws {DialectLimit} if it is larger or deeper than the database allows
 * @throws {NameError} if a name in it cannot be an identifier
 */
export function compile(node: StatementNode, dialect: Dialect): Compiled {
  let out = new TextBuffer(dialect, writers);
  write(node, out);
  // WITH comes first, and only then turns out what belongs there from further in.
  for (let hoisted = 0; out.hoisted.length > hoisted; ) {
    const { hoisted: found } = out;
    hoisted = found.length;
    out = new TextBuffer(dialect, writers);
    out.hoisted = found;
    write(node, out);
  }
  if (out.slots.length > dialect.maxParameters) {
    throw new DialectLimit(
      "the statement has too many parameters",
      out.slots.length,
      dialect.maxParameters,
      "Split the rows or values over several statements.",
    );
  }
  return new Compiled(node, out);
}

/** Depth is counted, but how much of the stack is left to us is the caller's doing. */
function write(node: StatementNode, out: TextBuffer): void {
  try {
    writeStatement(node, out);
  } catch (error) {
    if (!(error instanceof RangeError) || !error.message.includes("call stack")) throw error;
    throw new DialectLimit(
      "the statement is nested more deeply than the stack of this program goes",
      out.depth,
      out.dialect.maxDepth,
      "Compile it where fewer calls stand around, or split it.",
    );
  }
}
