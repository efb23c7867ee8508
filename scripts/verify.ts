import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { runCheck, runChecks } from "./checks/run-check.ts";
import { staticChecks } from "./checks/static-checks.ts";

const root = resolve(import.meta.dirname, "..");
const started = performance.now();
const results = await runChecks(staticChecks(root), root);
results.push(
  await runCheck(
    {
      name: "pure tests",
      command: join(root, "node_modules/.bin/vitest"),
      // Pure tests leave nothing behind: files share their workers and what these have loaded, on every core.
      args: ["run", "--project", "pure", "--no-isolate", `--maxWorkers=${availableParallelism()}`],
    },
    root,
    true,
  ),
);
const failed = results.filter(({ isPassed }) => !isPassed);
for (const { name } of failed) process.stdout.write(`✗ ${name}\n`);
process.stdout.write(
  `${results.length - failed.length} checks passed, ${failed.length} failed in ${((performance.now() - started) / 1_000).toFixed(0)} s\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
