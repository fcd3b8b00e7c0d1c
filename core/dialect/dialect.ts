// A database as Core knows it: its answers, written into the buffer of a statement.
import type { Answers, JsonCodec as JsonCodecInto } from "./answers.ts";
import type { TextBuffer } from "./text-buffer.ts";

export type { Codec, IsolationLevel, TransactionOptions } from "./answers.ts";

/** What a database answers; most answers have a default in `standard`. */
export type Dialect = Answers<TextBuffer>;

/** How values of one type travel inside JSON that a statement builds. */
export type JsonCodec = JsonCodecInto<TextBuffer>;
