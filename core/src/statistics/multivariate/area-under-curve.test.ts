import { expect, test } from "vitest";
import { separationArea, separationInterval } from "./area-under-curve.ts";

test("the area counts pairs in which the second group scores higher, ties half", () => {
  expect(separationArea(Float64Array.of(1, 2), Float64Array.of(2, 3))).toEqual({
    outcome: "ok",
    area: 0.875,
  });
  expect(separationArea(Float64Array.of(1), Float64Array.of(2))).toEqual({ outcome: "ok", area: 1 });
  expect(separationArea(new Float64Array(0), Float64Array.of(2)).outcome).toBe("insufficient_data");
});

test("the interval has Hanley and McNeil's width on the logit scale and stays inside [0, 1]", () => {
  // Their formula gives a standard error of 0.0313688 for an area of 0.8 with 100 a group.
  const { low, high } = separationInterval(0.8, 100, 100);
  const logit = (p: number) => Math.log(p / (1 - p));
  expect((logit(high) - logit(low)) / 2 / 1.959963984540054).toBeCloseTo(0.0313688 / 0.16, 5);
  for (const area of [0, 1]) {
    const extreme = separationInterval(area, 5, 5);
    expect(extreme.low).toBeGreaterThanOrEqual(0);
    expect(extreme.high).toBeLessThanOrEqual(1);
    expect(extreme.low).toBeLessThan(extreme.high);
  }
});
