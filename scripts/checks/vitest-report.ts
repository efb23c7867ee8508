import { existsSync, readFileSync } from "node:fs";

export type VitestReport = {
  readonly passed: number;
  readonly failed: number;
  /** What failed, in the order it ran: a test with its file, or a file that did not load. */
  readonly failures: readonly { readonly name: string; readonly message: string }[];
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
      readonly failureMessages?: readonly string[] | null;
    }[];
  }[];
};

const MESSAGE_LINES = 12;

/** readVitestReport returns the counts and the failures of vitest's JSON report at `path`; nothing passed and nothing failed where vitest wrote none. */
export function readVitestReport(path: string): VitestReport {
  if (!existsSync(path)) return { passed: 0, failed: 0, failures: [] };
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
  };
}

function firstLines(text: string): string {
  return text
    .split("\n")
    .slice(0, MESSAGE_LINES)
    .map((line) => `    ${line}`)
    .join("\n");
}
