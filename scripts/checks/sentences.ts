/** Sentence is one sentence of a text with the line it begins in. */
export interface Sentence {
  line: number;
  text: string;
  words: number;
}

/** proseOf returns the prose of a Markdown text, line by line: code, tables, pictures, links' addresses and headings are left blank. */
export function proseOf(markdown: string): string {
  let isCode = false;
  return markdown
    .split("\n")
    .map((line) => {
      if (/^\s*(```|~~~)/.test(line)) {
        isCode = !isCode;
        return "";
      }
      if (isCode || /^\s*(\||#|<|!\[)/.test(line)) return "";
      return line.replace(/`[^`]*`/g, "code").replace(/\]\([^)]*\)/g, "]");
    })
    .join("\n");
}

/** sentencesOf returns the sentences of prose: they end with a full stop, question mark, exclamation mark or colon, at a list's item and at a blank line. */
export function sentencesOf(prose: string): Sentence[] {
  const sentences: Sentence[] = [];
  let line = 1;
  for (const part of prose.split(/(?<=[.!?:])(?=\s)|(?=\n\s*(?:[-*]|\d+\.)\s)|(?=\n\s*\n)/)) {
    const leading = /^\s*/.exec(part)?.[0] ?? "";
    const text = part.replace(/\s+/g, " ").trim();
    const words = wordsOf(text);
    if (words > 0) sentences.push({ line: line + newlines(leading), text, words });
    line += newlines(part);
  }
  return sentences;
}

/** wordsOf returns how many words a text has: what holds a letter or a digit and stands between spaces. */
export function wordsOf(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

function newlines(text: string): number {
  return text.split("\n").length - 1;
}
