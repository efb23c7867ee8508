import { expect, it } from "vitest";
import { shownBins } from "./shown-bins.ts";

it("shows few bins as they are", () => {
  const few = { labels: ["a", "b"], reference: [0.5, 0.5], window: [1, 0] };
  expect(shownBins(few)).toBe(few);
});

it("shows of many bins those that hold or moved most, in their order, and the rest as one", () => {
  const labels = [...Array.from({ length: 198 }, (_, i) => `category ${i}`), "(other)", "(missing)"];
  const reference = labels.map((_, i) => (i < 10 ? 0.05 : i === 198 ? 0.3 : 0.2 / 188));
  const window = labels.map((_, i) => (i === 150 ? 0.4 : i === 199 ? 0.6 : 0));
  const shown = shownBins({ labels, reference, window });
  expect(shown.labels).toHaveLength(25);
  expect(shown.labels.slice(0, 10)).toEqual(labels.slice(0, 10));
  expect(shown.labels).toContain("category 150");
  expect(shown.labels.slice(-3)).toEqual(["(other)", "(missing)", "176 more, together"]);
  const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);
  expect(sum(shown.reference)).toBeCloseTo(sum(reference), 12);
  expect(sum(shown.window)).toBeCloseTo(1, 12);
});
