import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import type { OutputStratum } from "./early-label-bias.ts";
import { assessValueBias, type ValueArrivals } from "./early-value-bias.ts";

/** arrivals returns settled windows of 300 labels between 0 and 10, of which a value `v` had come early with probability `share(v)`. */
function arrivals(windows: number, share: (value: number) => number): ValueArrivals[] {
  const random = createRandom(51);
  return Array.from({ length: windows }, (_, start) => {
    const early = { count: 0, sum: 0 };
    const final = { count: 0, sum: 0, sumOfSquares: 0 };
    for (let row = 0; row < 300; row++) {
      const value = 10 * random();
      final.count++;
      final.sum += value;
      final.sumOfSquares += value * value;
      if (random() >= share(value)) continue;
      early.count++;
      early.sum += value;
    }
    return { start, early, final };
  });
}

function strata(labelled: (bin: number) => number): OutputStratum[] {
  return Array.from({ length: 10 }, (_, bin) => ({
    predictions: 100,
    labelled: new Map([["", labelled(bin)]]),
  }));
}

describe("a regressor's early labels", () => {
  it("are representative where they come alike whatever they say", () => {
    const bias = assessValueBias({ strata: strata(() => 40), arrivals: arrivals(10, () => 0.4) });
    expect(bias).toEqual({ outcome: "representative", reason: "early labels say what all do" });
  });

  it("are refused where small values usually come sooner, as they do where the value is the time it takes", () => {
    const bias = assessValueBias({
      strata: strata(() => 40),
      arrivals: arrivals(10, (value) => 0.9 - 0.08 * value),
    });
    expect(bias.outcome).toBe("refused");
    expect(bias.reason).toMatch(/their mean lay 0\.\d+ standard deviations below that of all labels/);
  });

  it("are refused where their predictions are unlike the rest, with or without a history", () => {
    for (const known of [arrivals(10, () => 0.4), []]) {
      const bias = assessValueBias({ strata: strata((bin) => (bin < 5 ? 80 : 10)), arrivals: known });
      expect(bias.outcome).toBe("refused");
      expect(bias.reason).toContain("other outputs than the rest");
    }
  });

  it("are not called biased by chance: one in a thousand of fair histories at most", () => {
    const random = createRandom(52);
    let refused = 0;
    for (let run = 0; run < 1_000; run++) {
      const past = Array.from({ length: 5 }, (_, start) => {
        const values = Array.from({ length: 60 }, random);
        const early = values.filter(() => random() < 0.3);
        const sum = (of: readonly number[]) => of.reduce((total, value) => total + value, 0);
        return {
          start,
          early: { count: early.length, sum: sum(early) },
          final: { count: 60, sum: sum(values), sumOfSquares: sum(values.map((value) => value * value)) },
        };
      });
      if (assessValueBias({ strata: [], arrivals: past }).outcome === "refused") refused++;
    }
    expect(refused).toBeLessThanOrEqual(5);
  });
});
