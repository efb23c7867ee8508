/**
 * Exact drift statistics from raw columns against a prepared reference of a million rows, side by side with SciPy.
 *
 *   node --import tsx test/bench/statistics/drift-kernel.ts [referenceRows]
 *
 * Twenty numeric features (PSI and Kolmogorov–Smirnov) and five categorical ones (PSI and chi-square). One thread. SciPy reads the
 * same columns from a temporary folder, which is removed; it is left out where Debian's python3-scipy is missing.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createRandom, drawNormal, type RandomSource } from "@leeway/core/random";
import {
  type CategoryCounts,
  categoricalDrift,
  compareWindow,
  countCategories,
  type PreparedReference,
  prepareReference,
} from "@leeway/core/statistics";

const REFERENCE_ROWS = Number(process.argv[2] ?? 1_000_000);
const WINDOW_ROWS = [100_000, 1_000_000];
const REPEATS = 7;
const CATEGORIES = ["android", "ios", "web", "partner", "kiosk", "callcentre", "batch", "other"];

const shapes: ((random: RandomSource) => number)[] = [
  (random) => drawNormal(random),
  (random) => Math.exp(drawNormal(random)),
  (random) => -Math.log(1 - random()) * 30,
  (random) => Math.floor(random() * 5),
  (random) => (random() < 0.7 ? 0 : Math.exp(drawNormal(random))),
  (random) => Math.floor(1000 * drawNormal(random)),
  (random) => 1e9 + drawNormal(random),
  (random) => Math.tan(Math.PI * (random() - 0.5)),
  (random) => Math.round(Math.exp(3 + drawNormal(random)) * 100) / 100,
  (random) => (random() < 0.5 ? drawNormal(random) : 6 + drawNormal(random)),
];

type Columns = { numeric: Float64Array[]; codes: Uint8Array[]; categories: string[][] };

function drawColumns(rows: number, seed: number, shift: number): Columns {
  const random = createRandom(seed);
  const numeric = Array.from({ length: 20 }, (_, feature) => {
    const draw = shapes[feature % shapes.length]!;
    return Float64Array.from({ length: rows }, () => draw(random) + (feature === 0 ? shift : 0));
  });
  const codes = Array.from({ length: 5 }, () =>
    Uint8Array.from({ length: rows }, () => Math.floor(random() ** 2 * CATEGORIES.length)),
  );
  return {
    numeric,
    codes,
    categories: codes.map((column) => Array.from(column, (code) => CATEGORIES[code]!)),
  };
}

type Prepared = { numeric: PreparedReference[]; categorical: CategoryCounts[] };

function prepare(columns: Columns): Prepared {
  const numeric = columns.numeric.map((column) => {
    const prepared = prepareReference(column);
    if (prepared.outcome !== "ok") throw new Error(prepared.reason);
    return prepared.reference;
  });
  return { numeric, categorical: columns.categories.map(countCategories) };
}

type Results = { d: number[]; psi: number[]; chiSquare: number[] };

function compare(prepared: Prepared, window: Columns): Results {
  const results: Results = { d: [], psi: [], chiSquare: [] };
  prepared.numeric.forEach((reference, feature) => {
    const { ks, psi } = compareWindow(reference, window.numeric[feature]!);
    results.d.push(ks.outcome === "ok" ? ks.statistic : Number.NaN);
    results.psi.push(psi.outcome === "ok" ? psi.psi : Number.NaN);
  });
  prepared.categorical.forEach((reference, feature) => {
    const { chiSquare } = categoricalDrift(reference, countCategories(window.categories[feature]!));
    results.chiSquare.push(chiSquare.outcome === "ok" ? chiSquare.statistic : Number.NaN);
  });
  return results;
}

function timed<Value>(work: () => Value): { value: Value; seconds: number } {
  const start = performance.now();
  const value = work();
  return { value, seconds: (performance.now() - start) / 1000 };
}

function writeColumns(folder: string, name: string, { numeric, codes }: Columns): void {
  numeric.forEach((column, i) => {
    writeFileSync(path.join(folder, `${name}-numeric-${i}.bin`), column);
  });
  codes.forEach((column, i) => {
    writeFileSync(path.join(folder, `${name}-codes-${i}.bin`), column);
  });
}

function runScipy(folder: string, windows: string[]): Record<string, Results & { seconds: number }> | null {
  try {
    execFileSync("/usr/bin/python3", ["-c", "import scipy"], { stdio: "ignore" });
  } catch (cause) {
    console.log(`SciPy is left out: python3-scipy is not installed (${(cause as Error).name}).`);
    return null;
  }
  const script = path.join(import.meta.dirname, "drift_kernel_scipy.py");
  const output = execFileSync("/usr/bin/python3", [script, folder, ...windows], { encoding: "utf8" });
  return JSON.parse(output) as Record<string, Results & { seconds: number }>;
}

function largestDifference(ours: Results, theirs: Results): number {
  let largest = 0;
  for (const key of ["d", "psi", "chiSquare"] as const) {
    ours[key].forEach((value, i) => {
      largest = Math.max(largest, Math.abs(value - theirs[key][i]!) / Math.max(1, Math.abs(value)));
    });
  }
  return largest;
}

const folder = mkdtempSync(path.join(tmpdir(), "leeway-bench-"));
try {
  const reference = drawColumns(REFERENCE_ROWS, 1, 0);
  writeColumns(folder, "reference", reference);
  const preparation = timed(() => prepare(reference));
  console.log(
    `reference: ${REFERENCE_ROWS} rows × 25 features, prepared once in ${preparation.seconds.toFixed(2)} s`,
  );
  const ours = new Map<string, { best: number; median: number; results: Results }>();
  for (const rows of WINDOW_ROWS) {
    const window = drawColumns(rows, 2, 0.02);
    writeColumns(folder, String(rows), window);
    const runs = Array.from({ length: REPEATS }, () => timed(() => compare(preparation.value, window)));
    const seconds = runs.map((run) => run.seconds).sort((a, b) => a - b);
    ours.set(String(rows), { best: seconds[0]!, median: seconds[REPEATS >> 1]!, results: runs[0]!.value });
  }
  const scipy = runScipy(folder, [...ours.keys()]);
  console.table(
    [...ours].map(([rows, { best, median, results }]) => {
      const theirs = scipy?.[rows];
      return {
        "window rows": Number(rows),
        "ours, median s": Number(median.toFixed(4)),
        "ours, best s": Number(best.toFixed(4)),
        "SciPy, best s": theirs ? Number(theirs.seconds.toFixed(3)) : "–",
        "times faster (median)": theirs ? Number((theirs.seconds / median).toFixed(1)) : "–",
        "largest difference": theirs ? largestDifference(results, theirs) : "–",
      };
    }),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
