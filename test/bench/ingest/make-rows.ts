/** A prediction of the benchmark: 20 numeric and 5 text features, as a mid-sized tabular model has them. */
export interface BenchRow {
  id: string;
  timestamp: number;
  model: string;
  version: string;
  features: Record<string, number | string>;
  prediction: { score: number; label: boolean };
  latency_ms: number;
  tags: Record<string, string>;
}

/** makeRows returns `count` rows from a seeded generator, `now` apart by ten milliseconds each, going back. */
export function makeRows(count: number, now: number, seed = 1): BenchRow[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: count }, (_unused, row) => {
    const features: Record<string, number | string> = {};
    for (let index = 0; index < 20; index++)
      features[`numeric_${index}`] = (random() - 0.5) * 10 ** (index % 5);
    for (let index = 0; index < 5; index++)
      features[`category_${index}`] = `value_${Math.floor(random() * 20)}`;
    return {
      id: "",
      timestamp: now - row * 10,
      model: "bench",
      version: "1",
      features,
      prediction: { score: random(), label: random() > 0.5 },
      latency_ms: random() * 20,
      tags: { region: "eu" },
    };
  });
}

/** storedRow returns a row in the columns of the `predictions` table, for a bare insert of the same data. */
export function storedRow(row: BenchRow): Record<string, unknown> {
  const numbers: Record<string, number> = {};
  const strings: Record<string, string> = {};
  for (const [name, value] of Object.entries(row.features)) {
    if (typeof value === "number") numbers[name] = value;
    else strings[name] = value;
  }
  const timestamp = new Date(row.timestamp).toISOString().replace("T", " ").replace("Z", "");
  return {
    project: "default",
    model: row.model,
    version: row.version,
    environment: "production",
    id: row.id,
    timestamp,
    received_at: timestamp,
    payload_hash: 1,
    numbers,
    strings,
    predicted_label: String(row.prediction.label),
    score: row.prediction.score,
    latency_ms: row.latency_ms,
    tags: row.tags,
  };
}
