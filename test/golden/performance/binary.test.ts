import {
  aggregateBinaryRows,
  averagePrecision,
  binaryMetrics,
  binaryPerformance,
  delongAuc,
  expectedCalibrationErrorMetric,
  groupScores,
  type Metric,
  maximumCalibrationError,
} from "@leeway/core/performance";
import { describe, expect, it } from "vitest";
import { expectClose } from "../expect-close.ts";
import { readGolden } from "../read-golden.ts";

interface BinaryCase {
  id: string;
  y_true: number[];
  score: number[];
  expected: {
    n: number;
    roc_auc: {
      auc: number;
      variance?: number;
      se: number | null;
      ci_low: number | null;
      ci_high: number | null;
    } | null;
    average_precision: number | null;
    "log_loss_eps_1e-15": number;
    brier: number;
    ece_15_left_closed_alternatives: number[];
    mce_15_left_closed: number;
    reliability_left_closed: { bin: number; n: number; mean_predicted: number; observed: number }[];
    "at_threshold_0.5": Record<string, number | null>;
  };
}

const all = { absolute: 1e-10 };
const valueOrConvention = (metric: Metric) =>
  metric.outcome === "ok" ? metric.value : (metric.conventionalValue ?? null);
const plainValue = (metric: Metric) => (metric.outcome === "ok" ? metric.value : null);

describe("binary metrics equal the reference", () => {
  for (const one of readGolden<BinaryCase>("binary_classification").cases) {
    it(one.id, () => {
      const { expected } = one;
      const rows = { labels: one.y_true, scores: one.score };
      const { metrics, confusion, calibrationCurve } = binaryPerformance(rows);
      const at = expected["at_threshold_0.5"];
      expect([
        confusion.truePositive,
        confusion.falsePositive,
        confusion.falseNegative,
        confusion.trueNegative,
      ]).toEqual([at["tp"], at["fp"], at["fn"], at["tn"]]);
      for (const name of ["accuracy", "precision", "recall", "f1", "matthews"] as const) {
        expectClose(valueOrConvention(metrics[name]), at[name] ?? null, all, name);
      }
      expectClose(plainValue(metrics.specificity), at["specificity"] ?? null, all, "specificity");
      expectClose(
        plainValue(metrics.balanced_accuracy),
        at["balanced_accuracy"] ?? null,
        all,
        "balanced accuracy",
      );
      expectClose(plainValue(metrics.log_loss), expected["log_loss_eps_1e-15"], all, "log loss");
      expectClose(plainValue(metrics.brier), expected.brier, all, "brier");
      expectClose(plainValue(metrics.pr_auc), expected.average_precision, all, "average precision");
      const groups = groupScores(one.y_true, one.score);
      expectClose(
        averagePrecision(groups)?.value ?? null,
        expected.average_precision,
        all,
        "average precision",
      );
      const delong = delongAuc(groups);
      expectClose(delong?.auc ?? null, expected.roc_auc?.auc ?? null, all, "auc");
      expectClose(delong?.variance ?? null, expected.roc_auc?.variance ?? null, all, "variance");
      const auc = metrics.roc_auc;
      if (auc.outcome === "ok" && auc.method === "delong") {
        expectClose(auc.ciLow, expected.roc_auc?.ci_low ?? null, all, "auc low");
        expectClose(auc.ciHigh, expected.roc_auc?.ci_high ?? null, all, "auc high");
      }
      const ece = plainValue(metrics.ece)!;
      expect(
        expected.ece_15_left_closed_alternatives.some((value) => Math.abs(value - ece) <= 1e-10),
        `ece ${ece}`,
      ).toBe(true);
      if (expected.ece_15_left_closed_alternatives.length === 1) {
        const { calibration } = aggregateBinaryRows(rows);
        expectClose(maximumCalibrationError(calibration), expected.mce_15_left_closed, all, "mce");
        const curve = expected.reliability_left_closed;
        expect(calibrationCurve.map((point) => point.count)).toEqual(curve.map((point) => point.n));
        curve.forEach((point, i) => {
          expectClose(calibrationCurve[i]!.meanScore, point.mean_predicted, all, "mean predicted");
          expectClose(calibrationCurve[i]!.observedRate, point.observed, all, "observed");
        });
      }
    });

    it(`${one.id}: the aggregate gives the same, and AUC within the error it states`, () => {
      const rows = { labels: one.y_true, scores: one.score };
      const exact = binaryPerformance(rows);
      const aggregate = aggregateBinaryRows(rows);
      const merged = binaryMetrics(aggregate);
      for (const name of Object.keys(exact.metrics) as (keyof typeof exact.metrics)[]) {
        if (name === "roc_auc" || name === "pr_auc") continue;
        expect(merged.metrics[name], name).toEqual(exact.metrics[name]);
      }
      expectClose(
        plainValue(merged.metrics.roc_auc),
        plainValue(exact.metrics.roc_auc),
        { absolute: merged.rocAucError + 1e-12 },
        "auc",
      );
      expectClose(
        plainValue(merged.metrics.pr_auc),
        plainValue(exact.metrics.pr_auc),
        { absolute: 0.01 },
        "pr auc",
      );
      expectClose(
        plainValue(expectedCalibrationErrorMetric(aggregate.calibration)),
        plainValue(exact.metrics.ece),
        all,
        "ece",
      );
    });
  }
});
