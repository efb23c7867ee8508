import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type CheckResult, runCheck, runChecks } from "./checks/run-check.ts";
import { staticChecks } from "./checks/static-checks.ts";
import { readVitestReport } from "./checks/vitest-report.ts";
import { buildWeb } from "./services/build-web.ts";
import { requireProgram } from "./services/debian-package.ts";

const root = resolve(import.meta.dirname, "..");
const say = (line: string) => process.stdout.write(`leeway: ${line}\n`);
const reportPath = join(root, "test/output/vitest.json");

try {
  requireProgram(["redis-server", "valkey-server"], "redis-server", say);
  requireProgram(["chromium", "chromium-browser", "google-chrome"], "chromium", say);
  const [checks] = await Promise.all([runChecks(staticChecks(root), root), buildWeb(root, say)]);
  rmSync(reportPath, { force: true });
  // The demo waits much of its time, and so do many tests: beside each other they take little longer than the tests alone.
  say("the demo runs beside the tests; its story follows them");
  const [vitest, demo] = await Promise.all([
    runCheck(
      {
        name: "vitest",
        command: join(root, "node_modules/.bin/vitest"),
        args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${reportPath}`],
      },
      root,
      true,
    ),
    runCheck(
      {
        name: "demo, from beginning to end",
        command: process.execPath,
        args: ["--import", "tsx", "scripts/demo.ts", "--exit"],
      },
      root,
    ),
  ]);
  process.stdout.write(demo.output);
  checks.push(demo);
  for (const { name, seconds } of [vitest, demo]) say(`${name} took ${seconds.toFixed(0)} s`);
  report(checks, vitest);
} catch (error) {
  process.stderr.write(`leeway: ${error instanceof Error ? error.message : String(error)}\n`);
  process.stdout.write("0 passed, 1 failed\n");
  process.exitCode = 1;
}

function report(checks: readonly CheckResult[], vitest: CheckResult): void {
  const tests = readVitestReport(reportPath);
  const failedChecks = checks.filter(({ isPassed }) => !isPassed);
  for (const { name } of failedChecks) process.stdout.write(`✗ ${name}\n`);
  // The tests' own report is above the demo's story: what failed is reported again where the reader is.
  for (const { name, message } of tests.failures) process.stdout.write(`✗ ${name}\n${message}\n`);
  // A run that broke without a failing test (a file that did not load, a hook that threw) is a failure too.
  const isBroken = !vitest.isPassed && tests.failed === 0;
  if (isBroken) process.stdout.write("✗ vitest ended with an error outside any test\n");
  for (const { name, firstError } of tests.secondTries)
    process.stdout.write(`passed at its second try: ${name}, first error: ${firstError}\n`);
  const { length: tries } = tests.secondTries;
  if (tries > 0) process.stdout.write(`${tries} passed only at the second try: each is a defect to mend\n`);
  const passed = tests.passed + checks.length - failedChecks.length;
  const failed = tests.failed + failedChecks.length + (isBroken ? 1 : 0);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exitCode = failed === 0 ? 0 : 1;
}
