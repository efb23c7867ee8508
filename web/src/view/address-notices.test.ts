import { expect, test } from "vitest";
import { addressNotices } from "./address-notices.ts";

test("what an address names and the range has is shown without a word", () => {
  const address = { metric: "log_loss", feature: "distance", start: "0" };
  expect(addressNotices(address, { metrics: ["log_loss"], isCellShown: true })).toEqual([]);
  expect(addressNotices({}, { metrics: [], isCellShown: false })).toEqual([]);
});

test("what an address names and the range has not is said", () => {
  const address = { metric: "nope", feature: "12", start: "0" };
  expect(addressNotices(address, { metrics: ["log_loss"], isCellShown: false })).toEqual([
    "The metric “nope” has no value in this range. Another metric is shown.",
    "There is no verdict of the feature “12” in the window that this address names.",
  ]);
});
