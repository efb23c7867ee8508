import { describe, expect, it } from "vitest";
import { inferFeatureKind, toEpochMs, toFeature } from "./cell-values.ts";

describe("toEpochMs", () => {
  it.each([
    ["2026-01-31T12:00:00Z", Date.UTC(2026, 0, 31, 12)],
    ["2026-01-31 12:00:00", Date.UTC(2026, 0, 31, 12)],
    ["2026-01-31T12:00:00.250+02:00", Date.UTC(2026, 0, 31, 10, 0, 0, 250)],
    ["2026-01-31", Date.UTC(2026, 0, 31)],
    ["1769860800", 1_769_860_800_000],
    [1_769_860_800_000, 1_769_860_800_000],
    [1_769_860_800_000_000, 1_769_860_800_000],
    [new Date(5), 5],
    ["soon", null],
    ["2026-13-45", null],
    ["", null],
    [null, null],
    [true, null],
  ])("reads %s", (cell, expected) => {
    expect(toEpochMs(cell)).toBe(expected);
  });
});

describe("feature values", () => {
  it("take their type from the whole column, so that a category 1 is not a number among texts", () => {
    expect(inferFeatureKind(["1", "2.5", "NaN", null])).toBe("number");
    expect(inferFeatureKind(["1", "A"])).toBe("text");
    expect(inferFeatureKind(["true", "FALSE"])).toBe("boolean");
    expect(inferFeatureKind([null])).toBe("text");
    expect(toFeature("1", "text")).toBe("1");
    expect(toFeature("1", "number")).toBe(1);
    expect(toFeature("A", "number")).toBe("A");
    expect(toFeature("nan", "number")).toBeNull();
    expect(toFeature("TRUE", "boolean")).toBe(true);
    expect(toFeature(7, "text")).toBe(7);
  });
});
