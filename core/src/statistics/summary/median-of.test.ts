import { expect, it } from "vitest";
import { medianOf } from "./median-of.ts";

it("is the middle value, or the mean of the two middle ones", () => {
  expect(medianOf([5])).toEqual({ outcome: "ok", value: 5 });
  expect(medianOf([9, 1, 4])).toEqual({ outcome: "ok", value: 4 });
  expect(medianOf([3, 1, 2, 10])).toEqual({ outcome: "ok", value: 2.5 });
});

it("names what it can't answer", () => {
  expect(medianOf([]).outcome).toBe("insufficient_data");
  expect(medianOf([1, Number.NaN]).outcome).toBe("insufficient_data");
});
