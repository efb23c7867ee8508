import { readFileSync } from "node:fs";
import { createTestDatabase } from "@leeway/store/testing";

// How long it takes to lay N labels beside N predictions, and what one late label costs afterwards.
const N = Number(process.argv[2] ?? 1_000_000);
const START = Date.UTC(2026, 0, 5);
const SPAN_MS = 30 * 86_400_000;
const STEP = 500_000;

const test = await createTestDatabase();
const { store, engine } = test;
const command = (query: string) => store.client.command({ query });
const one = async (query: string) => {
  const answer = await store.client.query({ query, format: "JSONEachRow" });
  return ((await answer.json()) as Record<string, number>[])[0] ?? {};
};
const memoryMiB = () => {
  const status = readFileSync(`/proc/${engine.process.pid}/status`, "utf8");
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
};
const cpuSeconds = () => {
  const fields = readFileSync(`/proc/${engine.process.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
async function timed(what: string, run: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  const cpu = cpuSeconds();
  await run();
  const seconds = ((performance.now() - started) / 1_000).toFixed(2);
  console.log(`${what}: ${seconds} s, ${(cpuSeconds() - cpu).toFixed(2)} s CPU, peak ${memoryMiB()} MiB`);
}

const at = (expression: string) => `fromUnixTimestamp64Milli(toInt64(${expression}), 'UTC')`;
await timed(`${N} predictions stored`, async () => {
  for (let from = 0; from < N; from += STEP) {
    await command(`INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, score)
      SELECT 'default', 'm', '1', 'production', lower(hex(MD5(toString(number)))), ${at(`${START} + intDiv(number * ${SPAN_MS}, ${N})`)},
        ${at(`${START} + intDiv(number * ${SPAN_MS}, ${N})`)}, number, (number % 1000) / 1000 FROM numbers(${from}, ${Math.min(STEP, N - from)})`);
  }
});
await timed(`${N} labels stored`, async () => {
  for (let from = 0; from < N; from += STEP) {
    await command(`INSERT INTO labels (project, model, prediction_id, label, timestamp, received_at, payload_hash)
      SELECT 'default', 'm', lower(hex(MD5(toString(number)))), if(number % 5 = 0, '1', '0'),
        ${at(`${START} + intDiv(number * ${SPAN_MS}, ${N}) + 86400000`)}, ${at(`${START} + ${SPAN_MS} + number % 1000`)}, number
      FROM numbers(${from}, ${Math.min(STEP, N - from)})`);
  }
});
await timed("joined", () => store.labels.resolve("default", "m"));
console.log(
  await one("SELECT count() AS resolved, uniqExact(prediction_id) AS predictions FROM resolved_labels"),
);
for (const late of [1, 100, 10_000]) {
  await command(`INSERT INTO labels (project, model, prediction_id, label, timestamp, received_at, payload_hash)
    SELECT 'default', 'm', lower(hex(MD5(toString(number * ${Math.floor(N / late)})))), '1', ${at(`${START} + ${SPAN_MS} * 2`)},
      now64(3), number + ${late * 1_000_000} FROM numbers(${late})`);
  await timed(`${late} late labels`, () => store.labels.resolve("default", "m"));
}
console.log(await one("SELECT count() AS resolved FROM resolved_labels"));
await test.close();
