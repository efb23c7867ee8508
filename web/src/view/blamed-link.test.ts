import type { Incident } from "@leeway/core/records";
import { expect, test } from "vitest";
import { blamedLink, sliceSubject } from "./blamed-link.ts";

const DAY = 86_400_000;
const T0 = Date.UTC(2026, 10, 5);

test.each([
  ["12 < hour ≤ 17", "hour"],
  ["-1.5e-7 < temp < x ≤ 0.25", "temp < x"],
  ["hour ≤ 12", "hour"],
  ["hour > 17", "hour"],
  ["price > cost > 3", "price > cost"],
  ["region = eu", "region"],
  ["origin = A = B", "origin"],
  ["distance", "distance"],
])("the slice %s is about %s", (name, subject) => {
  expect(sliceSubject(name)).toBe(subject);
});

const incident = (changes: Partial<Incident>): Incident =>
  ({
    ...{ model: "flight delays", version: "2", environment: "shadow", cause: "concept_drift" },
    ...{ started_at: T0, last_failing_at: T0 + 2 * DAY, evaluations: [] },
    ...changes,
  }) as Incident;

test("a slice of concept drift leads to its subject value by value, in the incident's days and environment", () => {
  const link = blamedLink(incident({}), { name: "12 < hour ≤ 17", evidence: "" });
  const url = new URL(link?.href ?? "", "http://own.invalid");
  expect(url.pathname).toBe("/models/flight%20delays");
  expect(Object.fromEntries(url.searchParams)).toEqual({
    ...{ by: "hour", version: "2", environment: "shadow" },
    ...{ from: "2026-11-05T00:00:00.000Z", to: "2026-11-07T00:00:00.000Z" },
  });
  expect(link?.text).toBe("See hour value by value");
});

test("a feature of a drift incident leads to the cell that failed last, inside the shown range", () => {
  const window = {
    monitor_id: "d",
    window_start: T0,
    window_end: T0 + DAY,
    reason: "",
    cause: "pipeline",
  } as const;
  const other = { ...window, window_start: T0 + 3_600_000, cause: "concept_drift" } as const;
  const link = blamedLink(incident({ cause: "pipeline", evaluations: [window, other] }), {
    ...{ name: "12 < hour ≤ 17", evidence: "" },
  });
  const { searchParams } = new URL(link?.href ?? "", "http://own.invalid");
  expect([searchParams.get("feature"), searchParams.get("start")]).toEqual(["12 < hour ≤ 17", String(T0)]);
  expect(Date.parse(searchParams.get("from") ?? "")).toBeLessThan(T0);
});

test("where nothing failed yet there is nothing to lead to", () => {
  expect(blamedLink(incident({ cause: "pipeline" }), { name: "distance", evidence: "" })).toBeUndefined();
});
