// A row breaks a rule of the schema. The transaction can go on where the database allows it.
import { DatabaseError, type DatabaseErrorFacts } from "./database-error.ts";

/** A row with the same key, or the same unique value, exists. */
export class UniqueViolation extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "UNIQUE_VIOLATION");
  }
}

/** A row refers to one that does not exist, or is still referred to. */
export class ForeignKeyViolation extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "FOREIGN_KEY_VIOLATION");
  }
}

/** A column that must have a value was given none. */
export class NotNullViolation extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "NOT_NULL_VIOLATION");
  }
}

/** A value fails a CHECK constraint. */
export class CheckViolation extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "CHECK_VIOLATION");
  }
}

/** A row overlaps another one that an exclusion constraint keeps apart. */
export class ExclusionViolation extends DatabaseError {
  constructor(facts: DatabaseErrorFacts) {
    super(facts, "EXCLUSION_VIOLATION");
  }
}
