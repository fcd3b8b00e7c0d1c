// Arrays as PostgreSQL writes them: `{1,2}`, `{"a b",NULL}`, `{{1},{2}}`. Lists of texts go in and come out; what the texts
// mean is their type's to say. https://www.postgresql.org/docs/current/arrays.html#ARRAYS-IO
import { malformed } from "../../core/dialect/index.ts";

export type Texts = readonly (string | null | Texts)[];

export function arrayText(items: Texts): string {
  let text = "{";
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Texts[number];
    if (i > 0) text += ",";
    if (item === null) text += "NULL";
    else if (typeof item !== "string") text += arrayText(item);
    else if (bare.test(item)) text += item;
    else text += special.test(item) ? `"${item.replaceAll(/["\\]/g, "\\$&")}"` : `"${item}"`;
  }
  return `${text}}`;
}

// What needs no quotes: numbers, dates, uuids. `null` would be read as no value.
const special = /["\\]/;
const bare = /^(?!null$)[\w.+:-]+$/i;

/** @throws {DecodeError} if the text is no array */
export function readArrayText(text: string): Texts {
  // An array that does not begin at 1 says so: `[0:1]={a,b}`.
  const start = text.startsWith("[") ? text.indexOf("=") + 1 : 0;
  if (text.charCodeAt(start) !== open) return malformed("an array", text);
  const reader: Reader = { text, at: start };
  const items = readItems(reader);
  return reader.at === text.length ? items : malformed("an array", text);
}

interface Reader {
  readonly text: string;
  at: number;
}

const open = 123; // {
const close = 125; // }
const comma = 44;
const quote = 34;

function readItems(reader: Reader): Texts {
  const { text } = reader;
  const items: (string | null | Texts)[] = [];
  reader.at++;
  if (text.charCodeAt(reader.at) === close) {
    reader.at++;
    return items;
  }
  for (;;) {
    items.push(readItem(reader));
    const next = text.charCodeAt(reader.at++);
    if (next === close) return items;
    if (next !== comma) return malformed("an array", text);
  }
}

function readItem(reader: Reader): string | null | Texts {
  const first = reader.text.charCodeAt(reader.at);
  if (first === open) return readItems(reader);
  if (first === quote) return readQuoted(reader);
  const { text, at } = reader;
  let end = at;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === comma || code === close) break;
  }
  reader.at = end;
  const item = text.slice(at, end);
  return item === "NULL" ? null : item;
}

function readQuoted(reader: Reader): string {
  const { text } = reader;
  let item = "";
  let from = ++reader.at;
  for (; reader.at < text.length; reader.at++) {
    const character = text[reader.at];
    if (character === "\\") {
      item += text.slice(from, reader.at);
      from = ++reader.at;
    } else if (character === '"') {
      item += text.slice(from, reader.at++);
      return item;
    }
  }
  return malformed("an array", text);
}
