import { delongPaired } from "@leeway/core/performance";
import { describe, expect, it } from "vitest";
import { expectClose } from "../expect-close.ts";
import { readGolden } from "../read-golden.ts";

interface PairedCase {
  id: string;
  y_true: number[];
  score_a: number[];
  score_b: number[];
  expected: {
    auc_1: number;
    auc_2: number;
    variance_of_difference: number;
    covariance?: number;
    z: number | null;
    p_value: number | null;
  };
}

describe("the paired DeLong test equals the reference", () => {
  for (const one of readGolden<PairedCase>("delong_paired").cases) {
    it(one.id, () => {
      const paired = delongPaired(one.y_true, one.score_a, one.score_b);
      expect(paired).not.toBeNull();
      const all = { absolute: 1e-10 };
      expectClose(paired!.aucA, one.expected.auc_1, all, "auc a");
      expectClose(paired!.aucB, one.expected.auc_2, all, "auc b");
      expectClose(paired!.variance, one.expected.variance_of_difference, all, "variance");
      if (one.expected.covariance !== undefined) {
        expectClose(paired!.covariance, one.expected.covariance, all, "covariance");
      }
      const z = paired!.variance > 0 ? -paired!.difference / Math.sqrt(paired!.variance) : null;
      expectClose(z, one.expected.z, { absolute: 1e-8 }, "z");
    });
  }
});
