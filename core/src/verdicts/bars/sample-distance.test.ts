import { expect, test } from "vitest";
import { createRandom } from "../../random/index.ts";
import { chiSquareUpperTail, psiFromCounts } from "../../statistics/index.ts";
import { sampleDistance } from "./sample-distance.ts";

test("it is PSI for small shifts", () => {
  const baseline = [1000, 1000, 1000, 1000];
  const window = [260, 240, 255, 245];
  const psi = psiFromCounts(baseline, window);
  expect(psi.outcome).toBe("ok");
  const distance = sampleDistance(baseline, window)!.distance;
  expect(distance / (psi.outcome === "ok" ? psi.psi : 0)).toBeCloseTo(1, 2);
});

test("without drift it passes its 1 % and 0.1 % points about that often, even in windows of 50 rows, where PSI cries wolf", () => {
  const random = createRandom(5);
  const baseline = new Array<number>(10).fill(1_000);
  const draws = 20_000;
  let one = 0;
  let tenth = 0;
  for (let draw = 0; draw < draws; draw++) {
    const window = new Array<number>(10).fill(0);
    for (let row = 0; row < 50; row++) window[Math.floor(random() * 10)]!++;
    const { distance, samplingLevel, degrees } = sampleDistance(baseline, window)!;
    const p = chiSquareUpperTail((distance * degrees) / samplingLevel, degrees);
    if (p < 0.01) one++;
    if (p < 0.001) tenth++;
  }
  expect(one / draws).toBeGreaterThan(0.005);
  expect(one / draws).toBeLessThan(0.015);
  expect(tenth / draws).toBeLessThan(0.002);
});

test("one row of a category never seen before is no drift", () => {
  const { distance, samplingLevel, degrees } = sampleDistance([5_000, 5_000, 0], [25, 24, 1])!;
  expect(chiSquareUpperTail((distance * degrees) / samplingLevel, degrees)).toBeGreaterThan(0.1);
});

test("an empty side has no distance", () => {
  expect(sampleDistance([0, 0], [1, 2])).toBeUndefined();
  expect(sampleDistance([1, 2], [0, 0])).toBeUndefined();
});

test("a category of which hardly a row is expected does not vanish among others like it when it holds a fifth of the window", () => {
  const baseline = Array.from({ length: 500 }, () => 168);
  const quiet = baseline.map(() => 1);
  const loud = quiet.map((count, bin) => (bin === 7 ? 100 : bin % 5 === 0 ? 0 : count));
  expect(sampleDistance(baseline, quiet)?.distance).toBeLessThan(0.01);
  expect(sampleDistance(baseline, quiet)?.pooledBins).toBe(500);
  expect(sampleDistance(baseline, loud)?.distance).toBeGreaterThan(1);
});
