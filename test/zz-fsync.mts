import { createTestDatabase } from "@leeway/store/testing";
const db = await createTestDatabase();
const c = db.store.client;
const row = (i: number, r: number) => ({ project: "p", model: "m", version: "1", environment: "production", id: `x${r}-${i}`, timestamp: Date.now(), received_at: Date.now(), payload_hash: String(i), numbers: Object.fromEntries(Array.from({ length: 25 }, (_, k) => [`f${k}`, Math.random()])) });
const tables = ["predictions", "labels", "telemetry", "batches"];
async function run(on: number, rows: number, n: number) {
  for (const t of tables) await c.command({ query: `ALTER TABLE ${t} MODIFY SETTING fsync_after_insert = ${on}` });
  const times: number[] = [];
  for (let r = 0; r < n; r++) {
    const values = Array.from({ length: rows }, (_, i) => row(i, r * 10 + on * 100000 + rows * 1e7));
    const s = performance.now();
    await c.insert({ table: "predictions", values, format: "JSONEachRow" });
    times.push(performance.now() - s);
  }
  times.sort((a, b) => a - b);
  console.log(`fsync ${on}, ${rows} rows: median ${times[n >> 1]!.toFixed(1)} ms, p95 ${times[Math.floor(n * 0.95)]!.toFixed(1)}`);
}
await run(0, 100, 20);
for (let k = 0; k < 3; k++) for (const on of [0, 1]) { await run(on, 5000, 15); await run(on, 100, 30); }
await db.close();
