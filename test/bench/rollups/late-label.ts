import { createTestDatabase } from "@leeway/store/testing";
import { createEvaluator } from "../../../analyzer/src/create-evaluator.ts";
import { createFailureBackoff } from "../../../analyzer/src/queues/failure-backoff.ts";
import { createModelClocks } from "../../../analyzer/src/reconcile/model-clocks.ts";

// What one late label into an old hourly window costs a whole pass (join, verdicts, saving), by how many windows came after it.
const [histories = "10,100", rows = "10000"] = process.argv.slice(2);
const ROWS = Number(rows);
const HOUR = 3_600_000;
const START = Date.UTC(2026, 0, 5);
const LABELS = 9;
// Four days of windows come before it: the reference and the baseline are made of them.
const TOUCHED = 96;

const at = (ms: string) => `fromUnixTimestamp64Milli(toInt64(${ms}), 'UTC')`;

for (const history of histories.split(",").map(Number)) {
  const windows = TOUCHED + 1 + history;
  const end = START + windows * HOUR;
  let now = end + HOUR;
  const database = await createTestDatabase({ now: () => now });
  const { store } = database;
  const command = (query: string) => store.client.command({ query });
  const rowsRead = async () => {
    const query = "SELECT sum(value) AS rows FROM system.events WHERE event = 'SelectedRows'";
    const answer = await store.client.query({ query, format: "JSONEachRow" });
    return Number(((await answer.json()) as { rows: string }[])[0]?.rows ?? 0);
  };
  for (let hour = 0; hour < windows; hour++) {
    const id = `concat('p-', toString(${hour}), '-', toString(number))`;
    const score = `((cityHash64(number, ${hour}) % 9000) + 500) / 10000`;
    const time = `${START + hour * HOUR} + intDiv(number * ${HOUR}, ${ROWS})`;
    const came = `least(${time} + 1800000, ${end - 1})`;
    await command(`INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, score, numbers)
      SELECT 'default', 'm', '1', 'production', ${id}, ${at(time)}, ${at(time)}, number, ${score}, map('x', ${score} * 3 + number % 7)
      FROM numbers(${ROWS})`);
    await command(`INSERT INTO labels (project, model, prediction_id, label, timestamp, received_at, payload_hash)
      SELECT 'default', 'm', ${id}, if(cityHash64(number, ${hour}, 'truth') % 10000 < ${score} * 10000, 'true', 'false'),
        ${at(came)}, ${at(came)}, number
      FROM numbers(${ROWS})`);
  }
  const evaluate = createEvaluator({
    store,
    clocks: createModelClocks({ store, idleMs: 600_000_000, now: () => now }),
    memory: new Map(),
    backoff: createFailureBackoff(() => now),
    now: () => now,
  });
  const started = performance.now();
  for (let pass = 0; pass < 4; pass++) {
    while (!(await evaluate({ project: "default", model: "m" })).isComplete);
    now += 120_000;
  }
  const settledAfter = ((performance.now() - started) / 1_000).toFixed(1);
  const times: number[] = [];
  const read: number[] = [];
  const judged: number[] = [];
  for (let label = 0; label < LABELS; label++) {
    await command(`INSERT INTO labels (project, model, prediction_id, label, timestamp, received_at, payload_hash)
      SELECT 'default', 'm', 'p-${TOUCHED}-${label}', 'true', ${at(String(end - 1))}, ${at(String(now))}, 1000000 + ${label}`);
    const before = await rowsRead();
    const from = performance.now();
    const pass = await evaluate({ project: "default", model: "m" });
    times.push(performance.now() - from);
    read.push((await rowsRead()) - before);
    judged.push(pass.result.windows);
    now += 120_000;
    // Windows that rows touched are looked at once more when they have settled: not what the label itself costs.
    await evaluate({ project: "default", model: "m" });
    now += 120_000;
  }
  const median = (values: number[]) => Math.round([...values].sort((a, b) => a - b)[LABELS >> 1]!);
  console.log(
    `${windows} windows of ${ROWS} rows, ${history} after the touched one (all judged after ${settledAfter} s): ` +
      `a late label ${median(times)} ms (${times.map(Math.round).join(" ")}), ${median(read)} rows read (${read.join(" ")}), windows judged ${judged.join(" ")}`,
  );
  await database.close();
}
