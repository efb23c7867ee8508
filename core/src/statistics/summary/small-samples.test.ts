import { expect, it } from "vitest";
import { medianOf } from "./median-of.ts";
import { averageOf, spreadAround, valueOr, varianceOf } from "./small-samples.ts";

it("a small sample has the mean, spread and variance that numpy gives", () => {
  const sample = [2.5, -1, 4, 4, 0.125];
  expect(averageOf(sample)).toEqual({ outcome: "ok", value: 1.925 });
  expect(valueOr(spreadAround(sample), 0)).toBeCloseTo(2.03654118544163, 14);
  expect(valueOr(varianceOf(sample), 0)).toBeCloseTo(5.184375, 13);
});

it("an average keeps what a plain sum loses beside large numbers", () => {
  expect(averageOf([1e16, 1, -1e16, 1])).toEqual({ outcome: "ok", value: 0.5 });
});

it.each([
  ["averageOf", averageOf, 1],
  ["spreadAround", spreadAround, 1],
  ["varianceOf", varianceOf, 2],
])("%s names what it cannot answer, and never answers NaN", (_name, statistic, fewest) => {
  expect(statistic(new Array<number>(fewest - 1).fill(3)).outcome).toBe("insufficient_data");
  expect(statistic(new Array<number>(fewest).fill(3)).outcome).toBe("ok");
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
    expect(statistic([1, 2, value]).outcome).toBe("not_defined");
  expect(statistic([1.7e308, 1.7e308, -1.7e308, 1.7e308]).outcome).toBe("not_defined");
});

it("valueOr takes what its caller says where there is no value", () => {
  expect(valueOr(averageOf([]), 7)).toBe(7);
  expect(valueOr(medianOf([]), undefined)).toBeUndefined();
  expect(valueOr(medianOf([1, 3]), undefined)).toBe(2);
});
