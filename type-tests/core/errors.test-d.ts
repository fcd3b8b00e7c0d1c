import { AthanorError, type ErrorCode, NoRowError } from "athanor";
import { expectAssignable, expectType } from "tsd";

const error = new NoRowError("one");
expectType<ErrorCode>(error.code);
expectType<string | undefined>(error.hint);
expectAssignable<AthanorError>(error);
expectAssignable<Error>(error);

// @ts-expect-error the base of all errors is never thrown itself
new AthanorError("NO_ROW", "");
