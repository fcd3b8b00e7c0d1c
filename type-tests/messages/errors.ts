import { type ErrorCode, NoRowError } from "athanor";

// A code that no error has.
export const code: ErrorCode = "NO_ROWS";

// The method that found no row is part of the message.
export const error = new NoRowError();
