import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom, drawNormal, type RandomSource } from "../../random/index.ts";
import { kolmogorovSmirnov } from "../ks/ks-sorted.ts";
import { numericPsi } from "../psi/numeric-psi.ts";
import { compareWindow } from "./compare-window.ts";
import { prepareReference } from "./prepared-reference.ts";

type Draw = (random: RandomSource, shift: number) => number;

const columns: [name: string, draw: Draw][] = [
  ["normal", (random, shift) => drawNormal(random) + shift],
  ["heavy-tailed", (random, shift) => Math.tan(Math.PI * (random() - 0.5)) + shift],
  ["log-normal over many octaves", (random, shift) => Math.exp(4 * drawNormal(random) + shift)],
  ["five answers", (random, shift) => Math.floor(random() * 5 + 10 * shift)],
  ["mostly zero", (random, shift) => (random() < 0.7 - shift ? 0 : Math.exp(drawNormal(random)))],
  ["two scales", (random, shift) => (random() < 0.95 ? random() : 1e6 * random() + shift)],
  ["constant", (random, shift) => (random() < shift ? 8 : 7.25)],
  ["clock time", (random, shift) => 1.7e12 + Math.floor(random() * 3.6e6) + 1e6 * shift],
  ["both zeros", (random, shift) => (random() < 0.5 + shift ? 0 : -0)],
  ["as wide as doubles are", (random) => (random() - 0.5) * 10 ** (600 * random() - 300)],
  [
    "missing and infinite values",
    (random, shift) => {
      const kind = random();
      if (kind < 0.1) return Number.NaN;
      if (kind < 0.15) return kind < 0.12 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      return drawNormal(random) + shift;
    },
  ],
];

describe.each(columns)("a window of a %s column", (_name, draw) => {
  test.each([0, 0.01, 0.3, 40])("shifted by %f has the PSI and KS of the sorted columns", (shift) => {
    const random = createRandom(11);
    const reference = Float64Array.from({ length: 20_000 }, () => draw(random, 0));
    const window = Float64Array.from({ length: 7_000 }, () => draw(random, shift));
    expectSame(reference, window);
  });
});

test("any two columns of doubles have the PSI and KS of the sorted columns", () => {
  const column = fc.array(
    fc.oneof(fc.double(), fc.integer({ min: -3, max: 3 }), fc.double({ min: 0, max: 1 })),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(column, column, (reference, window) => {
      expectSame(Float64Array.from(reference), Float64Array.from(window));
    }),
    { seed: 3, numRuns: 300 },
  );
});

test("an empty window has no KS, and a window of missing values alone has a PSI", () => {
  const prepared = prepareReference([1, 2, 3]);
  if (prepared.outcome !== "ok") throw new Error(prepared.reason);
  const empty = compareWindow(prepared.reference, new Float64Array(0));
  expect([empty.psi.outcome, empty.ks.outcome]).toEqual(["insufficient_data", "insufficient_data"]);
  const missing = compareWindow(prepared.reference, Float64Array.of(Number.NaN, Number.NaN));
  expect([missing.psi.outcome, missing.ks.outcome, missing.missing]).toEqual(["ok", "insufficient_data", 2]);
});

test("a reference without values cannot be prepared", () => {
  expect(prepareReference([null, Number.NaN]).outcome).toBe("insufficient_data");
});

function expectSame(reference: Float64Array, window: Float64Array): void {
  const prepared = prepareReference(reference);
  if (prepared.outcome !== "ok") {
    expect(kolmogorovSmirnov(reference, window).outcome).not.toBe("ok");
    return;
  }
  const fast = compareWindow(prepared.reference, window);
  expect(fast.psi).toEqual(numericPsi(reference, window));
  const ks = kolmogorovSmirnov(reference, window);
  expect({ ...fast.ks, at: null }).toEqual({ ...ks, at: null });
}
