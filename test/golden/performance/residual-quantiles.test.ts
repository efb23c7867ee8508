import { aggregateRegressionRows, regressionMetrics, regressionPerformance } from "@leeway/core/performance";
import { describe, it } from "vitest";
import { expectClose } from "../expect-close.ts";
import { readGolden } from "../read-golden.ts";
import { expectHistogramQuantiles, type ResidualCase } from "./expect-residuals.ts";

describe("residual quantiles equal the reference", () => {
  for (const one of readGolden<ResidualCase>("residual_quantiles").cases) {
    const rows = { truth: one.y_true, predicted: one.y_pred };

    it(`${one.id}: of rows`, () => {
      const quantiles = regressionPerformance(rows).residualQuantiles;
      one.expected.forEach(({ q, linear }, i) => {
        const residual = quantiles[i]?.residual;
        const actual = residual?.outcome === "ok" ? residual.value : null;
        expectClose(actual, linear, { absolute: 1e-12, relative: 1e-9 }, `quantile ${q}`);
      });
    });

    it(`${one.id}: of the histogram`, () => {
      expectHistogramQuantiles(regressionMetrics(aggregateRegressionRows(rows)), one);
    });
  }
});
