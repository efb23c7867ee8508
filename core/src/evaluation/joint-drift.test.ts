import { expect, test } from "vitest";
import { jointTestSchema } from "./joint-drift.ts";

test("joint drift that was judged before its bars were kept stays readable", () => {
  const variation = { variance: 0, correlation: 0.5, windows: 0, baseline_windows: 0 };
  const judged = {
    test: "classifier",
    size: 0.04,
    p_value: 0.2,
    p_calibrated: 0.3,
    reference_variation: variation,
  };
  expect(jointTestSchema.parse(judged)).toEqual(judged);
});
