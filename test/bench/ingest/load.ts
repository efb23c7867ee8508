// The load generator, a process of its own: argv[2] is a JSON LoadOrder, the last line printed a JSON LoadReport.
import { makeRows } from "./make-rows.ts";
import { openConnection } from "./raw-connection.ts";
import { RequestTemplate } from "./request-template.ts";

/** LoadOrder says what to send: `rate` rows a second, or as fast as the answers come where absent. */
export interface LoadOrder {
  url: string;
  apiKey: string;
  clients: number;
  batchRows: number;
  seconds: number;
  rate?: number;
  /** Keeps ids of runs apart. */
  run: string;
}

export interface LoadReport {
  rows: number;
  seconds: number;
  rowsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  failures: number;
  cpuSeconds: number;
}

const ROWS = 5_000;
const PAUSE_AFTER_FAILURE_MS = 50;

const order = JSON.parse(process.argv[2] ?? "{}") as LoadOrder;
const { host, hostname, port } = new URL(order.url);
const rows = makeRows(ROWS, Date.now());
const latencies: number[] = [];
let sent = 0;
let acknowledged = 0;
let failures = 0;

function templateOf(client: number): RequestTemplate {
  const own = Array.from({ length: order.batchRows }, (_unused, at) => {
    const row = rows[(client * order.batchRows + at) % ROWS];
    if (row === undefined) throw new Error("no rows");
    return row;
  });
  return new RequestTemplate({ host, apiKey: order.apiKey, run: order.run, rows: own });
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function runClient(template: RequestTemplate, startedAt: number, deadline: number): Promise<void> {
  let connection = await openConnection(hostname, Number(port));
  while (performance.now() < deadline) {
    const first = sent;
    sent += order.batchRows;
    let at = performance.now();
    if (order.rate !== undefined) {
      // A late start counts as waiting: a sender who was due while all were busy would have waited too.
      const due = startedAt + (first / order.rate) * 1_000;
      if (due > at) await pause(due - at);
      at = due;
    }
    template.number(first);
    const status = await connection.send(template.bytes);
    latencies.push(performance.now() - at);
    if (status === 200) acknowledged += order.batchRows;
    else {
      failures++;
      await pause(PAUSE_AFTER_FAILURE_MS);
      if (status === 0) connection = await openConnection(hostname, Number(port));
    }
  }
  connection.close();
}

const templates = Array.from({ length: order.clients }, (_unused, client) => templateOf(client));
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const deadline = startedAt + order.seconds * 1_000;
await Promise.all(templates.map((template) => runClient(template, startedAt, deadline)));
const seconds = (performance.now() - startedAt) / 1_000;
const sorted = latencies.sort((a, b) => a - b);
const quantile = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
const { user, system } = process.cpuUsage(cpuBefore);
const report: LoadReport = {
  rows: acknowledged,
  seconds,
  rowsPerSecond: acknowledged / seconds,
  p50Ms: quantile(0.5),
  p99Ms: quantile(0.99),
  maxMs: sorted.at(-1) ?? 0,
  failures,
  cpuSeconds: (user + system) / 1e6,
};
console.log(JSON.stringify(report));
process.exit(0);
