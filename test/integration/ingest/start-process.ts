import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { patience } from "../../machine/patience.ts";

/** The repository's root. */
export const ROOT = join(import.meta.dirname, "../../..");

/** TestProcess is a process a test may kill. */
export interface TestProcess {
  child: ChildProcess;
  /** Everything it printed. */
  output(): string;
  /** Sends a signal and resolves when the process is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

/** startProcess starts a process in the repository's root and keeps what it prints. */
export function startProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): TestProcess {
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const keep = (chunk: Buffer) => {
    printed = (printed + chunk.toString()).slice(-100_000);
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  return {
    child,
    output: () => printed,
    async end(signal = "SIGKILL") {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill(signal);
      await gone;
    },
  };
}

/** untilTrue asks again and again until `isTrue` holds, and throws with `what` when it has taken longer than `quietMs`, or as much longer as the machine is slower. */
export async function untilTrue(
  isTrue: () => Promise<boolean>,
  what: string,
  quietMs = 30_000,
): Promise<void> {
  const patienceMs = patience(quietMs);
  const deadline = Date.now() + patienceMs;
  while (!(await isTrue().catch(() => false))) {
    if (Date.now() > deadline) throw new Error(`${what} did not happen within ${patienceMs} ms`);
    await sleep(50);
  }
}
