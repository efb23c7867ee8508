import {
  hellingerDistance,
  jensenShannonDistance,
  klDivergence,
  totalVariationDistance,
} from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, goldenNumber, loadGolden } from "../golden-file.ts";

type Case = {
  id: string;
  proportions_ref?: number[];
  proportions_cur?: number[];
  p?: number[];
  q?: number[];
  expected: {
    jensen_shannon_distance_base2: number;
    hellinger: number;
    total_variation: number;
    kl_cur_ref_nats: number | string;
  } | null;
};

const { cases } = loadGolden<{ cases: Case[] }>("histogram_distances");

test.each(cases)("the histogram distances of $id equal the golden values", (golden) => {
  const p = golden.proportions_ref ?? golden.p ?? [];
  const q = golden.proportions_cur ?? golden.q ?? [];
  const { expected } = golden;
  const js = jensenShannonDistance(p, q);
  if (expected === null) return expect(js.outcome).not.toBe("ok");
  const hellinger = hellingerDistance(p, q);
  const totalVariation = totalVariationDistance(p, q);
  const kl = klDivergence(p, q);
  if (js.outcome !== "ok" || hellinger.outcome !== "ok" || totalVariation.outcome !== "ok") {
    throw new Error("expected values");
  }
  expectClose(js.value, expected.jensen_shannon_distance_base2, { absolute: js.value < 1e-4 ? 2e-8 : 1e-9 });
  expectClose(hellinger.value, expected.hellinger, { absolute: 1e-9 });
  expectClose(totalVariation.value, expected.total_variation, { absolute: 1e-9 });
  const klExpected = goldenNumber(expected.kl_cur_ref_nats);
  if (klExpected === Number.POSITIVE_INFINITY) return expect(kl.outcome).toBe("not_defined");
  if (kl.outcome !== "ok") throw new Error(kl.reason);
  expectClose(kl.value, klExpected, { absolute: 1e-9 });
});
