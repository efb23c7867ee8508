import type { Metric, MulticlassPerformance } from "@leeway/core/performance";
import { expect } from "vitest";
import { expectClose } from "../expect-close.ts";

interface Scores {
  precision: number;
  recall: number;
  f1: number;
}

/** MulticlassCase is one case of multiclass_classification.json. */
export interface MulticlassCase {
  id: string;
  labels: string[];
  y_true: string[];
  y_pred: string[];
  expected: {
    accuracy: number;
    confusion_matrix_rows_true: number[][];
    per_class: Record<string, Scores & { support: number }>;
    macro: Scores;
    micro: Scores;
    weighted: Scores;
    cohen_kappa: number | null;
    matthews: number;
  };
}

const all = { absolute: 1e-12 };
const value = (metric: Metric) =>
  metric.outcome === "ok" ? metric.value : (metric.conventionalValue ?? null);

/** expectMulticlass asserts that a performance is the reference's: confusion, and precision, recall and F1 by class, macro, micro and weighted. */
export function expectMulticlass(
  { metrics, classes, confusion }: MulticlassPerformance,
  { labels, expected }: MulticlassCase,
): void {
  expect(confusion.classes).toEqual(labels);
  expect(confusion.counts).toEqual(expected.confusion_matrix_rows_true);
  expectClose(value(metrics.accuracy), expected.accuracy, all, "accuracy");
  expectClose(value(metrics.macro_precision), expected.macro.precision, all, "macro precision");
  expectClose(value(metrics.macro_recall), expected.macro.recall, all, "macro recall");
  expectClose(value(metrics.macro_f1), expected.macro.f1, all, "macro f1");
  expectClose(value(metrics.micro_f1), expected.micro.f1, all, "micro f1");
  expectClose(value(metrics.accuracy), expected.micro.precision, all, "micro precision");
  expectClose(value(metrics.accuracy), expected.micro.recall, all, "micro recall");
  expectClose(value(metrics.weighted_f1), expected.weighted.f1, all, "weighted f1");
  expectClose(value(metrics.cohen_kappa), expected.cohen_kappa, all, "kappa");
  expectClose(value(metrics.matthews), expected.matthews, all, "matthews");
  for (const own of classes) {
    const golden = expected.per_class[own.name]!;
    expect(own.support).toBe(golden.support);
    expectClose(value(own.metrics.precision), golden.precision, all, `${own.name} precision`);
    expectClose(value(own.metrics.recall), golden.recall, all, `${own.name} recall`);
    expectClose(value(own.metrics.f1), golden.f1, all, `${own.name} f1`);
  }
}
