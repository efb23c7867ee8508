import { readdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createDemoCalendar } from "./demo/calendar.ts";
import { runDemo } from "./demo/run-demo.ts";
import { say } from "./demo/say.ts";
import { claimProcessList } from "./services/process-list.ts";

const root = resolve(import.meta.dirname, "..");
const dataDir = resolve(process.env["LEEWAY_DATA_DIR"] ?? ".leeway", "demo");
const shouldExit = process.argv.includes("--exit");

const stopped = new AbortController();
// It may come twice, to the process and to its group: the second must not cut the stopping short.
process.on("SIGINT", () => stopped.abort());
process.on("SIGTERM", () => stopped.abort());

try {
  // Every run starts clean; what a killed run left running is ended first.
  await claimProcessList(join(dataDir, "processes.json"));
  for (const name of await readdir(dataDir))
    if (name !== "processes.json") await rm(join(dataDir, name), { recursive: true });
  const isComplete = await runDemo({
    root,
    dataDir,
    shouldExit,
    calendar: createDemoCalendar(Date.now()),
    stopped: stopped.signal,
  });
  process.exitCode = isComplete ? 0 : 1;
} catch (error) {
  if (!stopped.signal.aborted) {
    say(`the demo failed: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
