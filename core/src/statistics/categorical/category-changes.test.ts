import fc from "fast-check";
import { expect, test } from "vitest";
import { categoryBins } from "./category-bins.ts";
import { categoryChanges } from "./category-changes.ts";
import { countCategories } from "./count-categories.ts";
import { byCodeUnits, mostFrequent } from "./most-frequent.ts";

test("the most frequent categories are those a full sort puts first", () => {
  const categories = fc.uniqueArray(fc.tuple(fc.string({ maxLength: 3 }), fc.nat(5)), {
    selector: ([name]) => name,
  });
  fc.assert(
    fc.property(categories, fc.integer({ min: 1, max: 6 }), (all, limit) => {
      const sorted = [...all].sort(([a, n], [b, m]) => m - n || byCodeUnits(a, b));
      expect(mostFrequent(all, limit)).toEqual(sorted.slice(0, limit));
    }),
    { seed: 8, numRuns: 200 },
  );
});

test("new and vanished categories are named with their shares, missing values aside", () => {
  const reference = countCategories(["a", "a", "b", null]);
  const current = countCategories(["a", "c", "c", "d", undefined]);
  expect(categoryChanges(reference, current)).toEqual({
    newCategories: [
      { name: "c", count: 2, share: 0.5 },
      { name: "d", count: 1, share: 0.25 },
    ],
    newCategoryCount: 2,
    vanishedCategories: [{ name: "b", count: 1, share: 1 / 3 }],
    vanishedCategoryCount: 1,
  });
});

test("above the limit the reference's rest and everything new are pooled", () => {
  const reference = countCategories(["a", "a", "a", "b", "b", "c", "d"]);
  const bins = categoryBins(reference, countCategories(["a", "d", "x", "y"]), 2);
  expect(bins.labels).toEqual([
    { kind: "category", name: "a" },
    { kind: "category", name: "b" },
    { kind: "rest", categories: 2 },
    { kind: "new", categories: 2 },
  ]);
  expect(bins.reference).toEqual([3, 2, 2, 0]);
  expect(bins.current).toEqual([1, 0, 1, 2]);
});
