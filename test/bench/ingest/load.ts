// The load generator, a process of its own: argv[2] is a JSON LoadOrder, the last line printed a JSON LoadReport.
import { Agent, request } from "node:http";
import { makeRows, templateOf } from "./make-rows.ts";

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
  gives?: "text" | "objects";
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

const order = JSON.parse(process.argv[2] ?? "{}") as LoadOrder;
const rows = makeRows(5_000, Date.now());
const templates = rows.map(templateOf);
const agent = new Agent({ keepAlive: true, maxSockets: order.clients });
const latencies: number[] = [];
let sent = 0;
let acknowledged = 0;
let failures = 0;

function bodyOf(start: number): string {
  if (order.gives === "objects") {
    const predictions = Array.from({ length: order.batchRows }, (_unused, at) => ({
      ...rows[(start + at) % rows.length],
      id: `${order.run}-${start + at}`,
    }));
    return JSON.stringify({ batch_id: `${order.run}-${start}`, predictions });
  }
  let body = `{"batch_id":"${order.run}-${start}","predictions":[`;
  for (let at = 0; at < order.batchRows; at++) {
    const template = templates[(start + at) % templates.length];
    body += `${at === 0 ? "" : ","}${template?.before}${order.run}-${start + at}${template?.after}`;
  }
  return `${body}]}`;
}

function post(body: string): Promise<number> {
  return new Promise((resolve) => {
    const call = request(
      `${order.url}/v1/predictions`,
      {
        method: "POST",
        agent,
        headers: {
          authorization: `Bearer ${order.apiKey}`,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
      },
      (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode ?? 0));
      },
    );
    call.once("error", () => resolve(0));
    call.end(body);
  });
}

async function client(deadline: number, startedAt: number): Promise<void> {
  while (performance.now() < deadline) {
    const start = sent;
    sent += order.batchRows;
    if (order.rate !== undefined) {
      const due = startedAt + (start / order.rate) * 1_000;
      const wait = due - performance.now();
      if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    }
    const body = bodyOf(start);
    const at = performance.now();
    const status = await post(body);
    latencies.push(performance.now() - at);
    if (status === 200) acknowledged += order.batchRows;
    else {
      failures++;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

const startedAt = performance.now();
const deadline = startedAt + order.seconds * 1_000;
await Promise.all(Array.from({ length: order.clients }, () => client(deadline, startedAt)));
const seconds = (performance.now() - startedAt) / 1_000;
const sorted = latencies.sort((a, b) => a - b);
const quantile = (q: number) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
const { user, system } = process.cpuUsage();
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
