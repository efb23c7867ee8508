import { type ChildProcess, spawn } from "node:child_process";

/** What became of one check. */
export interface CheckResult {
  name: string;
  isPassed: boolean;
  seconds: number;
  output: string;
}

/** A check is a program that ends with 0 when all is well. */
export interface Check {
  name: string;
  command: string;
  args: readonly string[];
  env?: Record<string, string>;
}

// A check that nobody waits for any more ends with this process: a signal reaches it alone, not what it started.
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGTERM");
});
process.once("SIGTERM", () => process.exit(1));

/** runCheck runs one check in `root` and returns its result with all it printed; with `isShown` the output is also passed on as it comes. */
export function runCheck(check: Check, root: string, isShown = false): Promise<CheckResult> {
  const started = performance.now();
  return new Promise((resolve) => {
    const output: string[] = [];
    const child = spawn(check.command, check.args, {
      cwd: root,
      env: { ...process.env, ...check.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    running.add(child);
    child.once("close", () => running.delete(child));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk: Buffer) => {
        output.push(chunk.toString());
        if (isShown) process.stdout.write(chunk);
      });
    }
    const end = (isPassed: boolean) =>
      resolve({
        name: check.name,
        isPassed,
        seconds: (performance.now() - started) / 1_000,
        output: output.join(""),
      });
    child.once("error", (error) => {
      output.push(error.message);
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}

/** runChecks runs the checks two at a time, prints a line for each as it ends (and all it said, when it failed), and returns the results. */
export async function runChecks(checks: readonly Check[], root: string): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  const waiting = [...checks];
  const work = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const result = await runCheck(check, root);
      results.push(result);
      process.stdout.write(
        `${result.isPassed ? "✓" : "✗"} ${result.name} (${result.seconds.toFixed(1)} s)\n${result.isPassed ? "" : result.output}`,
      );
    }
  };
  await Promise.all([work(), work()]);
  return results;
}
