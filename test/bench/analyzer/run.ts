// What the analyzer costs with many models: node --import tsx test/bench/analyzer/run.ts [models] [windows] [segments] [rows an hour]
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { createTestDatabase } from "@leeway/store/testing";
import { createPreviewer } from "../../../analyzer/src/create-previewer.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";
import { startRedis } from "../../integration/analyzer/start-redis.ts";
import { freePort } from "../../machine/free-port.ts";
import { driftMonitor, type Fleet, storeFleet, storeRows } from "./fleet.ts";

const MODELS = Number(process.argv[2] ?? 50);
const WINDOWS = Number(process.argv[3] ?? 30);
const SEGMENTS = Number(process.argv[4] ?? 0);
const ROWS_AN_HOUR = Number(process.argv[5] ?? 200);
const VERDICTS = MODELS * WINDOWS * (1 + SEGMENTS);
const PORT = await freePort();

const test = await createTestDatabase();
const redis = await startRedis();
const { store } = test;
const seconds = (since: number) => ((performance.now() - since) / 1_000).toFixed(1);
const one = async (query: string) => {
  const answer = await store.client.query({ query, format: "JSONEachRow" });
  const [row] = (await answer.json()) as { n: number | string }[];
  return Number(row?.n ?? 0);
};
const statements = () =>
  one("SELECT sum(value) AS n FROM system.events WHERE event IN ('SelectQuery', 'InsertQuery')");
const passes = async () => {
  const page = await (await fetch(`http://127.0.0.1:${PORT}/metrics`)).text();
  return Number(/leeway_analyzer_passes_total (\d+)/.exec(page)?.[1] ?? 0);
};
const mebibytes = (field: "VmHWM" | "VmRSS") => {
  const status = readFileSync(`/proc/${analyzer.pid}/status`, "utf8");
  return Math.round(Number(new RegExp(`${field}:\\s+(\\d+)`).exec(status)?.[1]) / 1_024);
};
const cpuSeconds = (pid: number | undefined) => {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const stored = performance.now();
const fleet: Fleet = await storeFleet(
  store,
  { models: MODELS, windows: WINDOWS, segments: SEGMENTS, rowsAnHour: ROWS_AN_HOUR },
  Date.now(),
);
console.log(`${MODELS} models with references and traffic stored in ${seconds(stored)} s`);

const analyzer = spawn(process.execPath, ["--import", "tsx", "analyzer/src/main.ts"], {
  env: {
    ...process.env,
    CLICKHOUSE_URL: test.url,
    CLICKHOUSE_DATABASE: test.database,
    REDIS_URL: redis.url,
    LEEWAY_ANALYZER_PORT: String(PORT),
    LEEWAY_TICK_SECONDS: "1",
    LEEWAY_IDLE_SECONDS: "5",
  },
  stdio: ["ignore", "ignore", "inherit"],
});
const endWithUs = () => analyzer.kill("SIGKILL");
process.once("exit", endWithUs);

const report = async (
  what: string,
  since: { at: number; statements: number; passes: number; cpu: number },
) => {
  const made = (await passes()) - since.passes;
  const asked = (await statements()) - since.statements;
  const cpu = cpuSeconds(analyzer.pid) - since.cpu;
  console.log(
    `${what}: ${seconds(since.at)} s, ${made} passes, ${(asked / Math.max(1, made)).toFixed(0)} statements a pass, ${cpu.toFixed(1)} s CPU, peak ${mebibytes("VmHWM")} MiB, now ${mebibytes("VmRSS")} MiB`,
  );
};
const start = { at: performance.now(), statements: await statements(), passes: 0, cpu: 0 };
const judged = `SELECT uniqExact(model, segment, window_start) AS n FROM evaluations
  WHERE kind = 'drift' AND window_start >= fromUnixTimestamp64Milli(${fleet.judgedFrom}, 'UTC')`;
while ((await one(judged)) < VERDICTS) await pause(500);
await report(`${VERDICTS} windows judged`, start);

// One late row a model: what a pass costs that has one hour to recount and one window to revise.
await pause(3_000);
const late = {
  at: performance.now(),
  statements: await statements(),
  passes: await passes(),
  cpu: cpuSeconds(analyzer.pid),
};
for (const model of fleet.models) {
  await storeRows(store, model, { from: fleet.to - 60_000, to: fleet.to, rows: 1 });
}
while ((await passes()) < late.passes + MODELS) await pause(200);
await report("one late row a model", late);

const listed = async (what: string, list: (model: string) => Promise<unknown[]>) => {
  const since = performance.now();
  const rows = (await Promise.all(fleet.models.map(list))).flat().length;
  console.log(`${what}: ${rows} verdicts of ${MODELS} models in ${seconds(since)} s`);
};
const filterOf = (model: string) => ({ model, segment: "", from: fleet.to - 30 * 3_600_000, to: fleet.to });
await listed("outlines, as the overview reads them", (model) =>
  store.evaluations.outlines("default", filterOf(model)),
);
await listed("verdicts with their evidence", (model) => store.evaluations.list("default", filterOf(model)));

const previewed = performance.now();
const clocks = createModelClocks({ store, idleMs: 0, now: Date.now });
const preview = await createPreviewer({ store, clocks, now: Date.now })({
  ...{
    project: "default",
    version: "1",
    from: fleet.judgedFrom,
    to: fleet.to,
    deadline: Date.now() + 300_000,
  },
  monitor: driftMonitor(fleet.models[0]!, {}),
});
const count = preview.outcome === "previewed" ? preview.preview.windows.length : 0;
console.log(`one preview: ${count} windows in ${seconds(previewed)} s`);

process.off("exit", endWithUs);
analyzer.kill("SIGTERM");
await new Promise((resolve) => analyzer.once("exit", resolve));
await redis.stop();
await test.close();
