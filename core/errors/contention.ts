// Two transactions were in each other's way. Running the whole transaction again is safe and usually helps.
import { DatabaseError, type DatabaseErrorFacts } from "./database-error.ts";

/** Concurrent transactions could not be put in an order. */
export class SerializationFailure extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super({ transaction: "failed", ...facts }, "SERIALIZATION_FAILURE", "transaction");
  }
}

/** The transaction waited for another one that waited for it. */
export class Deadlock extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super({ transaction: "failed", ...facts }, "DEADLOCK", "transaction");
  }
}

/** A lock was not had in time; SQLite's "database is locked" is this too. */
export class LockTimeout extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super({ transaction: "failed", ...facts }, "LOCK_TIMEOUT", "transaction");
  }
}
