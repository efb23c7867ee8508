// The yardstick, a process of its own: rows straight into the `predictions` table through @clickhouse/client, JSONEachRow, 5,000 an insert.
import { createStore } from "@leeway/store";
import { makeRows, storedRow } from "./make-rows.ts";

export interface BareOrder {
  url: string;
  database: string;
  connections: number;
  seconds: number;
}

const INSERT_ROWS = 5_000;
const order = JSON.parse(process.argv[2] ?? "{}") as BareOrder;
const { client } = createStore({ url: order.url, database: order.database, now: Date.now });
const rows = makeRows(INSERT_ROWS, Date.now()).map(storedRow);
let inserted = 0;

async function connection(number: number, deadline: number): Promise<void> {
  for (let turn = 0; performance.now() < deadline; turn++) {
    const values = rows.map((row, at) => ({
      ...row,
      id: `bare-${order.connections}-${number}-${turn}-${at}`,
    }));
    await client.insert({ table: "predictions", values, format: "JSONEachRow" });
    inserted += INSERT_ROWS;
  }
}

const startedAt = performance.now();
const deadline = startedAt + order.seconds * 1_000;
await Promise.all(
  Array.from({ length: order.connections }, (_unused, number) => connection(number, deadline)),
);
const seconds = (performance.now() - startedAt) / 1_000;
const { user, system } = process.cpuUsage();
const cpuSeconds = (user + system) / 1e6;
console.log(JSON.stringify({ rows: inserted, seconds, rowsPerSecond: inserted / seconds, cpuSeconds }));
await client.close();
