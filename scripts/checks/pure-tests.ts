// Pure tests wait for nothing and ask no clock, so that they are quick and the same on every machine. That they start no process and open no
// socket is refused while they run, by test/processes/no-processes.ts.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const WAITS =
  /\bsetTimeout\(|\bsetInterval\(|timers\/promises|\bperformance\.now\(|\bDate\.now\(|new Date\(\)/;
const PURE =
  /^(core|store|ingest|analyzer|sdk|web|scripts)\/.*(?<!\.live)\.test\.ts$|^test\/(golden|words)\/.*\.test\.ts$/;

const root = resolve(import.meta.dirname, "../..");
const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.test.ts"], {
  cwd: root,
  encoding: "utf8",
});
const problems = listed
  .split("\n")
  .filter((name) => PURE.test(name) && !name.startsWith("sdk/src/packaging/") && existsSync(join(root, name)))
  .flatMap(checkFile);
if (problems.length > 0) {
  process.stdout.write(`${problems.join("\n")}\n`);
  process.exitCode = 1;
}

function checkFile(name: string): string[] {
  const text = readFileSync(join(root, name), "utf8");
  // A clock of the test's own may be set and asked.
  if (text.includes("useFakeTimers(")) return [];
  return text.split("\n").flatMap((line, i) => {
    const found = WAITS.exec(line)?.[0];
    return found === undefined
      ? []
      : [
          `${name}:${i + 1}: "${found}" in a pure test: wait for a condition, or name the file *.live.test.ts`,
        ];
  });
}
