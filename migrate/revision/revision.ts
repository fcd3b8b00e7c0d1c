// One revision: a step between two versions of a database, as the file that declares it says.
import type { Operations } from "../operation/operations.ts";

/** What a revision's file declares. */
export interface RevisionDeclaration {
  /** Twelve characters of its own, by which all others refer to it. */
  readonly id: string;
  /** The revisions it comes after: none for a beginning, one as a rule, several for a merge. */
  readonly after: readonly string[];
  /** What it does, in a line. */
  readonly message: string;
  /** The name of the branch that begins here. */
  readonly label?: string | undefined;
  /** Revisions of other branches that must have run before. */
  readonly dependsOn?: readonly string[] | undefined;
  /** `false` where a step cannot run in a transaction, e.g. a concurrent index; the steps are then journalled one by one. */
  readonly transaction?: boolean | undefined;
  up(op: Operations): void | Promise<void>;
  down(op: Operations): void | Promise<void>;
}

/** Declares a revision: the default export of its file. */
export function revision(declaration: RevisionDeclaration): RevisionDeclaration {
  return declaration;
}
