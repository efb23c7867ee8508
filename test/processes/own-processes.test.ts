import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, expect, it } from "vitest";
import { isStillAlive, recordProcess } from "../../scripts/services/process-identity.ts";

const ROOT = join(import.meta.dirname, "../..");
const VITEST = join(ROOT, "node_modules/.bin/vitest");
const families = mkdtempSync(join(tmpdir(), "leeway-families-"));
afterAll(() => rmSync(families, { recursive: true }));

it("ends what a test file leaves, also after a hook that ran out of time and a worker that was killed", async () => {
  const run = spawn(VITEST, ["run", "--root", join(import.meta.dirname, "fixtures")], {
    env: { ...process.env, LEEWAY_TEST_FAMILIES: families, LEEWAY_TEST_GRACE_MS: "500" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [exitCode]] = await Promise.all([
    text(run.stdout),
    text(run.stderr),
    once(run, "exit"),
  ]);
  const said = output + errors;
  for (const name of ["leaving", "hanging", "killed"]) {
    const family = JSON.parse(readFileSync(join(families, name), "utf8")) as number[];
    for (const pid of family) {
      const left = recordProcess(pid);
      await expect.poll(() => left !== undefined && isStillAlive(left), { timeout: 30_000 }).toBe(false);
    }
  }
  expect(said).toContain("this file left processes running, which are ended now");
  expect(exitCode).toBe(1);
});
