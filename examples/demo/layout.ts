// Breaks code, SQL and types into lines that fit a terminal.

/** As much as is read easily, and fits beside the names of the sections. */
const widest = Math.min(100, Math.max(40, (process.stdout.columns ?? Number.POSITIVE_INFINITY) - 12));

/** The body of an arrow function, as it stands in its file, without what every line is indented by. */
export function dedented(code: string): readonly string[] {
  const body = code.replace(/^(?:async )?\(db\) =>\s*/, "");
  if (body.startsWith("{")) return unindented(body.split("\n").slice(1, -1)).flatMap(wrapped);
  const [first = "", ...rest] = body.split("\n");
  return [first, ...unindented(rest)].flatMap(wrapped);
}

const clauses =
  /(?<! (?:left|right|full|cross)) (?=(?:from|(?:left |right |full |cross )?join|where|group by|having|order by|limit|union|set|values|on conflict|returning|select)\b)/g;

/** One line for each clause, and further ones where it is too long. */
export function sqlLines(text: string): readonly string[] {
  if (text.length <= widest) return [text];
  const breaks = [...text.matchAll(clauses)].map(({ index }) => index).filter((index) => isOutside(text, index));
  return [...breaks, text.length].flatMap((end, i) => wrapped(text.slice(i === 0 ? 0 : (breaks[i - 1] ?? 0) + 1, end)));
}

/** Whether a place in a text stands in no parentheses. */
function isOutside(text: string, index: number): boolean {
  const before = text.slice(0, index);
  return before.split("(").length === before.split(")").length;
}

/** An object type with one line for each property, unless it is short. */
export function typeLines(type: string): readonly string[] {
  if (type.length <= widest) return [type];
  let indent = 0;
  const broken = type.replace(/\{ | \}|; (?!\})|;(?= \})/g, (mark) => {
    if (mark === "{ ") indent += 1;
    if (mark === " }") indent -= 1;
    const sign = mark === ";" ? ";" : mark.trim();
    if (mark === ";") return sign;
    const line = `\n${"  ".repeat(indent)}`;
    return mark === " }" ? line + sign : sign + line;
  });
  return broken.split("\n");
}

function unindented(lines: readonly string[]): readonly string[] {
  const indent = Math.min(...lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent).trimEnd());
}

/** A line that is too long goes on below, further in than it began. */
function wrapped(line: string): readonly string[] {
  const indent = " ".repeat(line.search(/\S|$/) + 4);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > widest) {
    const at = rest.lastIndexOf(" ", widest);
    if (at <= indent.length) break;
    lines.push(rest.slice(0, at));
    rest = indent + rest.slice(at + 1);
  }
  return [...lines, rest];
}
