import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import { aggregateBinaryRows } from "./aggregate-binary-rows.ts";
import { binaryMetrics } from "./binary-performance.ts";
import { assessLabelBias, type ClassArrivals, type OutputStratum } from "./early-label-bias.ts";
import { reweightBinaryAggregate } from "./reweight-binary-aggregate.ts";

/** arrivals returns ten settled windows of 60 fraud and 440 honest labels, of which these shares had come early. */
function arrivals(fraud: number, honest: number, wander = 0): ClassArrivals[] {
  const random = createRandom(31);
  return Array.from({ length: 10 }, (_, start) => {
    const share = honest * (1 + wander * (random() - 0.5));
    return [
      { start, name: "fraud", early: Math.round(60 * fraud), final: 60 },
      { start, name: "honest", early: Math.round(440 * share), final: 440 },
    ];
  }).flat();
}

/** strata returns ten bins of a hundred predictions whose share of fraud rises from 0 to 0.45, with these shares of labels. */
function strata(fraud: number, honest: (bin: number) => number): OutputStratum[] {
  return Array.from({ length: 10 }, (_, bin) => ({
    predictions: 100,
    positives: 5 * bin * fraud,
    negatives: (100 - 5 * bin) * honest(bin),
  }));
}

describe("early labels", () => {
  it("are representative where labels of both classes come alike", () => {
    const bias = assessLabelBias({
      strata: strata(0.4, () => 0.4),
      arrivals: arrivals(0.4, 0.4),
      positiveClass: "fraud",
    });
    expect(bias.outcome).toBe("representative");
  });

  it("are corrected where one class usually comes sooner, and then say what all labels will say", () => {
    const random = createRandom(32);
    const bias = assessLabelBias({
      strata: strata(0.9, () => 0.3),
      arrivals: arrivals(0.9, 0.3),
      positiveClass: "fraud",
    });
    if (bias.outcome !== "corrected") throw new Error(bias.reason);
    expect(bias.reason).toMatch(
      /90 % of those saying "fraud" have usually come by this age, 30 % of those saying "honest"/,
    );
    const scores = Array.from({ length: 4_000 }, () => 0.45 * random());
    const labels = scores.map((score) => (random() < score ? 1 : 0));
    const hasCome = labels.map((label) => random() < (label === 1 ? 0.9 : 0.3));
    const early = aggregateBinaryRows({
      labels: labels.filter((_, i) => hasCome[i]),
      scores: scores.filter((_, i) => hasCome[i]),
    });
    const all = binaryMetrics(aggregateBinaryRows({ labels, scores })).metrics;
    const naive = binaryMetrics(early).metrics;
    const corrected = binaryMetrics(reweightBinaryAggregate(early, bias)).metrics;
    for (const name of ["positive_rate", "log_loss", "brier", "calibration_error", "precision"] as const) {
      const [truth, said, plain] = [all[name], corrected[name], naive[name]];
      if (truth.outcome !== "ok" || said.outcome !== "ok" || plain.outcome !== "ok") continue;
      expect(said.ciLow, name).toBeLessThan(truth.value);
      expect(said.ciHigh, name).toBeGreaterThan(truth.value);
      expect(plain.ciLow! > truth.value || plain.ciHigh! < truth.value, name).toBe(true);
    }
  });

  it("are refused where hardly any label of a class has come, or where weighing for it was wrong before", () => {
    const late = assessLabelBias({
      strata: strata(0.9, () => 0),
      arrivals: arrivals(0.9, 0.01),
      positiveClass: "fraud",
    });
    expect(late).toMatchObject({ outcome: "refused", reason: expect.stringContaining("too few to weigh") });
    const erratic = assessLabelBias({
      strata: strata(0.9, () => 0.3),
      arrivals: arrivals(0.9, 0.3, 1.9),
      positiveClass: "fraud",
    });
    expect(erratic).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("off by a factor of"),
    });
  });

  it("are refused where their outputs are unlike the rest, with or without a history", () => {
    const ofLowScores = strata(0.4, (bin) => (bin < 5 ? 0.8 : 0.1));
    for (const known of [arrivals(0.4, 0.4), []]) {
      const bias = assessLabelBias({ strata: ofLowScores, arrivals: known, positiveClass: "fraud" });
      expect(bias.outcome).toBe("refused");
      expect(bias.reason).toContain("other outputs than the rest");
    }
  });

  it("of three classes are refused where one comes sooner, never corrected", () => {
    const three = arrivals(0.9, 0.3).flatMap((one) => [
      one,
      { ...one, name: "unclear", early: one.final * 0.5 },
    ]);
    expect(assessLabelBias({ strata: [], arrivals: three, positiveClass: undefined }).outcome).toBe(
      "refused",
    );
  });
});
