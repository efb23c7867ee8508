import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { SERIES } from "./make-scrape.ts";

/** Measured is what the agent cost while it was measured. */
interface Measured {
  cpuSeconds: number;
  seconds: number;
  peakRssBytes: number;
  scrapes: number;
  failures: number;
  samples: number;
  lost: number;
}

const MOST_CORES = 0.25;
const MOST_BYTES = 150e6;

const { values } = parseArgs({
  options: { endpoints: { type: "string", default: "200" }, seconds: { type: "string", default: "90" } },
});
const dist = mkdtempSync(join(tmpdir(), "leeway-agent-bench-"));
execFileSync(process.execPath, [join(import.meta.dirname, "../../../sdk/scripts/build.mjs")], {
  env: { ...process.env, LEEWAY_SDK_DIST: dist },
});

const stdio: ["ignore", "pipe", "inherit", "ipc"] = ["ignore", "pipe", "inherit", "ipc"];
const doubles: ChildProcess = fork(join(import.meta.dirname, "endpoints.ts"), { stdio });
const [line] = (await once(doubles.stdout!, "data")) as [Buffer];
const base = `http://127.0.0.1:${line.toString().trim()}`;
const host: ChildProcess = fork(
  join(import.meta.dirname, "agent-host.mjs"),
  [join(dist, "agent.js"), base, values.endpoints, values.seconds],
  { stdio, execArgv: [] },
);
const [measured] = (await once(host, "message")) as [Measured];
doubles.kill();
rmSync(dist, { recursive: true, force: true });

const cores = measured.cpuSeconds / measured.seconds;
const megabytes = measured.peakRssBytes / 1e6;
const perScrapeMs = (measured.cpuSeconds / measured.scrapes) * 1e3;
process.stdout.write(
  [
    `${values.endpoints} endpoints of ${SERIES} series, every 15 s, for ${measured.seconds.toFixed(0)} s`,
    `CPU ${cores.toFixed(3)} cores (goal ${MOST_CORES}); ${perScrapeMs.toFixed(2)} ms a scrape`,
    `peak memory ${megabytes.toFixed(0)} MB (goal ${MOST_BYTES / 1e6})`,
    `${measured.scrapes} scrapes, ${measured.failures} failures; ${measured.samples} samples stored, ${measured.lost} lost`,
    "",
  ].join("\n"),
);
process.exitCode = cores > MOST_CORES || measured.peakRssBytes > MOST_BYTES || measured.lost > 0 ? 1 : 0;
