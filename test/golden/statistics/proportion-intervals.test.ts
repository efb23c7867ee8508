import { type ProportionIntervalMethod, proportionInterval } from "@leeway/core/statistics";
import { expect, test } from "vitest";
import { expectClose, loadGolden } from "../golden-file.ts";

type Case = {
  id: string;
  successes: number;
  n: number;
  level: number;
  expected: ({ proportion: number } & Record<ProportionIntervalMethod, [number, number]>) | null;
};

const methods: ProportionIntervalMethod[] = ["wilson", "agresti_coull", "clopper_pearson"];
const { cases } = loadGolden<{ cases: Case[] }>("proportion_intervals");

test.each(cases)("the intervals of $id equal the golden ones by every method", (golden) => {
  for (const method of methods) {
    const result = proportionInterval(golden.successes, golden.n, golden.level, method);
    if (golden.expected === null) {
      expect(result.outcome).toBe("insufficient_data");
      continue;
    }
    if (result.outcome !== "ok") throw new Error(result.reason);
    expectClose(result.proportion, golden.expected.proportion, { absolute: 1e-15 });
    expectClose(result.low, golden.expected[method][0], { absolute: 1e-10 });
    expectClose(result.high, golden.expected[method][1], { absolute: 1e-10 });
  }
});
