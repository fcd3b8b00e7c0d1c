// Telling errors apart by their code.
import { type AthanorError, type ErrorCode, NoRowError } from "athanor";

type Handlers = Partial<{ [Code in ErrorCode]: (error: AthanorError) => string }>;

const handlers: Handlers = { NO_ROW: (error) => error.message, MULTIPLE_ROWS: (error) => error.code };

export const handled = handlers[new NoRowError("one").code]?.(new NoRowError("one"));
