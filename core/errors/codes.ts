// Every code an error can carry, with the sentence that docs/errors.md shows for it. A code is never renamed: programs
// and logs depend on it.
export const errorCodes = {
  // Mistakes in a program, found before anything is sent.
  COMPILE: "A statement cannot be written for this database.",
  DIALECT_LIMIT: "A statement is larger or deeper than the database allows.",
  PARAMETER: "A value cannot be stored as the type of its column without being altered.",
  NAME: "A name cannot be used as an identifier.",
  INVALID_INPUT: "Data from outside is not what its schema allows.",
  // Results that are not what was asked for.
  NO_ROW: "one() or scalar() found no row.",
  MULTIPLE_ROWS: "one() or scalar() found more than one row.",
  DECODE: "A value from the database is not what its column declares.",
  // What a database reports.
  DATABASE: "The database refused a statement for a reason that has no class of its own.",
  UNIQUE_VIOLATION: "A row with the same key exists.",
  FOREIGN_KEY_VIOLATION: "A row refers to one that does not exist, or is still referred to.",
  NOT_NULL_VIOLATION: "A column that must have a value was given none.",
  CHECK_VIOLATION: "A value fails a CHECK constraint.",
  EXCLUSION_VIOLATION: "A row overlaps another one that an exclusion constraint keeps apart.",
  SYNTAX: "The database could not parse the statement.",
  UNDEFINED_OBJECT: "A table, column or function does not exist.",
  SERIALIZATION_FAILURE: "Concurrent transactions could not be put in an order; run the transaction again.",
  DEADLOCK: "The transaction waited for another one that waited for it; run the transaction again.",
  LOCK_TIMEOUT: "A lock was not had in time.",
  STATEMENT_TIMEOUT: "A statement ran longer than its timeout.",
  CANCELLED: "A statement was cancelled.",
  READ_ONLY: "A write was tried where only reading is allowed.",
  RESOURCE_EXHAUSTED: "The database ran out of disk, memory or connections.",
  CANNOT_CONNECT: "The database cannot be reached or refuses the connection.",
  DISCONNECTED: "The connection was lost.",
  TRANSACTION_ABORTED: "The transaction has failed and can only be rolled back.",
  COMMIT_OUTCOME_UNKNOWN: "The connection was lost while COMMIT was under way: it may have happened or not.",
  // Using a handle in a way it does not allow.
  CLOSED: "The database, transaction or stream has been closed.",
  OUTER_HANDLE: "The outer database was used inside a transaction's callback.",
  CONCURRENT_USE: "A transaction or session was used for two things at once that cannot be.",
  // Objects and rows.
  MAPPING: "A class is mapped in a way that cannot work.",
  NOT_LOADED: "A value was read that the object does not hold.",
  DETACHED: "An object belongs to no session, or to one that is closed.",
  OTHER_SESSION: "An object belongs to another session.",
  STALE_DATA: "A row was changed or deleted by somebody else.",
  FLUSH: "Objects cannot be written as they are.",
  CURSOR: "A page cursor is none, was altered, or belongs to another query.",
  // Versions of a database.
  MIGRATION: "A migration cannot go on.",
} as const;

/** The codes of Athanor's errors. */
export type ErrorCode = keyof typeof errorCodes;
