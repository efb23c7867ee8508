import type { BinaryPerformance, Metric } from "@leeway/core/performance";
import { expect } from "vitest";
import { expectClose } from "../expect-close.ts";

/** BinaryCase is one case of binary_classification.json. */
export interface BinaryCase {
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

/** expectBinary asserts that a performance is the reference's: confusion, every metric, DeLong's interval and the calibration curve. */
export function expectBinary(
  { confusion, metrics, calibrationCurve }: BinaryPerformance,
  expected: BinaryCase["expected"],
): void {
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
  for (const name of ["specificity", "balanced_accuracy"] as const) {
    expectClose(plainValue(metrics[name]), at[name] ?? null, all, name);
  }
  expectClose(plainValue(metrics.log_loss), expected["log_loss_eps_1e-15"], all, "log loss");
  expectClose(plainValue(metrics.brier), expected.brier, all, "brier");
  expectClose(plainValue(metrics.pr_auc), expected.average_precision, all, "average precision");
  const auc = metrics.roc_auc;
  expectClose(plainValue(auc), expected.roc_auc?.auc ?? null, all, "auc");
  if (auc.outcome === "ok" && auc.method === "delong") {
    expectClose(auc.ciLow, expected.roc_auc?.ci_low ?? null, all, "auc low");
    expectClose(auc.ciHigh, expected.roc_auc?.ci_high ?? null, all, "auc high");
  }
  // Scores on the edge of a bin fall to either side by rounding: the reference lists what each choice gives.
  const eces = expected.ece_15_left_closed_alternatives;
  const ece = plainValue(metrics.ece)!;
  expect(
    eces.some((value) => Math.abs(value - ece) <= 1e-10),
    `ece ${ece}`,
  ).toBe(true);
  if (eces.length > 1) return;
  const curve = expected.reliability_left_closed;
  expect(calibrationCurve.map((point) => point.count)).toEqual(curve.map((point) => point.n));
  curve.forEach((point, i) => {
    expectClose(calibrationCurve[i]!.meanScore, point.mean_predicted, all, "mean predicted");
    expectClose(calibrationCurve[i]!.observedRate, point.observed, all, "observed");
  });
}
