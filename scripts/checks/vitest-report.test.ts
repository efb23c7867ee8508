import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readVitestReport } from "./vitest-report.ts";

function written(report: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), "leeway-report-")), "vitest.json");
  writeFileSync(path, JSON.stringify(report));
  return path;
}

test("a failing test is named with its file and the beginning of its message", () => {
  const path = written({
    numPassedTests: 1,
    numFailedTests: 1,
    testResults: [
      {
        name: "a.test.ts",
        status: "failed",
        message: "",
        assertionResults: [
          { fullName: "adds", status: "passed", failureMessages: [] },
          { fullName: "subtracts", status: "failed", failureMessages: ["expected 1\nto be 2"] },
        ],
      },
    ],
  });
  expect(readVitestReport(path)).toEqual({
    passed: 1,
    failed: 1,
    failures: [{ name: "a.test.ts: subtracts", message: "    expected 1\n    to be 2" }],
    secondTries: [],
  });
});

test("a file that did not load is a failure of its own", () => {
  const path = written({
    numPassedTests: 0,
    numFailedTests: 0,
    testResults: [{ name: "b.test.ts", status: "failed", message: "no such module", assertionResults: [] }],
  });
  expect(readVitestReport(path).failures).toEqual([{ name: "b.test.ts", message: "    no such module" }]);
});

test("a test that passed at its second try is named with the first line of its first error, and counts as passed", () => {
  const path = written({
    numPassedTests: 2,
    numFailedTests: 0,
    testResults: [
      {
        name: "c.test.ts",
        status: "passed",
        message: "",
        assertionResults: [
          { fullName: "waits", status: "passed", failureMessages: ["Error: no answer\n    at c.test.ts:3"] },
          { fullName: "adds", status: "passed", failureMessages: [] },
          { fullName: "skips", status: "skipped", failureMessages: null },
        ],
      },
    ],
  });
  expect(readVitestReport(path)).toEqual({
    passed: 2,
    failed: 0,
    failures: [],
    secondTries: [{ name: "c.test.ts: waits", firstError: "Error: no answer" }],
  });
});

test("where vitest wrote no report, nothing is claimed", () => {
  expect(readVitestReport(join(tmpdir(), "leeway-no-such-report.json"))).toEqual({
    passed: 0,
    failed: 0,
    failures: [],
    secondTries: [],
  });
});
