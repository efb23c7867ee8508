// Ingest against a bare insert on one machine: node --import tsx test/bench/ingest/run.ts [--seconds 8] [--rounds 3] [--only bare,top,half,many] [--half rows a second] [--soak 600] [--profile DIR]
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { medianOf, valueOr } from "@leeway/core/statistics";
import { createStore } from "@leeway/store";
import { createTestDatabase } from "@leeway/store/testing";
import { startProcess } from "../../integration/ingest/start-process.ts";
import { API_KEY, startIngest, startRedis } from "../../integration/ingest/start-services.ts";
import type { BareOrder } from "./bare-insert.ts";
import { cpuSeconds } from "./cpu-seconds.ts";
import type { LoadOrder, LoadReport } from "./load.ts";
import { runSoak } from "./soak.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "8" },
    rounds: { type: "string", default: "3" },
    soak: { type: "string" },
    profile: { type: "string" },
    only: { type: "string", default: "bare,top,half,many" },
    half: { type: "string" },
    clients: { type: "string", default: "64" },
  },
});
const PATIENCE_MS = 20_000;
const seconds = Number(values.seconds);
const phases = new Set(values.only.split(","));
const isRateGiven = values.half !== undefined || phases.has("bare");
if (!isRateGiven && (phases.has("half") || values.soak !== undefined))
  throw new Error("without the bare insert, --half must say how many rows a second are to be sent");

async function runScript<Report>(script: string, order: object): Promise<Report> {
  const running = startProcess(process.execPath, [
    "--import",
    "tsx",
    `test/bench/ingest/${script}`,
    JSON.stringify(order),
  ]);
  await new Promise((resolve) => running.child.once("exit", resolve));
  const line = running.output().trim().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(line) as Report;
  } catch (cause) {
    throw new Error(`${script} failed: ${running.output()}`, { cause });
  }
}

