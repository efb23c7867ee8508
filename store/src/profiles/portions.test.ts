import { expect, it } from "vitest";
import { cutIntoPortions } from "./portions.ts";

it("fills portions up to the limit and gives a larger hour one of its own", () => {
  const rows = [3, 4, 9, 1, 1, 20, 2];
  const cut = cutIntoPortions([0, 1, 2, 3, 4, 5, 6], (hour) => rows[hour]!, { rows: 10, hours: 100 });
  expect(cut).toEqual([[0, 1], [2, 3], [4], [5], [6]]);
});

it("has no portion without hours", () => {
  expect(cutIntoPortions([], () => 1, { rows: 10, hours: 100 })).toEqual([]);
});

it("begins another portion after so many hours, however few rows they hold", () => {
  const hours = Array.from({ length: 5 }, (_, i) => i);
  expect(cutIntoPortions(hours, () => 1, { rows: 100, hours: 2 })).toEqual([[0, 1], [2, 3], [4]]);
});
