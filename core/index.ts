export { AthanorError, type ErrorDetails } from "./errors/athanor-error.ts";
export type { ErrorCode } from "./errors/codes.ts";
export {
  ClosedError,
  CompileError,
  DecodeError,
  DialectLimit,
  MultipleRowsError,
  NameError,
  NoRowError,
  OuterHandleError,
  ParameterError,
} from "./errors/usage-errors.ts";