const medianIn = (values: readonly number[]) => valueOr(medianOf(values), Number.NaN);
const count = (value: number) => Math.round(value).toLocaleString("en");
const database = await createTestDatabase();
const bare = { url: database.url, database: "bare" };
const bareStore = createStore({ ...bare, now: Date.now });
await bareStore.migrate();
const redis = await startRedis();
const profile = values.profile === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${values.profile}`];
const ingest = await startIngest(
  { CLICKHOUSE_URL: database.url, CLICKHOUSE_DATABASE: database.database, REDIS_URL: redis.url },
  { nodeArgs: profile },
);
const enginePid = database.engine.process.pid ?? 0;
const ingestPid = ingest.process.child.pid ?? 0;

async function load(order: Omit<LoadOrder, "url" | "apiKey">): Promise<LoadReport> {
  return runScript<LoadReport>("load.ts", { url: ingest.url, apiKey: API_KEY, ...order });
}

/** What ingest says of its inserts into `predictions` so far. */
async function insertTotals(): Promise<{ inserts: number; seconds: number; rows: number }> {
  const text = await (await fetch(`${ingest.url}/metrics`)).text();
  const total = (name: string) =>
    Number(new RegExp(`^leeway_ingest_${name}\\{table="predictions"\\} (.+)$`, "m").exec(text)?.[1] ?? 0);
  return {
    inserts: total("insert_seconds_count"),
    seconds: total("insert_seconds_sum"),
    rows: total("inserted_rows_total"),
  };
}

// What one phase left to be merged must not be paid for by the next.
async function untilMerged(): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  let quiet = 0;
  while (quiet < 5 && performance.now() < deadline) {
    await sleep(200);
    const before = cpuSeconds(enginePid);
    await sleep(200);
    quiet = cpuSeconds(enginePid) - before < 0.03 ? quiet + 1 : 0;
  }
}

async function measured(title: string, order: Omit<LoadOrder, "url" | "apiKey">): Promise<LoadReport> {
  await untilMerged();
  const before = [cpuSeconds(ingestPid), cpuSeconds(enginePid)];
  const insertsBefore = await insertTotals();
  const report = await load(order);
  const micros = (used: number) => ((used * 1e6) / Math.max(1, report.rows)).toFixed(1);
  const used = [cpuSeconds(ingestPid), cpuSeconds(enginePid)].map((now, at) => now - (before[at] ?? 0));
  const after = await insertTotals();
  const inserts = after.inserts - insertsBefore.inserts;
  const rowsPerInsert = (after.rows - insertsBefore.rows) / inserts;
  const insertMs = ((after.seconds - insertsBefore.seconds) / inserts) * 1_000;
  console.log(
    `${title}: ${count(report.rowsPerSecond)} rows/s, p50 ${report.p50Ms.toFixed(0)} ms, p99 ${report.p99Ms.toFixed(0)} ms, ` +
      `max ${report.maxMs.toFixed(0)} ms, failures ${report.failures}; µs of CPU a row: ingest ${micros(used[0] ?? 0)}, ` +
      `engine ${micros(used[1] ?? 0)}, generator ${micros(report.cpuSeconds)}; ` +
      `${inserts} inserts of ${count(rowsPerInsert)} rows, ${insertMs.toFixed(0)} ms each`,
  );
  return report;
}

async function measureBare(connections: number): Promise<number> {
  await untilMerged();
  const order: BareOrder = { url: bare.url, database: bare.database, connections, seconds };
  const before = cpuSeconds(enginePid);
  const report = await runScript<{ rows: number; rowsPerSecond: number; cpuSeconds: number }>(
    "bare-insert.ts",
    order,
  );
  const engine = ((cpuSeconds(enginePid) - before) * 1e6) / report.rows;
  console.log(
    `bare JSONEachRow, ${connections} connections: ${count(report.rowsPerSecond)} rows/s; µs of CPU a row: engine ${engine.toFixed(1)}, ` +
      `client ${((report.cpuSeconds * 1e6) / report.rows).toFixed(1)}`,
  );
  return report.rowsPerSecond;
}

async function bestConnections(): Promise<number> {
  let best = { connections: 1, rowsPerSecond: 0 };
  for (const connections of [1, 2, 4]) {
    const rowsPerSecond = await measureBare(connections);
    if (rowsPerSecond > best.rowsPerSecond) best = { connections, rowsPerSecond };
  }
  return best.connections;
}

try {
  // Both sides warm: the first seconds compile code and open files.
  await load({ run: "warm", clients: 16, batchRows: 500, seconds: 4 });
  const connections = phases.has("bare") ? await bestConnections() : 0;
  // The machine's own speed moves within minutes: what is compared is measured side by side, and the median round counts.
  const ratios = { top: [] as number[], many: [] as number[] };
  const waits: number[] = [];
  let rate = Number(values.half ?? Number.NaN);
  for (let round = 1; round <= Number(values.rounds); round++) {
    const yardstick = connections > 0 ? await measureBare(connections) : Number.NaN;
    // What is asked for: 1.2 times the bare insert; a quick acknowledgement at half of that, and half of it with small batches.
    if (values.half === undefined) rate = 0.6 * yardstick;
    if (phases.has("top")) {
      const top = await measured(`ingest, ${values.clients} clients × 500 rows`, {
        run: `top-${round}`,
        clients: Number(values.clients),
        batchRows: 500,
        seconds,
      });
      ratios.top.push(top.rowsPerSecond / yardstick);
    }
    if (phases.has("half")) {
      const half = { run: `half-${round}`, clients: 32, batchRows: 500, seconds, rate };
      waits.push((await measured(`ingest at ${count(rate)} rows/s`, half)).p99Ms);
    }
    if (phases.has("many")) {
      const many = await measured("ingest, 200 clients × 10 rows", {
        run: `many-${round}`,
        clients: 200,
        batchRows: 10,
        seconds,
      });
      ratios.many.push(many.rowsPerSecond / yardstick);
    }
  }
  const each = (all: readonly number[], digits: number) =>
    all.map((value) => value.toFixed(digits)).join(", ");
  if (waits.length > 0)
    console.log(`p99 at half: median ${medianIn(waits).toFixed(0)} ms (${each(waits, 0)})`);
  for (const [phase, reached] of Object.entries(ratios)) {
    if (reached.length === 0 || connections === 0) continue;
    console.log(
      `${phase}: median ${medianIn(reached).toFixed(2)} times the bare insert (${each(reached, 2)})`,
    );
  }
  if (values.soak !== undefined) {
    await runSoak({ seconds: Number(values.soak), rate, load, pid: ingestPid });
  }
} finally {
  await ingest.process.end("SIGTERM");
  await redis.process.end("SIGTERM");
  await bareStore.close();
  await database.close();
}
