/** SourceText is a text in a source file, with the line it begins in: a string, or a comment. */
export interface SourceText {
  line: number;
  kind: "string" | "comment";
  text: string;
}

/** sourceTexts returns the strings and comments of TypeScript source, in order. What a template inserts reads as one word. O(length). */
export function sourceTexts(source: string): SourceText[] {
  const texts: SourceText[] = [];
  // A regular expression is skipped whole, or its quotes would be taken for strings.
  const token =
    /\/\/(?<lineComment>[^\n]*)|\/\*(?<comment>[\s\S]*?)\*\/|"(?<double>(?:[^"\\\n]|\\.)*)"|'(?<single>(?:[^'\\\n]|\\.)*)'|`(?<template>(?:[^`\\$]|\\.|\$(?!\{)|\$\{(?:[^{}`]|\{[^{}]*\}|`(?:[^`\\]|\\.)*`)*\})*)`|(?<=[(,=:[!&|?{};\n]\s*)\/(?![/*])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/g;
  for (const match of source.matchAll(token)) {
    const { lineComment, comment, double, single, template } = match.groups ?? {};
    const line = source.slice(0, match.index).split("\n").length;
    const said = lineComment ?? comment?.replace(/^\s*\*+ ?/gm, "");
    if (said !== undefined) texts.push({ line, kind: "comment", text: said });
    const string =
      double ?? single ?? template?.replace(/\$\{(?:[^{}`]|\{[^{}]*\}|`(?:[^`\\]|\\.)*`)*\}/g, "X");
    if (string !== undefined) texts.push({ line, kind: "string", text: string });
  }
  return texts;
}
