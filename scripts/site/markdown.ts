// Markdown to HTML: headings get the anchors that links use, code its colours, links what the caller says.
import hljs from "highlight.js";
import { marked, type Token, type Tokens } from "marked";
import { anchorOf } from "../docs/links.ts";

/** What stands under one heading, for the search. */
export interface Section {
  readonly heading: string;
  readonly anchor: string;
  readonly text: string;
}

export interface Rendered {
  readonly title: string;
  readonly html: string;
  readonly sections: readonly Section[];
}

/** @param hrefOf gives the address that a link leads to */
export function rendered(markdown: string, hrefOf: (target: string) => string): Rendered {
  const tokens = marked.lexer(markdown.replace(/^<!--.*?-->\n/gms, ""));
  const anchors = new Set<string>();
  const sections: { heading: string; anchor: string; text: string }[] = [];
  marked.walkTokens(tokens, (token) => {
    if (token.type === "link") token.href = hrefOf(token.href);
  });
  for (const token of tokens) {
    if (token.type === "heading")
      sections.push({ heading: plain(token), anchor: anchorOf(token.text, anchors), text: "" });
    else if (sections.length > 0) (sections.at(-1) as { text: string }).text += ` ${plain(token)}`;
  }
  let heading = 0;
  const html = tokens.map((token): Token => {
    if (token.type === "code") return rawHtml(codeBlock(token.text, languageOf(token as Tokens.Code)));
    if (token.type !== "heading") return token;
    const { anchor } = sections[heading++] as Section;
    const text = marked.parser([{ type: "paragraph", raw: token.raw, text: token.text, tokens: token.tokens ?? [] }]);
    const inner = text.trim().replace(/^<p>|<\/p>$/g, "");
    const link = `<a class="anchor" href="#${anchor}" aria-hidden="true">#</a>`;
    return rawHtml(`<h${token.depth} id="${anchor}">${inner} ${link}</h${token.depth}>\n`);
  });
  const title = sections[0]?.heading ?? "";
  return { title, html: marked.parser(Object.assign(html, { links: {} })), sections };
}

const languages: Readonly<Record<string, string>> = {
  ts: "typescript",
  sh: "bash",
  py: "python",
  prisma: "typescript",
};

/** Code with its colours. */
export function codeBlock(code: string, language: string): string {
  const known = languages[language] ?? language;
  const html = hljs.getLanguage(known) ? hljs.highlight(code, { language: known }).value : escaped(code);
  return `<pre><code>${html}</code></pre>\n`;
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

function languageOf({ lang = "" }: Tokens.Code): string {
  return lang.split(/\s/, 1)[0] ?? "";
}

function rawHtml(text: string): Token {
  return { type: "html", raw: text, text, pre: false, block: true } as Token;
}

/** The words of a token, without marks. */
function plain(token: Token): string {
  const { raw } = token;
  return raw
    .replace(/^```.*$|^#+ |\||[*`]|^\s*[-:]+\s*$/gm, " ")
    .replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
}
