import { existsSync, readFileSync } from "node:fs";

export type VitestReport = {
  readonly passed: number;
  readonly failed: number;
  /** What failed, in the order it ran: a test with its file, or a file that did not load. */
  readonly failures: readonly { readonly name: string; readonly message: string }[];
  /** Tests that failed, and passed when they were tried again: each is a defect, of the test or of what it tests. */
  readonly secondTries: readonly { readonly name: string; readonly firstError: string }[];
};

type VitestJson = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      /** Of every try: a test that passed has one for each try before. */
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
};

const MESSAGE_LINES = 12;

/** readVitestReport returns the counts, the failures and the second tries of vitest's JSON report at `path`; nothing passed and nothing failed where vitest wrote none. */
export function readVitestReport(path: string): VitestReport {
  if (!existsSync(path)) return { passed: 0, failed: 0, failures: [], secondTries: [] };
  const report = JSON.parse(readFileSync(path, "utf8")) as VitestJson;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    failures: report.testResults.flatMap(({ name: file, status, message, assertionResults }) => {
      const failed = assertionResults.filter((test) => test.status === "failed");
      if (failed.length === 0)
        return status === "failed" ? [{ name: file, message: firstLines(message) }] : [];
      return failed.map((test) => ({
        name: `${file}: ${test.fullName}`,
        message: firstLines((test.failureMessages ?? []).join("\n")),
      }));
    }),
    secondTries: report.testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults.flatMap(({ fullName, status, failureMessages }) => {
        const [first] = failureMessages ?? [];
        if (status !== "passed" || first === undefined) return [];
        return [{ name: `${file}: ${fullName}`, firstError: first.split("\n")[0] ?? "" }];
      }),
    ),
  };
}

function firstLines(text: string): string {
  return text
    .split("\n")
    .slice(0, MESSAGE_LINES)
    .map((line) => `    ${line}`)
    .join("\n");
}
