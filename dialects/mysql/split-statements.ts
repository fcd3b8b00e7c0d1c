// Cuts text of several statements at its semicolons, since the connection takes one at a time: the protocol's own way, the
// flag MULTI_STATEMENTS, would let a mistake anywhere append a statement. Knows quotes, comments, DELIMITER lines of the
// command line client, and that the body of a routine, trigger or event has semicolons of its own.

/** The statements of the text, without their semicolons; none that is empty or only a comment. */
export function splitStatements(text: string): readonly string[] {
  const statements: string[] = [];
  let start = 0;
  let blank = true;
  let delimiter = ";";
  const take = (end: number): void => {
    if (!blank) statements.push(text.slice(start, end).trim());
    blank = true;
  };
  for (let i = 0; i < text.length; ) {
    const after = afterQuotedOrComment(text, i);
    if (after > i) {
      if (!isPlainComment(text, i)) blank = false;
      i = after;
      continue;
    }
    const command = blank ? delimiterCommand(text, i) : undefined;
    if (command !== undefined) {
      delimiter = command.delimiter;
      i = command.end;
      start = i;
      continue;
    }
    if (text.startsWith(delimiter, i)) {
      if (delimiter !== ";" || !isInsideBody(text.slice(start, i))) {
        take(i);
        i += delimiter.length;
        start = i;
        continue;
      }
    }
    if (!/\s/.test(text[i] as string)) blank = false;
    i++;
  }
  take(text.length);
  return statements;
}

/** Where the quoted text or comment that begins at `i` ends; `i` if none does. */
function afterQuotedOrComment(text: string, i: number): number {
  switch (text[i]) {
    case "'":
    case '"':
    case "`":
      return afterQuote(text, i);
    case "#":
      return endOfLine(text, i);
    case "-":
      // Two minus signs begin a comment only if a space follows.
      return text[i + 1] === "-" && /^\s?$/.test(text[i + 2] ?? "") ? endOfLine(text, i) : i;
    case "/": {
      if (text[i + 1] !== "*") return i;
      const end = text.indexOf("*/", i + 2);
      return end === -1 ? text.length : end + 2;
    }
    default:
      return i;
  }
}

/** A doubled quote is one within; a backslash is an ordinary character, as the session's sql_mode says. */
function afterQuote(text: string, i: number): number {
  const quote = text[i] as string;
  for (let end = text.indexOf(quote, i + 1); end !== -1; end = text.indexOf(quote, end + 2)) {
    if (text[end + 1] !== quote) return end + 1;
  }
  return text.length;
}

function endOfLine(text: string, i: number): number {
  const end = text.indexOf("\n", i);
  return end === -1 ? text.length : end;
}

/** The comments that servers run, and those they read hints from, are no plain ones. */
function isPlainComment(text: string, i: number): boolean {
  const first = text[i];
  if (first === "#" || first === "-") return true;
  return first === "/" && text[i + 2] !== "!" && text.slice(i + 2, i + 4) !== "M!";
}

function delimiterCommand(text: string, i: number): { delimiter: string; end: number } | undefined {
  const found = /delimiter[ \t]+(\S+)[^\n]*/iy;
  found.lastIndex = i;
  const match = found.exec(text);
  return match === null ? undefined : { delimiter: match[1] as string, end: found.lastIndex };
}

const routine =
  /^\s*create\s+(?:or\s+replace\s+)?(?:definer\s*=\s*\S+\s+)?(?:aggregate\s+)?(?:procedure|function|trigger|event|package)\b|^\s*begin\s+not\s+atomic\b/i;

/** Whether the statement that begins so has a body of statements which has not ended yet. */
function isInsideBody(begun: string): boolean {
  const words = begun.replace(/\/\*[\s\S]*?\*\/|--\s[^\n]*|#[^\n]*|'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`/g, " ");
  if (!routine.test(words)) return false;
  const opened = words.match(/(?<!\bend\s+)\b(?:begin|case)\b/gi)?.length ?? 0;
  const closed = words.match(/\bend\b(?!\s+(?:if|loop|while|repeat|for)\b)/gi)?.length ?? 0;
  return opened > closed;
}
