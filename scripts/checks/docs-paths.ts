// Every path and npm script that a Markdown file of the repository names in backticks must exist, every setting of a service must be documented,
// and the page of benchmarks stays short.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], {
  cwd: root,
  encoding: "utf8",
});
const folders = [
  "core",
  "store",
  "ingest",
  "analyzer",
  "web",
  "sdk",
  "migrations",
  "test",
  "scripts",
  "docs",
  ".ci",
];
const scripts = Object.keys(
  (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: object }).scripts,
);
const problems: string[] = [];

for (const page of tracked.split("\n").filter((name) => name !== "" && existsSync(join(root, name)))) {
  const text = readFileSync(join(root, page), "utf8");
  for (const [, code = ""] of text.matchAll(/`([^`\n]+)`/g)) {
    for (const word of code.split(/\s+/)) checkPath(page, word.replace(/[:,;)]+$/, ""));
    const script = /^npm (?:run )?(\w+)/.exec(code)?.[1];
    if (script !== undefined && !["install", "ci", "view"].includes(script) && !scripts.includes(script))
      problems.push(`${page}: there is no npm script "${script}"`);
  }
  for (const [, target = ""] of text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
    if (/^[a-z]+:/.test(target)) continue;
    if (!existsSync(join(root, dirname(page), target)))
      problems.push(`${page}: the link to ${target} leads nowhere`);
  }
}

// A path is a word that begins with one of the repository's folders; a pattern is checked up to its first wild card.
function checkPath(page: string, word: string): void {
  const isPath = folders.some((folder) => word === `${folder}/` || word.startsWith(`${folder}/`));
  if (!isPath) return;
  const fixed = word.split(/[*{<…[]/)[0] ?? "";
  const path = fixed === word ? word : dirname(`${fixed}x`);
  if (!existsSync(join(root, path)) && !existsSync(join(root, dirname(page), path)))
    problems.push(`${page}: ${word} does not exist`);
}

checkSettings();

// Every setting that a service reads stands in the page of settings.
function checkSettings(): void {
  const page = readFileSync(join(root, "docs/configuration.md"), "utf8");
  const sources = [
    "ingest/src/config.ts",
    "analyzer/src/config.ts",
    "web/src/server/config.ts",
    "store/src/embedded/config.ts",
  ];
  for (const source of sources) {
    const text = readFileSync(join(root, source), "utf8");
    for (const [, name = ""] of text.matchAll(/^\s+([A-Z][A-Z0-9_]{5,}): /gm)) {
      if (!page.includes(`\`${name}\``))
        problems.push(`docs/configuration.md: ${source} reads ${name}, which is not there`);
    }
  }
}

const MOST_LINES_OF_BENCHMARKS = 150;
const benchmarks = readFileSync(join(root, "docs/benchmarks.md"), "utf8").trimEnd().split("\n").length;
if (benchmarks > MOST_LINES_OF_BENCHMARKS)
  problems.push(`docs/benchmarks.md: ${benchmarks} lines, at most ${MOST_LINES_OF_BENCHMARKS}`);

if (problems.length > 0) {
  process.stdout.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
}
