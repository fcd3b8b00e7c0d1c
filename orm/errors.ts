// What can go wrong between objects and rows, beside what a database reports.
import { AthanorError } from "../core/index.ts";

/** A class is mapped in a way that cannot work; found when it is first used. */
export class MappingError extends AthanorError {
  constructor(message: string, hint: string) {
    super("MAPPING", message, { hint });
  }
}

/** A value was read that the object does not hold: a key not generated yet, a deferred column, a relationship. */
export class NotLoadedError extends AthanorError {
  constructor(message: string, hint: string) {
    super("NOT_LOADED", message, { hint });
  }
}

/** An object was used for what needs a session, and belongs to none, or to one that is closed. */
export class DetachedError extends AthanorError {
  constructor(message: string, hint?: string) {
    super("DETACHED", message, { hint });
  }
}

/** An object belongs to another session. */
export class OtherSessionError extends AthanorError {
  constructor(what: string) {
    super("OTHER_SESSION", `${what} belongs to another session`, { hint: "Bring it over with session.merge()." });
  }
}

/** Rows were expected to be there, or to have a version, and are or have not: somebody else changed them. */
export class StaleDataError extends AthanorError {
  constructor(message: string) {
    super("STALE_DATA", message, { hint: "Load the objects again, and decide what to do about the other change." });
  }
}

/** A flush found objects that cannot be written as they are. Nothing was sent. */
export class FlushError extends AthanorError {
  constructor(message: string, hint: string) {
    super("FLUSH", message, { hint });
  }
}
