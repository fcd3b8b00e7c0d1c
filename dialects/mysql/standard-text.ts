// The servers tell of expressions with a backslash before whatever is special in a string, whatever the session's sql_mode
// says of backslashes. Sessions here take a backslash for what it is, so such text is put into the words of standard SQL.

/** The text with each string written the standard way: a quote doubled, everything else as it is. */
export function standardText(text: string): string {
  // Names are passed over whole: a quote in them begins no string.
  return text.replace(/`(?:[^`]|``)*`|'(?:[^'\\]|\\.|'')*'/gs, (token) =>
    token.startsWith("`") ? token : rewritten(token),
  );
}

function rewritten(string: string): string {
  const value = string
    .slice(1, -1)
    .replace(/\\(.)|''/gs, (_, escaped: string | undefined) =>
      escaped === undefined ? "'" : (controls.get(escaped) ?? escaped),
    );
  return `'${value.replaceAll("'", "''")}'`;
}

const controls: ReadonlyMap<string, string> = new Map([
  ["0", "\0"],
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["Z", "\x1a"],
]);
