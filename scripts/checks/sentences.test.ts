import { expect, test } from "vitest";
import { proseOf, sentencesOf } from "./sentences.ts";
import { sourceTexts } from "./source-texts.ts";

test("sentences end at full stops, colons, list items and blank lines, and know their line", () => {
  const found = sentencesOf(proseOf("One two. Three: four\n\nfive six\n- seven\n- eight nine"));
  expect(found.map(({ line, words, text }) => [line, words, text])).toEqual([
    [1, 2, "One two."],
    [1, 1, "Three:"],
    [1, 1, "four"],
    [3, 2, "five six"],
    [4, 1, "- seven"],
    [5, 2, "- eight nine"],
  ]);
});

test("code, tables, headings and addresses of links are no prose", () => {
  const markdown =
    "# A heading\n```\nsome code here\n```\n| a | table |\nSee [the page](docs/a-b.md) and `npm run x y z`.";
  expect(sentencesOf(proseOf(markdown)).map(({ words }) => words)).toEqual([5]);
});

test("strings and comments of a source are found, an inserted value is one word, a regular expression is none", () => {
  const source = [
    'const a = "one two"; // three',
    ["const b = `four $", "{five({ six: `seven` })} eight`;"].join(""),
    "/** nine\n * ten */",
    'const c = text.replace(/"(\\d+)"/g, "eleven");',
  ].join("\n");
  expect(sourceTexts(source)).toEqual([
    { line: 1, kind: "string", text: "one two" },
    { line: 1, kind: "comment", text: " three" },
    { line: 2, kind: "string", text: "four X eight" },
    { line: 3, kind: "comment", text: "nine\nten " },
    { line: 5, kind: "string", text: "eleven" },
  ]);
});
