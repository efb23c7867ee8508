import type { Monitor, Reference } from "@leeway/core/records";
import { type Segment, segmentKey } from "@leeway/core/segment";
import type { Store } from "@leeway/store";

const HOUR = 3_600_000;
const NUMBERS = Array.from({ length: 20 }, (_, i) => `'n${i}', ${i} + randNormal(0, 1, ${i})`).join(", ");
const STRINGS = [4, 10, 50, 500]
  .map((k, i) => `'s${i}', concat('c', toString(rand(${i + 100}) % ${k}))`)
  .join(", ");

/** Fleet is many models with hourly windows, 25 features and a score each; hours before `judgedFrom` are their references. */
export interface Fleet {
  models: string[];
  from: number;
  judgedFrom: number;
  to: number;
}

/** FleetSize is how many models there are, for how many hours, how many drift monitors of a segment each has, and how many rows an hour. */
export interface FleetSize {
  models: number;
  windows: number;
  /** At most ten: each is a category of one feature, a tenth of the rows. */
  segments: number;
  rowsAnHour: number;
}

/** storeFleet stores the models, a day of reference and `windows` hours of traffic after it, which end with the last whole hour before `now`. */
export async function storeFleet(
  store: Store,
  { models, windows, segments, rowsAnHour }: FleetSize,
  now: number,
): Promise<Fleet> {
  const to = Math.floor(now / HOUR) * HOUR;
  const judgedFrom = to - windows * HOUR;
  const from = judgedFrom - 24 * HOUR;
  const fleet = { models: Array.from({ length: models }, (_, i) => `model-${i}`), from, judgedFrom, to };
  let reference: Reference | undefined;
  for (const model of fleet.models) {
    await store.records.model.put(
      "default",
      model,
      { model, task: "binary", configured: true, window: HOUR, created_at: from },
      "bench",
    );
    await storeRows(store, model, { from, to, rows: ((to - from) / HOUR) * rowsAnHour });
    // All models draw from the same distributions: one's bins are as good for the others, and take a second to make.
    reference ??= await store.references.fromWindow("default", {
      ...{ model, version: "1", environment: "production", source: "window", id: "reference" },
      ...{ from, to: judgedFrom },
    });
    const id = `reference-${model}`;
    await store.records.reference.put("default", id, { ...reference, id, model }, "bench");
    // A model that has drift monitors of its own gets none by itself.
    if (segments > 0) await storeMonitor(store, driftMonitor(model, {}));
    for (let i = 0; i < segments; i++) await storeMonitor(store, driftMonitor(model, { s1: `c${i}` }));
  }
  return fleet;
}

/** driftMonitor returns a drift monitor of hourly windows on all traffic of a model (an empty segment) or on a segment. */
export function driftMonitor(model: string, segment: Segment): Monitor {
  const id = `${model}/drift ${segmentKey(segment)}`;
  return {
    ...{ id, model, kind: "drift", environment: "production", window: HOUR, segment },
    ...{ minimum_count: 30, enabled: true, automatic: false, created_at: 0 },
  };
}

async function storeMonitor(store: Store, monitor: Monitor): Promise<void> {
  await store.records.monitor.put("default", monitor.id, monitor, "bench");
}

/** storeRows stores predictions of a model, spread evenly over `[from, to)`. */
export async function storeRows(
  store: Store,
  model: string,
  span: { from: number; to: number; rows: number },
): Promise<void> {
  const { from, to, rows } = span;
  await store.client.command({
    query: `INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, numbers, strings, booleans, score, latency_ms)
      SELECT 'default', '${model}', '1', 'production', toString(generateUUIDv4()), fromUnixTimestamp64Milli(toInt64(${from} + intDiv(number * ${to - from}, ${rows})), 'UTC'),
        now64(3), number, map(${NUMBERS}), map(${STRINGS}), map('b0', rand(200) % 3 = 0), rand(201) / 4294967296., 5 + rand(202) % 40
      FROM numbers(${rows})`,
  });
}
