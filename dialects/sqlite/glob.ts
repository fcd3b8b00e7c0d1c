// SQLite's LIKE takes no account of case, and cannot be told to for good (PRAGMA case_sensitive_like is deprecated, and left
// out of better-sqlite3's build). GLOB does, and can use an index; so patterns of LIKE are sent as GLOB has them.

/** The pattern of LIKE, in which `!` escapes, as a pattern of GLOB. */
export function globOfLike(pattern: string): string {
  return pattern.replace(/!(.)|[%_*?[]/gsu, (match, escaped?: string) => {
    if (escaped !== undefined) return globLiteral(escaped);
    return match === "%" ? "*" : match === "_" ? "?" : globLiteral(match);
  });
}

/** The text with every character that is wild for GLOB escaped. */
export function globLiteral(text: string): string {
  return text.replace(/[*?[]/g, "[$&]");
}
