// Whether a program may make code out of text; a content security policy or a flag of Node's can forbid it. What is
// generated is generated from the shape of a statement alone, and where it may not be, closures do the same.
let allowed: boolean | undefined;

export function canGenerate(): boolean {
  if (allowed === undefined) {
    try {
      allowed = new Function("return true")() === true;
    } catch {
      allowed = false;
    }
  }
  return allowed;
}
