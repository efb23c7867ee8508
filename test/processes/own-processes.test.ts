import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readVitestReport } from "../../scripts/checks/vitest-report.ts";
import { isStillAlive, recordProcess } from "../../scripts/services/process-identity.ts";
import { patience } from "../machine/patience.ts";

const ROOT = join(import.meta.dirname, "../..");
const VITEST = join(ROOT, "node_modules/.bin/vitest");
let families: string;
let said: string;
let exitCode: number;

beforeAll(async () => {
  families = mkdtempSync(join(tmpdir(), "leeway-families-"));
  const reporters = [
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${join(families, "report")}`,
  ];
  const args = ["run", "--root", join(import.meta.dirname, "fixtures"), ...reporters];
  const run = spawn(VITEST, args, {
    env: { ...process.env, LEEWAY_TEST_FAMILIES: families, LEEWAY_TEST_GRACE_MS: "500" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [code]] = await Promise.all([text(run.stdout), text(run.stderr), once(run, "exit")]);
  said = output + errors;
  exitCode = code;
});
afterAll(() => rmSync(families, { recursive: true }));

it("ends what a test file leaves, also after a hook that ran out of time and a worker that was killed", async () => {
  for (const name of ["leaving", "hanging", "killed"]) {
    const family = JSON.parse(readFileSync(join(families, name), "utf8")) as number[];
    for (const pid of family) {
      const left = recordProcess(pid);
      await expect
        .poll(() => left !== undefined && isStillAlive(left), { timeout: patience(30_000) })
        .toBe(false);
    }
  }
  expect(said).toContain("this file left processes running, which are ended now");
  expect(exitCode).toBe(1);
});

it("learns from vitest's report which test passed only at its second try, and why", () => {
  expect(readVitestReport(join(families, "report")).secondTries).toEqual([
    {
      name: expect.stringMatching(/second-try\.fixture\.ts: passes when it is tried again$/),
      firstError: "Error: the first try",
    },
  ]);
});
