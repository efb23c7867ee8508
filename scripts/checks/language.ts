// Plain English: sentences that people read are short, and words of a dialect of our own are not used.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { proseOf, type Sentence, sentencesOf } from "./sentences.ts";
import { sourceTexts } from "./source-texts.ts";
import { unusedWordsIn } from "./unused-words.ts";

const MOST_WORDS = 30;
const MOST_WORDS_ON_AVERAGE = 20;
/** The glossary names these words in order to replace them; the check and its tests hold them too. */
const MAY_NAME_THEM = [
  "docs/glossary.md",
  "scripts/checks/unused-words.ts",
  "scripts/checks/sentences.test.ts",
];

const root = resolve(import.meta.dirname, "../..");
const problems = [...tracked("*.md").flatMap(checkPage), ...tracked("*.ts", "*.tsx").flatMap(checkSource)];
if (problems.length > 0) {
  process.stdout.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
}

function tracked(...patterns: string[]): string[] {
  const listed = execFileSync(
    "git",
    ["ls-files", "--cached", "--others", "--exclude-standard", ...patterns],
    {
      cwd: root,
      encoding: "utf8",
    },
  );
  return listed.split("\n").filter((name) => name !== "" && existsSync(join(root, name)));
}

function checkPage(page: string): string[] {
  const markdown = readFileSync(join(root, page), "utf8");
  const sentences = sentencesOf(proseOf(markdown));
  const mean = sentences.reduce((sum, { words }) => sum + words, 0) / Math.max(1, sentences.length);
  return [
    ...sentences.flatMap((sentence) => tooLong(page, sentence)),
    ...(mean > MOST_WORDS_ON_AVERAGE
      ? [`${page}: sentences have ${mean.toFixed(1)} words on average; at most ${MOST_WORDS_ON_AVERAGE}`]
      : []),
    ...markdown.split("\n").flatMap((text, i) => unusedWords(page, i + 1, text)),
  ];
}

function checkSource(file: string): string[] {
  return sourceTexts(readFileSync(join(root, file), "utf8")).flatMap(({ kind, line, text }) => [
    ...unusedWords(file, line, text),
    ...(kind === "string" && isForPeople(text)
      ? sentencesOf(text).flatMap((sentence) => tooLong(file, { ...sentence, line }))
      : []),
  ]);
}

// Statements for the database, lists of a command's options and whole pages of markup are no prose.
function isForPeople(text: string): boolean {
  return (
    !/\b(SELECT|INSERT|ALTER|CREATE|WHERE)\b|project = |<!doctype/.test(text) && !/\s--[a-z-]+/.test(text)
  );
}

function tooLong(file: string, { line, text, words }: Sentence): string[] {
  return words > MOST_WORDS
    ? [`${file}:${line}: a sentence of ${words} words, at most ${MOST_WORDS}: "${text.slice(0, 80)}…"`]
    : [];
}

function unusedWords(file: string, line: number, text: string): string[] {
  if (MAY_NAME_THEM.includes(file)) return [];
  return unusedWordsIn(text).map(({ word, instead }) => `${file}:${line}: "${word}"; write: ${instead}`);
}
