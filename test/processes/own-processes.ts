import { ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { text } from "node:stream/consumers";
import { afterAll } from "vitest";
import { patience } from "../machine/patience.ts";

// A setup file of every test that may start processes. Whatever a test file starts, in whichever way, belongs to it and ends with it.
// A test that runs out of time does not clean up, and vitest ends its worker with a signal: neither may leave an engine behind.

// Children inherit it from their parents.
const VARIABLE = "LEEWAY_TEST_OWNER";
// A process that was asked to end has this long until it counts as left behind.
const GRACE_MS = Number(process.env["LEEWAY_TEST_GRACE_MS"] ?? patience(15_000));

const { [VARIABLE]: _, ...ownEnv } = process.env;
const owner = `${process.pid}-${randomUUID()}`;
process.env[VARIABLE] = owner;
let guard: ChildProcessByStdio<Writable, Readable, null> | undefined;
// Without vitest's main process a worker has nobody to report to.
process.once("disconnect", () => process.exit(1));

// What every way of starting a process goes through, playwright's too. The types do not mention it.
const prototype = ChildProcess.prototype as ChildProcess & { spawn(options: object): number };
const startProcess = prototype.spawn;
prototype.spawn = function firstSpawn(options) {
  prototype.spawn = startProcess;
  guard = startGuard();
  return startProcess.call(this, options);
};

afterAll(async () => {
  if (guard === undefined) return;
  guard.stdin.end("over");
  const left = await text(guard.stdout);
  if (left !== "") throw new Error(`this file left processes running, which are ended now:\n${left}`);
}, 60_000 + GRACE_MS);

// The guard outlives its worker and is in no group with it: nothing ends both.
function startGuard(): ChildProcessByStdio<Writable, Readable, null> {
  const args = [join(import.meta.dirname, "guard.mjs"), `${VARIABLE}=${owner}`, String(GRACE_MS)];
  return spawn(process.execPath, args, { detached: true, env: ownEnv, stdio: ["pipe", "pipe", "ignore"] });
}
