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
import { type BinaryCase, expectBinary } from "./expect-binary.ts";

const all = { absolute: 1e-10 };
const plainValue = (metric: Metric) => (metric.outcome === "ok" ? metric.value : null);

describe("binary metrics equal the reference", () => {
  for (const one of readGolden<BinaryCase>("binary_classification").cases) {
    it(one.id, () => {
      const { expected } = one;
      const rows = { labels: one.y_true, scores: one.score };
      expectBinary(binaryPerformance(rows), expected);
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
      if (expected.ece_15_left_closed_alternatives.length === 1) {
        const { calibration } = aggregateBinaryRows(rows);
        expectClose(maximumCalibrationError(calibration), expected.mce_15_left_closed, all, "mce");
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
