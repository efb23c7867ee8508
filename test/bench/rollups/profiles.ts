import { readFileSync } from "node:fs";
import type { Reference, ReferenceFeature } from "@leeway/core/records";
import { ksFromGridCounts, psiFromGridCounts } from "@leeway/core/statistics";
import { createTestDatabase } from "@leeway/store/testing";

// Feature profiles at size: what building and reading them costs, and how far statistics from counts are from exact ones.
// Arguments: rows of the large window, rows of the small one.
const LARGE = Number(process.argv[2] ?? 5_000_000);
const SMALL = Number(process.argv[3] ?? 200_000);
const HOUR = 3_600_000;
const HOURS = 48;
const WINDOW = HOURS * HOUR;
const REFERENCE_FROM = Date.UTC(2026, 0, 5);
const LARGE_FROM = Math.ceil((REFERENCE_FROM + WINDOW) / (7 * 24 * HOUR)) * 7 * 24 * HOUR;
const SMALL_FROM = LARGE_FROM + 7 * 24 * HOUR;
const REFERENCE_ROWS = 200_000;
const STEP = 250_000;

const NUMERIC = Array.from({ length: 20 }, (_, i) => `n${String(i).padStart(2, "0")}`);
const shapes = (i: number, seed: number) => {
  switch (i % 4) {
    case 0:
      return `randNormal(${i * 1_000}, ${i + 1}, ${seed})`;
    case 1:
      return `exp(randNormal(0, 1, ${seed}))`;
    case 2:
      return `toFloat64(rand(${seed}) % 100)`;
    default:
      return `rand(${seed}) / 4294967296.`;
  }
};

const test = await createTestDatabase();
const { store, engine } = test;
const command = (query: string) => store.client.command({ query });
const cpuSeconds = () => {
  const fields = readFileSync(`/proc/${engine.process.pid}/stat`, "utf8").split(") ")[1]!.split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
async function timed<T>(what: string, run: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const cpu = cpuSeconds();
  const result = await run();
  const seconds = ((performance.now() - started) / 1_000).toFixed(3);
  console.log(`${what}: ${seconds} s, ${(cpuSeconds() - cpu).toFixed(2)} s engine CPU`);
  return result;
}

async function fill(name: string, from: number, spanMs: number, rows: number): Promise<void> {
  const numbers = NUMERIC.map((feature, i) => `'${feature}', ${shapes(i, i + 1)}`).join(", ");
  const strings = [4, 10, 50, 500]
    .map((k, i) => `'s${i}', concat('c', toString(rand(${i + 100}) % ${k}))`)
    .join(", ");
  for (let at = 0; at < rows; at += STEP) {
    const time = `fromUnixTimestamp64Milli(toInt64(${from} + intDiv(number * ${spanMs}, ${rows})), 'UTC')`;
    await command(`INSERT INTO predictions (project, model, version, environment, id, timestamp, received_at, payload_hash, numbers, strings, booleans, score)
      SELECT 'default', 'm', '1', 'production', concat('${name}', lower(hex(sipHash64(number)))), ${time}, ${time}, number,
        map(${numbers}), map(${strings}), map('b0', rand(200) % 3 = 0), rand(201) / 4294967296.
      FROM numbers(${at}, ${Math.min(STEP, rows - at)})`);
  }
}

await timed(`${REFERENCE_ROWS} + ${LARGE} + ${SMALL} rows stored`, async () => {
  await fill("r", REFERENCE_FROM, WINDOW, REFERENCE_ROWS);
  await fill("l", LARGE_FROM, WINDOW, LARGE);
  await fill("s", SMALL_FROM, WINDOW, SMALL);
});
const scope = { model: "m", version: "1", environment: "production" } as const;
const reference: Reference = await timed(`reference of ${REFERENCE_ROWS} rows`, () =>
  store.references.fromWindow("default", {
    ...scope,
    id: "ref",
    source: "window",
    from: REFERENCE_FROM,
    to: REFERENCE_FROM + WINDOW,
  }),
);
for (const [name, from] of [
  ["small", SMALL_FROM],
  ["large", LARGE_FROM],
] as const) {
  await timed(`${name} window profiled (${HOURS} hours)`, () =>
    store.profiles.refresh("default", { ...scope, reference, windowMs: 7 * 24 * HOUR }, from),
  );
}
const [size] = (await (
  await store.client.query({
    query:
      "SELECT sum(bytes_on_disk) / 1024 AS kib FROM system.parts WHERE active AND database = currentDatabase() AND table = 'feature_profiles'",
    format: "JSONEachRow",
  })
).json()) as { kib: number }[];
console.log(`roll-up on disk: ${size?.kib.toFixed(0)} KiB`);

const windowOf = (from: number) => ({
  ...scope,
  reference,
  windowMs: 7 * 24 * HOUR,
  from,
  to: from + 7 * 24 * HOUR,
});
function statistics(feature: ReferenceFeature, counts: readonly number[]) {
  const { grid, counts: expected } = feature.numeric!;
  const psi = psiFromGridCounts(grid, expected, counts);
  const ks = ksFromGridCounts(grid, expected, counts);
  return {
    psi: psi.outcome === "ok" ? psi.psi : Number.NaN,
    ks: ks.outcome === "ok" ? ks.statistic : Number.NaN,
  };
}
for (const round of [1, 2, 3]) {
  for (const [name, from] of [
    ["large", LARGE_FROM],
    ["small", SMALL_FROM],
  ] as const) {
    await timed(`${name} window read and evaluated, round ${round}`, async () => {
      const [window] = await store.profiles.windows("default", windowOf(from));
      return reference.features.flatMap((feature, i) =>
        feature.numeric === undefined ? [] : [statistics(feature, window!.features[i]!.numeric!.counts)],
      );
    });
  }
}
await test.close();
