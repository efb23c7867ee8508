/**
 * parseCsvFields returns the values of one record; doubled quotes within quotes stand for one. A quote within a value that does not begin with one is text. O(length).
 *
 * @example parseCsvFields('a,"b, ""c""",', ","); // ["a", 'b, "c"', ""]
 */
export function parseCsvFields(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let close = at + 1;
      while (close < text.length && !(text[close] === '"' && text[close + 1] !== '"')) {
        close += text[close] === '"' ? 2 : 1;
      }
      fields.push(text.slice(at + 1, close).replaceAll('""', '"'));
      const next = text.indexOf(delimiter, close + 1);
      at = next < 0 ? text.length : next;
    } else {
      const next = text.indexOf(delimiter, at);
      fields.push(text.slice(at, next < 0 ? undefined : next));
      at = next < 0 ? text.length : next;
    }
    if (at >= text.length) return fields;
    at += delimiter.length;
  }
}
