/** Whether a text has a name in it, with no letter or digit right before or behind: text of SQL is not parsed. */
export function mentions(text: string, name: string): boolean {
  const isPart = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}_]/u.test(character);
  // Inside quotes a quote is doubled, or has a backslash before it.
  for (const spelled of new Set([name, name.replaceAll('"', '""'), name.replaceAll("`", "``")])) {
    for (let at = text.indexOf(spelled); at !== -1; at = text.indexOf(spelled, at + 1)) {
      if (!isPart(text[at - 1]) && !isPart(text[at + spelled.length])) return true;
    }
  }
  return false;
}
