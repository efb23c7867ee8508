import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import { aggregateBinaryRows } from "./aggregate-binary-rows.ts";
import { binaryMetrics } from "./binary-performance.ts";
import { assessLabelBias, type ClassArrivals, type OutputStratum } from "./early-label-bias.ts";
import { emptyMulticlassAggregate } from "./multiclass-aggregate.ts";
import { multiclassMetrics } from "./multiclass-performance.ts";
import { reweightBinaryAggregate } from "./reweight-binary-aggregate.ts";
import { labelFactors, widenWeighedAggregate } from "./weigh-labels.ts";

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
    labelled: new Map([
      ["fraud", 5 * bin * fraud],
      ["honest", (100 - 5 * bin) * honest(bin)],
    ]),
  }));
}

describe("early labels", () => {
  it("are representative where labels of both classes come alike", () => {
    const bias = assessLabelBias({
      strata: strata(0.4, () => 0.4),
      arrivals: arrivals(0.4, 0.4),
    });
    expect(bias.outcome).toBe("representative");
  });

  it("are corrected where one class usually comes sooner, and then say what all labels will say", () => {
    const random = createRandom(32);
    const bias = assessLabelBias({
      strata: strata(0.9, () => 0.3),
      arrivals: arrivals(0.9, 0.3),
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
    const corrected = binaryMetrics(
      reweightBinaryAggregate(early, {
        positiveWeight: bias.weights.get("fraud")!,
        negativeWeight: bias.weights.get("honest")!,
        logOddsVariance: bias.logOddsVariance,
      }),
    ).metrics;
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
    });
    expect(late).toMatchObject({ outcome: "refused", reason: expect.stringContaining("too few to weigh") });
    const erratic = assessLabelBias({
      strata: strata(0.9, () => 0.3),
      arrivals: arrivals(0.9, 0.3, 1.9),
    });
    expect(erratic).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("off by a factor of"),
    });
  });

  it("are refused where their outputs are unlike the rest, with or without a history", () => {
    const ofLowScores = strata(0.4, (bin) => (bin < 5 ? 0.8 : 0.1));
    for (const known of [arrivals(0.4, 0.4), []]) {
      const bias = assessLabelBias({ strata: ofLowScores, arrivals: known });
      expect(bias.outcome).toBe("refused");
      expect(bias.reason).toContain("other outputs than the rest");
    }
  });

  it("of three classes are weighed by the inverse of what usually comes, a class seen too rarely as all labels are", () => {
    const three = arrivals(0.9, 0.3).flatMap((one) =>
      one.name === "fraud"
        ? [
            one,
            { ...one, name: "unclear", early: one.final * 0.5 },
            { ...one, name: "new", early: 0, final: 0.1 },
          ]
        : [one],
    );
    const bias = assessLabelBias({ strata: [], arrivals: three });
    if (bias.outcome !== "corrected") throw new Error(bias.reason);
    expect(bias.weights.get("unclear")).toBeCloseTo(2);
    expect(bias.weights.get("honest")).toBeCloseTo(1 / 0.3);
    expect(bias.weights.has("new")).toBe(false);
    expect(bias.restWeight).toBeCloseTo((600 + 600 + 4_400 + 1) / (540 + 300 + 1_320));
  });

  it("of three classes then say what all labels will say of the accuracy, where plain ones don't", () => {
    let held = 0;
    let plainHeld = 0;
    for (let seed = 0; seed < 40; seed++) {
      const random = createRandom(100 + seed);
      const shares = { a: 0.95, b: 0.6, c: 0.3 };
      const right = { a: 0.95, b: 0.8, c: 0.6 };
      const rows = (count: number) =>
        Array.from({ length: count }, () => {
          const truth = (["a", "b", "c"] as const)[Math.floor(3 * random())]!;
          const hit = random() < right[truth];
          return { truth, predicted: hit ? truth : "other", hasCome: random() < shares[truth] };
        });
      const past = Array.from({ length: 10 }, (_, start) => {
        const window = rows(600);
        return ["a", "b", "c"].map((name) => {
          const ofClass = window.filter(({ truth }) => truth === name);
          return {
            start,
            name,
            early: ofClass.filter(({ hasCome }) => hasCome).length,
            final: ofClass.length,
          };
        });
      }).flat();
      const bias = assessLabelBias({ strata: [], arrivals: past });
      if (bias.outcome !== "corrected") throw new Error(bias.reason);
      const window = rows(3_000);
      const come = window.filter(({ hasCome }) => hasCome);
      const factors = labelFactors(
        ["a", "b", "c"].map((name) => ({ name, count: come.filter(({ truth }) => truth === name).length })),
        bias,
      );
      const accuracyOf = (weighed: boolean) => {
        const weights = come.map(({ truth }) => (weighed ? factors.get(truth)! : 1));
        const sum = weights.reduce((total, weight) => total + weight, 0);
        const cells = new Map<string, number>();
        come.forEach(({ truth, predicted }, i) => {
          const key = `${truth} ${predicted}`;
          cells.set(key, (cells.get(key) ?? 0) + weights[i]!);
        });
        const aggregate = {
          ...emptyMulticlassAggregate(),
          weightSum: sum,
          weightSquareSum: weights.reduce((total, weight) => total + weight * weight, 0),
          confusion: [...cells].map(([key, count]) => {
            const [truth, predicted] = key.split(" ") as [string, string];
            return { truth, predicted, count };
          }),
        };
        const { accuracy } = multiclassMetrics(
          weighed ? widenWeighedAggregate(aggregate, bias) : aggregate,
        ).metrics;
        if (accuracy.outcome !== "ok") throw new Error("no accuracy");
        return accuracy;
      };
      const whole = window.filter(({ truth, predicted }) => truth === predicted).length / window.length;
      const holds = ({ ciLow, ciHigh }: { ciLow: number | null; ciHigh: number | null }) =>
        ciLow! <= whole && whole <= ciHigh!;
      if (holds(accuracyOf(true))) held++;
      if (holds(accuracyOf(false))) plainHeld++;
    }
    expect(held).toBeGreaterThanOrEqual(37);
    expect(plainHeld).toBeLessThanOrEqual(2);
  });
});
