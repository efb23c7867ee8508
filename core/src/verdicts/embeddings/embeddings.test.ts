import { describe, expect, test } from "vitest";
import { type EmbeddedRow, profileRows, referenceFromRows } from "../../profile/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import { centroidDistance, kernelDiscrepancy } from "../../statistics/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import { deriveOperatingPoint } from "../bars/derive-operating-point.ts";
import { assessDriftWindow } from "../drift/assess-drift-window.ts";
import { assessEmbedding } from "./assess-embedding.ts";
import { createEmbeddingBaseline, embeddingNames } from "./embedding-baseline.ts";
import { embeddingScale, measureEmbedding } from "./measure-embedding.ts";

const random = createRandom(6);
const point = deriveOperatingPoint({ falseAlarmsPerMonth: 0.5, windowMs: 86_400_000, tests: 10 });
const drawVectors = (count: number, dimensions: number, shift = 0, scale = 1) =>
  Array.from({ length: count }, () =>
    Array.from({ length: dimensions }, (_, k) => scale * drawNormal(random) + (k === 0 ? shift : 0)),
  );
const rowsOf = (vectors: readonly number[][], time: number): EmbeddedRow[] =>
  vectors.map((vector) => ({ time, embeddings: { text: vector } }));

const windows = Array.from({ length: 8 }, (_, i) => ({
  start: i,
  end: i + 1,
  rows: rowsOf(drawVectors(150, 8), i),
}));
const sample = windows.flatMap(({ rows }) => rows.slice(0, 30));
const baseline = (await createEmbeddingBaseline({ name: "text", dimensions: 8 }, { sample, windows }))!;

describe("an embedding", () => {
  test("has the distance of its centroids, and chance gives what it says on average", () => {
    const scale = embeddingScale(drawVectors(200, 8))!;
    const [left, right] = [drawVectors(60, 8), drawVectors(80, 8, 0.5)];
    const distance = centroidDistance(left, right);
    expect(distance.outcome).toBe("ok");
    expect(measureEmbedding(left, right, scale).centroid.squared * scale.spread).toBeCloseTo(
      distance.outcome === "ok" ? distance.distance ** 2 : Number.NaN,
      8,
    );
    const measured = Array.from({ length: 200 }, () =>
      measureEmbedding(drawVectors(40, 8), drawVectors(40, 8), scale),
    );
    for (const kernel of ["centroid", "mmd"] as const) {
      const ratios = measured.map(({ [kernel]: { squared, expected } }) => squared / expected);
      const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
      const variance = ratios.reduce((sum, ratio) => sum + (ratio - mean) ** 2, 0) / ratios.length;
      const degrees = measured.reduce((sum, one) => sum + one[kernel].degrees, 0) / measured.length;
      expect(mean).toBeCloseTo(1, 0);
      // A χ² of `degrees` divided by them has the variance 2 / degrees.
      expect((variance * degrees) / 2).toBeGreaterThan(0.6);
      expect((variance * degrees) / 2).toBeLessThan(1.6);
    }
  });

  test("passes every bar where its centroid moved, and where only its spread did", () => {
    for (const vectors of [drawVectors(300, 8, 1.2), drawVectors(300, 8, 0, 1.6)]) {
      const assessment = assessEmbedding(baseline, rowsOf(vectors, 50), point);
      expect(assessment.outcome === "judged" && assessment.tests.some((one) => one.exceedsImmediateBar)).toBe(
        true,
      );
    }
  });

  test("passes none where nothing changed", () => {
    const assessment = assessEmbedding(baseline, rowsOf(drawVectors(300, 8), 50), point);
    expect(assessment.outcome === "judged" && assessment.tests.some((one) => one.exceedsLowerBar)).toBe(
      false,
    );
  });

  test("is not judged where rows are few", () => {
    expect(assessEmbedding(baseline, rowsOf(drawVectors(20, 8), 50), point).outcome).toBe(
      "insufficient_data",
    );
  });

  test("is missing where rows have none, one of another length or one that is no numbers", () => {
    const none = Array.from({ length: 200 }, () => ({ time: 50, embeddings: {} }));
    const rows = [
      none,
      rowsOf(drawVectors(200, 4), 50),
      rowsOf(
        drawVectors(200, 8).map((vector) => [...vector.slice(1), Number.NaN]),
        50,
      ),
      [...rowsOf(drawVectors(170, 8), 50), ...none.slice(0, 30)],
    ];
    for (const window of rows) {
      const assessment = assessEmbedding(baseline, window, point);
      const missing =
        assessment.outcome === "judged" ? assessment.tests.find((one) => one.test === "missing") : undefined;
      expect(missing).toMatchObject({ isLargeEnough: true, exceedsImmediateBar: true });
    }
    const anecdote = [...rowsOf(drawVectors(196, 8), 50), ...none.slice(0, 4)];
    const assessment = assessEmbedding(baseline, anecdote, point);
    expect(assessment.outcome === "judged" && assessment.tests.some((one) => one.isLargeEnough)).toBe(false);
  });

  test("has no baseline where most vectors are the same, or there are few", async () => {
    const same = rowsOf(
      Array.from({ length: 100 }, () => [1, 2]),
      0,
    );
    expect(
      await createEmbeddingBaseline({ name: "text", dimensions: 2 }, { sample: same, windows: [] }),
    ).toBeUndefined();
    const few = { sample: sample.slice(0, 20), windows };
    expect(await createEmbeddingBaseline({ name: "text", dimensions: 8 }, few)).toBeUndefined();
    expect(embeddingNames(sample)).toEqual([{ name: "text", dimensions: 8 }]);
  });

  test("of equal groups lies nowhere, whatever the kernel", () => {
    expect(kernelDiscrepancy(new Float64Array(16).fill(1), 2)).toEqual({
      squared: 0,
      expected: 0,
      degrees: 1,
    });
  });
});

test("a window's verdict tells an embedding that moved under a name of its own", () => {
  const numbers = { text: Array.from({ length: 300 }, () => drawNormal(random)) };
  const reference = referenceFromRows(numbers, { from: 0, to: 10 });
  const calibration = calibrateDrift([], reference, { windowMs: 86_400_000, furtherTests: 2 });
  const window = profileRows(reference, numbers, { start: 50, end: 51 });
  const verdictOn = (vectors: number[][]) =>
    assessDriftWindow({
      reference,
      calibration,
      window,
      evidence: { embeddings: [assessEmbedding(baseline, rowsOf(vectors, 50), point)] },
    });
  const moved = verdictOn(drawVectors(300, 8, 1.5));
  expect(moved).toMatchObject({ outcome: "alarm", cause: "input_drift" });
  expect(moved.reason).toMatch(
    /^text \(embedding\): the mean embedding lies 0\.\d+ of the reference's spread away/,
  );
  expect(moved.blamed.map(({ name }) => name)).toEqual(["text (embedding)"]);
  expect(moved.detail.features["text (embedding)"]).toMatchObject({
    type: "embedding",
    drifted: true,
    psi: null,
    embedding: { dimensions: 8, rows: 200, reference_rows: 200 },
  });
  const quiet = verdictOn(drawVectors(300, 8));
  expect(quiet).toMatchObject({ outcome: "ok" });
  const reshaped = verdictOn(drawVectors(300, 4));
  expect(reshaped).toMatchObject({ outcome: "alarm", cause: "pipeline" });
  expect(reshaped.reason).toMatch(/^text \(embedding\): 100 % missing or mistyped against 0 %/);
  expect(reshaped.detail.features["text (embedding)"]).toMatchObject({
    outcome: "drifted",
    wrong_type_rate: 1,
  });
});
