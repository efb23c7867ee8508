// Feature profiles at size: what building them costs, what judging a window from them costs, and how far its statistics are from exact ones.
// Arguments: rows of the large window, rows of the small one, how many features are compared with exact values, rows of the window in which features moved.
import { calibrateDrift, createDriftAssessor } from "@leeway/core/verdicts";
import { createTestDatabase } from "@leeway/store/testing";
import { createEngineMeter } from "./engine-meter.ts";
import { exactStatistics, rawColumn } from "./exact-columns.ts";
import { NUMERIC, SCOPE, type Shift, storeTraffic } from "./traffic.ts";

const LARGE = Number(process.argv[2] ?? 5_000_000);
const SMALL = Number(process.argv[3] ?? 200_000);
const HELD = Number(process.argv[4] ?? 4);
const MOVED = Number(process.argv[5] ?? Math.max(SMALL, LARGE / 10));
const WINDOW = 48 * 3_600_000;
const REFERENCE_WINDOWS = 7;
const REFERENCE_ROWS = 200_000;
const START = Math.ceil(Date.UTC(2026, 0, 5) / WINDOW) * WINDOW;
const REFERENCE = { from: START, to: START + REFERENCE_WINDOWS * WINDOW };

// Small moves, and moves that leave the grid on one side.
const slight: Shift = (i) => (i < 10 ? 0 : (i - 9) * 0.01);
const moved: Shift = (i) => (i % 4 === 0 ? (i % 8 === 0 ? 6 : 0.5) : 0);
const WINDOWS = [
  { name: "large", rows: LARGE, shift: slight },
  { name: "small", rows: SMALL, shift: slight },
  { name: "moved", rows: MOVED, shift: moved },
  { name: "20,000 rows", rows: 20_000, shift: slight },
].map((window, i) => ({ ...window, from: REFERENCE.to + i * WINDOW, to: REFERENCE.to + (i + 1) * WINDOW }));

const test = await createTestDatabase();
const { store, engine } = test;
const { timed } = createEngineMeter(engine);

const span = { from: REFERENCE.from, spanMs: REFERENCE_WINDOWS * WINDOW };
await storeTraffic(store, { name: "r", ...span, rows: REFERENCE_ROWS, shift: () => 0 });
const reference = await timed(`reference of ${REFERENCE_ROWS} rows`, () =>
  store.references.fromWindow("default", { ...SCOPE, id: "ref", source: "window", ...REFERENCE }),
);
const calibration = calibrateDrift(
  await timed("the reference's own windows profiled", () =>
    store.profiles.referenceWindows("default", reference, WINDOW),
  ),
  reference,
  { windowMs: WINDOW },
);
for (const { name, from, rows, shift } of WINDOWS) {
  await timed(`${name}: ${rows} rows stored`, () =>
    storeTraffic(store, { name, from, spanMs: WINDOW, rows, shift }),
  );
  await timed(`${name}: profiled`, () =>
    store.profiles.refresh("default", { ...SCOPE, reference, windowMs: WINDOW }, { from }),
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

const assess = createDriftAssessor({ reference, calibration });
const judge = async ({ from, to }: { from: number; to: number }) => {
  const [profile] = await store.profiles.windows("default", {
    ...SCOPE,
    reference,
    windowMs: WINDOW,
    from,
    to,
  });
  return assess(profile!);
};
for (let round = 1; round <= 5; round++) {
  for (const window of WINDOWS) {
    const verdict = await timed(`${window.name}: read and judged, round ${round}`, () => judge(window));
    if (round === 1) console.log(`  ${verdict.outcome}: ${verdict.reason}`);
  }
}
console.log(`this process: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MiB resident`);

// Spread over the shapes and the moves.
const held = NUMERIC.filter((_, i) => i % Math.ceil(NUMERIC.length / HELD) === 0);
const references = new Map<string, Float64Array>();
for (const feature of held) {
  references.set(feature, await rawColumn(store, feature, REFERENCE.from, REFERENCE.to));
}
for (const window of WINDOWS) {
  const { detail } = await judge(window);
  const errors: { psi: number; ks: number }[] = [];
  for (const feature of held) {
    const raw = await rawColumn(store, feature, window.from, window.to);
    const exact = exactStatistics(references.get(feature)!, raw);
    const { psi = null, ks_statistic = null } = detail.features[feature] ?? {};
    errors.push({
      psi: Math.abs((psi ?? Number.NaN) - exact.psi),
      ks: Math.abs((ks_statistic ?? Number.NaN) - exact.ks),
    });
  }
  const worst = (of: "psi" | "ks") => Math.max(...errors.map((error) => error[of])).toExponential(2);
  console.log(
    `${window.name}: largest error of ${held.length} features: PSI ${worst("psi")}, KS ${worst("ks")}`,
  );
}
await test.close();
