import { type Metric, multiclassPerformance } from "@leeway/core/performance";
import { describe, expect, it } from "vitest";
import { expectClose } from "../expect-close.ts";
import { readGolden } from "../read-golden.ts";

interface Scores {
  precision: number;
  recall: number;
  f1: number;
}
interface MulticlassCase {
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

describe("multiclass metrics equal the reference", () => {
  for (const one of readGolden<MulticlassCase>("multiclass_classification").cases) {
    it(one.id, () => {
      const { expected } = one;
      const { metrics, classes, confusion } = multiclassPerformance(
        one.y_true.map((label, i) => ({ label, predicted: one.y_pred[i]! })),
      );
      expect(confusion.classes).toEqual(one.labels);
      expect(confusion.counts).toEqual(expected.confusion_matrix_rows_true);
      expectClose(value(metrics.accuracy), expected.accuracy, all, "accuracy");
      expectClose(value(metrics.macro_precision), expected.macro.precision, all, "macro precision");
      expectClose(value(metrics.macro_recall), expected.macro.recall, all, "macro recall");
      expectClose(value(metrics.macro_f1), expected.macro.f1, all, "macro f1");
      expectClose(value(metrics.micro_f1), expected.micro.f1, all, "micro f1");
      expectClose(value(metrics.weighted_f1), expected.weighted.f1, all, "weighted f1");
      expectClose(value(metrics.cohen_kappa), expected.cohen_kappa, all, "kappa");
      expectClose(value(metrics.matthews), expected.matthews, all, "matthews");
      for (const one of classes) {
        const golden = expected.per_class[one.name]!;
        expect(one.support).toBe(golden.support);
        expectClose(value(one.metrics.precision), golden.precision, all, `${one.name} precision`);
        expectClose(value(one.metrics.recall), golden.recall, all, `${one.name} recall`);
        expectClose(value(one.metrics.f1), golden.f1, all, `${one.name} f1`);
      }
    });
  }
});
