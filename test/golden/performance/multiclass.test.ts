import { multiclassPerformance } from "@leeway/core/performance";
import { describe, it } from "vitest";
import { readGolden } from "../read-golden.ts";
import { expectMulticlass, type MulticlassCase } from "./expect-multiclass.ts";
import { expectScored, type ScoredCase, scoredRows } from "./expect-scored.ts";

describe("multiclass metrics equal the reference", () => {
  for (const one of readGolden<MulticlassCase>("multiclass_classification").cases) {
    it(one.id, () => {
      const rows = one.y_true.map((label, i) => ({ label, predicted: one.y_pred[i]! }));
      expectMulticlass(multiclassPerformance(rows), one);
    });
  }
});

describe("multiclass metrics of scores equal the reference", () => {
  for (const one of readGolden<ScoredCase>("multiclass_scores").cases) {
    it(one.id, () => expectScored(multiclassPerformance(scoredRows(one)), one.expected));
  }
});
