// What a fleet costs: node --import tsx test/bench/fleet/run.ts [models] [seconds a phase]
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { createTestDatabase } from "@leeway/store/testing";
import { startRedis } from "../../integration/analyzer/start-redis.ts";
import { freePort } from "../../machine/free-port.ts";
import { storeFleet, storeRows } from "../analyzer/fleet.ts";
import { costsBetween, createCostMeter } from "./process-costs.ts";

const MODELS = Number(process.argv[2] ?? 200);
const PHASE_MS = 1_000 * Number(process.argv[3] ?? 60);
const HOUR = 3_600_000;
const PORT = await freePort();

const test = await createTestDatabase();
const redis = await startRedis();
const { store } = test;
let analyzer = startAnalyzer();
const endWithUs = () => analyzer.kill("SIGKILL");
process.once("exit", endWithUs);
const readCosts = createCostMeter(store, () => ({
  engine: test.engine.process.pid,
  analyzer: analyzer.pid,
}));
const page = async () =>
  (await fetch(`http://127.0.0.1:${PORT}/metrics`).catch(() => undefined))?.text() ?? "";
const passes = async () => Number(/leeway_analyzer_passes_total (\d+)/.exec(await page())?.[1] ?? 0);
const waiting = async () => {
  const lags = [...(await page()).matchAll(/^leeway_analyzer_lag_seconds\{[^}]*\} (\S+)$/gm)].map(([, lag]) =>
    Number(lag),
  );
  return lags.length < MODELS ? MODELS : lags.filter((lag) => lag > 0).length;
};

const stored = performance.now();
const fleet = await storeFleet(
  store,
  { models: MODELS, windows: 2, segments: 0, rowsAnHour: 200 },
  Date.now(),
);
say(`${MODELS} models stored in ${seconds(stored)} s`);

await phase("from the start until nothing waits", untilCalm);
await phase("nothing comes", () => pause(PHASE_MS));
await phase("a row a model every five seconds", async () => {
  const end = Date.now() + PHASE_MS;
  for (let at = Date.now(); at < end; at = Date.now()) {
    for (const model of fleet.models) await storeRows(store, model, { from: at, to: at + 1, rows: 1 });
    await pause(Math.max(0, 5_000 - (Date.now() - at)));
  }
});
analyzer.kill("SIGTERM");
await once(analyzer, "exit");
analyzer = startAnalyzer();
await phase("after a restart until nothing waits", untilCalm);

process.off("exit", endWithUs);
analyzer.kill("SIGTERM");
await once(analyzer, "exit");
await redis.stop();
await test.close();

async function untilCalm(): Promise<void> {
  for (let calm = 0; calm < 3; await pause(2_000)) calm = (await waiting()) === 0 ? calm + 1 : 0;
}

async function phase(what: string, run: () => Promise<unknown>): Promise<void> {
  const since = performance.now();
  const before = { costs: await readCosts(), passes: await passes() };
  await run();
  const made = (await passes()) - before.passes;
  say(`${what}: ${seconds(since)} s, ${made} passes, ${costsBetween(before.costs, await readCosts())}`);
}

function startAnalyzer(): ChildProcess {
  return spawn(process.execPath, ["--import", "tsx", "analyzer/src/main.ts"], {
    env: {
      ...process.env,
      CLICKHOUSE_URL: test.url,
      CLICKHOUSE_DATABASE: test.database,
      REDIS_URL: redis.url,
      LEEWAY_ANALYZER_PORT: String(PORT),
      LEEWAY_IDLE_SECONDS: String(HOUR / 1_000),
    },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}

function say(line: string): void {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
}
