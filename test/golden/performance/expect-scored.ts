import type { Metric, MulticlassPerformance } from "@leeway/core/performance";
import { expect } from "vitest";
import { expectClose } from "../expect-close.ts";

interface Ranking {
  roc_auc: number | null;
  ci_low: number | null;
  ci_high: number | null;
  pr_auc: number | null;
}

/** ScoredCase is one case of multiclass_scores.json. */
export interface ScoredCase {
  id: string;
  classes: string[];
  y_true: string[];
  y_pred: string[];
  scores: number[][];
  expected: {
    balanced_accuracy: number;
    log_loss: number;
    brier: number;
    ece: number;
    reliability: {
      bin: number;
      n: number;
      mean_predicted: number;
      observed: number;
      ci_low: number;
      ci_high: number;
    }[];
    macro_roc_auc: number | null;
    per_class: Record<string, Ranking>;
  };
}

const all = { absolute: 1e-10 };
const value = (metric: Metric) => (metric.outcome === "ok" ? metric.value : null);

/** scoredRows returns the rows of a case, each with its scores by class. */
export function scoredRows({ classes, y_true, y_pred, scores }: ScoredCase): {
  label: string;
  predicted: string;
  scores: Record<string, number>;
}[] {
  return y_true.map((label, i) => ({
    label,
    predicted: y_pred[i]!,
    scores: Object.fromEntries(classes.map((name, c) => [name, scores[i]![c]!])),
  }));
}

/** expectScored asserts that a performance is the reference's: what scores decide, the curve of the predicted class and every class's ranking. */
export function expectScored(
  { metrics, classes, calibrationCurve }: MulticlassPerformance,
  expected: ScoredCase["expected"],
): void {
  for (const name of ["balanced_accuracy", "log_loss", "brier", "ece", "macro_roc_auc"] as const) {
    expectClose(value(metrics[name]), expected[name], all, name);
  }
  expect(calibrationCurve.map((point) => [Math.round(point.low * 15), point.count])).toEqual(
    expected.reliability.map(({ bin, n }) => [bin, n]),
  );
  expected.reliability.forEach((golden, i) => {
    const point = calibrationCurve[i]!;
    expectClose(point.meanScore, golden.mean_predicted, all, "mean score");
    expectClose(point.observedRate, golden.observed, all, "observed rate");
    expectClose(point.ciLow, golden.ci_low, all, "observed low");
    expectClose(point.ciHigh, golden.ci_high, all, "observed high");
  });
  const occurring = Object.entries(expected.per_class).filter(([, { roc_auc }]) => roc_auc !== null);
  expect(classes.map(({ name }) => name)).toEqual(occurring.map(([name]) => name));
  for (const { name, metrics: own } of classes) {
    const golden = expected.per_class[name]!;
    expectClose(value(own.roc_auc), golden.roc_auc, all, `${name} roc auc`);
    expectClose(value(own.pr_auc), golden.pr_auc, all, `${name} pr auc`);
    const delong = own.roc_auc.outcome === "ok" && own.roc_auc.method === "delong" ? own.roc_auc : null;
    expectClose(delong?.ciLow ?? null, golden.ci_low, all, `${name} roc auc low`);
    expectClose(delong?.ciHigh ?? null, golden.ci_high, all, `${name} roc auc high`);
  }
}
