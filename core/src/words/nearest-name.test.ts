import { expect, it } from "vitest";
import { nearestName } from "./nearest-name.ts";

const FIELDS = [
  "model",
  "version",
  "window",
  "minimum_count",
  "thresholds",
  "enabled",
  "channels",
  "kind",
  "to",
];

it.each([
  ["modle", "model"],
  ["Model", "model"],
  ["models", "model"],
  ["minimum_cuont", "minimum_count"],
  ["minimumCount", "minimum_count"],
  ["threshholds", "thresholds"],
  ["enabeld", "enabled"],
  ["channles", "channels"],
  ["kidn", "kind"],
  ["__proto__", undefined],
  ["region", undefined],
  ["x".repeat(300_000), undefined],
])("finds what %s was meant to be", (name, nearest) => {
  expect(nearestName(name, FIELDS)).toBe(nearest);
});
