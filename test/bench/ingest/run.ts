// Ingest against a bare insert on one machine: node --import tsx test/bench/ingest/run.ts [--seconds 10] [--soak 600] [--profile DIR]
import { parseArgs } from "node:util";
import { createTestDatabase } from "@leeway/store/testing";
import { startProcess } from "../../integration/ingest/start-process.ts";
import { API_KEY, startIngest, startRedis } from "../../integration/ingest/start-services.ts";
import type { BareOrder } from "./bare-insert.ts";
import { cpuSeconds } from "./cpu-seconds.ts";
import type { LoadOrder, LoadReport } from "./load.ts";
import { runSoak } from "./soak.ts";

const { values } = parseArgs({
  options: {
    seconds: { type: "string", default: "10" },
    soak: { type: "string" },
    profile: { type: "string" },
    skip: { type: "string", default: "" },
  },
});
const seconds = Number(values.seconds);
const skips = new Set(values.skip.split(","));

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

const count = (value: number) => Math.round(value).toLocaleString("en");
const database = await createTestDatabase();
const bare = await createTestDatabase({ engine: database.engine });
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

async function measured(title: string, order: Omit<LoadOrder, "url" | "apiKey">): Promise<LoadReport> {
  const before = [cpuSeconds(ingestPid), cpuSeconds(enginePid)];
  const report = await load(order);
  const micros = (used: number) => ((used * 1e6) / Math.max(1, report.rows)).toFixed(1);
  const used = [cpuSeconds(ingestPid), cpuSeconds(enginePid)].map((now, at) => now - (before[at] ?? 0));
  console.log(
    `${title}: ${count(report.rowsPerSecond)} rows/s, p50 ${report.p50Ms.toFixed(0)} ms, p99 ${report.p99Ms.toFixed(0)} ms, ` +
      `max ${report.maxMs.toFixed(0)} ms, failures ${report.failures}; µs of CPU a row: ingest ${micros(used[0] ?? 0)}, ` +
      `engine ${micros(used[1] ?? 0)}, generator ${micros(report.cpuSeconds)}`,
  );
  return report;
}

async function measureBare(): Promise<number> {
  let best = 0;
  for (const connections of [1, 2, 4]) {
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
    best = Math.max(best, report.rowsPerSecond);
  }
  return best;
}

try {
  // Both sides warm: the first seconds compile code and open files.
  await load({ run: "warm", clients: 8, batchRows: 500, seconds: 3 });
  const best = skips.has("bare") ? Number.NaN : await measureBare();
  let top = 0;
  for (const [gives, clients] of [
    ["objects", 8],
    ["objects", 32],
    ["text", 32],
  ] as const) {
    const title = `ingest, ${clients} clients × 500 rows from ${gives}`;
    const report = await measured(title, {
      run: `${gives}-${clients}`,
      clients,
      batchRows: 500,
      seconds,
      gives,
    });
    top = Math.max(top, report.rowsPerSecond);
  }
  console.log(`ingest reaches ${(top / best).toFixed(2)} times the bare insert`);
  await measured("ingest at half of that", {
    run: "half",
    clients: 32,
    batchRows: 500,
    seconds,
    rate: top / 2,
  });
  const many = await measured("ingest, 200 clients × 10 rows", {
    run: "many",
    clients: 200,
    batchRows: 10,
    seconds,
  });
  console.log(`200 clients with small batches reach ${(many.rowsPerSecond / top).toFixed(2)} of it`);
  if (values.soak !== undefined) {
    await runSoak({ seconds: Number(values.soak), rate: top / 2, load, pid: ingestPid });
  }
} finally {
  await ingest.process.end("SIGTERM");
  await redis.process.end("SIGTERM");
  await bare.close();
  await database.close();
}
