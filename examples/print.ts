// Rows as a table that is read with pleasure: as wide as the terminal, in colour where there is one, plain text where the
// output goes elsewhere. Lists and objects inside a row take several lines of it.
import { styleText } from "node:util";

export interface TableOptions {
  /** Rows beyond these are only counted; 12 by default. */
  readonly rows?: number;
  /** The widest a line may be: that of the terminal, or without end where there is none. */
  readonly width?: number;
}

/** The rows as lines: a head, and a line or more for each. */
export function tableOf(rows: readonly object[], options: TableOptions = {}): string {
  const { rows: most = 12, width = process.stdout.columns ?? Number.POSITIVE_INFINITY } = options;
  const [first] = rows;
  if (first === undefined) return dim("  no rows");
  const shown = rows.slice(0, most);
  const columns = fitted(
    Object.keys(first).map((name) => columnOf(name, shown)),
    width - 2,
  );
  const lines = [
    line(columns.map(({ name, width, right }) => bold(padded(name, width, right)))),
    line(columns.map(({ width }) => dim("─".repeat(width)))),
    ...shown.flatMap((_, row) => linesOf(columns, row)),
  ];
  if (shown.length < rows.length) lines.push(dim(`  … ${rows.length - shown.length} more`));
  return lines.join("\n");
}

export const bold = (text: string): string => styleText("bold", text);
export const dim = (text: string): string => styleText("dim", text);
export const accent = (text: string): string => styleText("cyan", text);

interface TableColumn {
  readonly name: string;
  /** The lines of its cell in each row. */
  readonly cells: readonly (readonly string[])[];
  readonly width: number;
  /** Numbers stand at the right. */
  readonly right: boolean;
}

function columnOf(name: string, rows: readonly object[]): TableColumn {
  const values = rows.map((row) => (row as Record<string, unknown>)[name]);
  const cells = values.map(cellOf);
  const width = Math.max(widthOf(name), ...cells.flat().map(widthOf));
  return {
    name,
    cells,
    width,
    right: values.some(isNumber) && values.every((value) => value === null || isNumber(value)),
  };
}

/** Takes from the widest column, one by one, what the line has too little. */
function fitted(columns: readonly TableColumn[], width: number): readonly TableColumn[] {
  const widths = columns.map((column) => column.width);
  const sum = () => widths.reduce((total, one) => total + one, 2 * (widths.length - 1));
  while (sum() > width && Math.max(...widths) > 8) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = Math.max(8, (widths[widest] as number) - 1);
  }
  return columns.map((column, i) => ({ ...column, width: widths[i] as number }));
}

function linesOf(columns: readonly TableColumn[], row: number): string[] {
  const height = Math.max(...columns.map(({ cells }) => cells[row]?.length ?? 0));
  return Array.from({ length: height }, (_, at) =>
    line(columns.map(({ cells, width, right }) => padded(cells[row]?.[at] ?? "", width, right))),
  );
}

function line(cells: readonly string[]): string {
  return `  ${cells.join("  ")}`.trimEnd();
}

function cellOf(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.some(isObject)) return value.flatMap(outlined);
  return [plain(value)];
}

/** A value inside another: its plain parts on one line, its lists below it. */
function outlined(value: unknown): readonly string[] {
  if (!isObject(value)) return [plain(value)];
  const parts = Object.entries(value);
  const lists = parts.filter(([, part]) => Array.isArray(part) && part.some(isObject));
  const own = parts.filter((part) => !lists.includes(part)).map(([, part]) => plain(part));
  return [own.join(" · "), ...lists.flatMap(([, list]) => cellOf(list)).map((text) => `  ${text}`)];
}

function plain(value: unknown): string {
  if (value === null) return "∅";
  if (value instanceof Date)
    return value
      .toISOString()
      .replace("T", " ")
      .replace(/(:00)?\.000Z$/, "")
      .replace(" 00:00", "");
  if (Array.isArray(value)) return value.map(plain).join(", ");
  if (isObject(value)) return Object.values(value).map(plain).join(" · ");
  return String(value).replace(/\s+/g, " ");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !(value instanceof Date) && !Array.isArray(value);
}

function isNumber(value: unknown): boolean {
  return (
    typeof value === "number" ||
    typeof value === "bigint" ||
    (typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value))
  );
}

function padded(text: string, width: number, right: boolean): string {
  const cut = cutTo(text, width);
  const space = " ".repeat(width - widthOf(cut));
  return right ? space + cut : cut + space;
}

function cutTo(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let cut = "";
  for (const { segment } of segments.segment(text)) {
    if (widthOf(cut + segment) > width - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}

const segments = new Intl.Segmenter();
const wide = /\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

/** How many cells of a terminal the text takes. */
function widthOf(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return [...segments.segment(text)].reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0);
}
