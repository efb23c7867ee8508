import { expect, test } from "vitest";
import type { Maturity } from "../../performance/index.ts";
import { assessLabelsWindow } from "./assess-labels-window.ts";

const maturity = (state: Maturity["state"], coverage: number): Maturity => ({
  mature: state === "mature",
  state,
  coverage,
  expectedCoverage: 0.9,
  finalCoverage: 0.95,
  reason: "as the test says",
  numbers: { predictions: 500, coverage, expectedCoverage: 0.9, finalCoverage: 0.95, ageMs: 0 },
});
const window = { start: 0, end: 1, predictions: 500, labelled: 100 };

test.each([
  ["labels as usual", "mature", {}, undefined, "ok"],
  ["labels still to come", "waiting", {}, undefined, "immature"],
  ["a model without labels yet", "unknown", {}, undefined, "insufficient_data"],
  ["half of the labels missing once", "labels_missing", {}, undefined, "drifting"],
  ["and twice", "labels_missing", {}, { alarm: false, streak: 1 }, "alarm"],
  ["no label at all", "labels_missing", { labelled: 0 }, undefined, "alarm"],
  [
    "hardly any predictions",
    "labels_missing",
    { predictions: 10, labelled: 0 },
    undefined,
    "insufficient_data",
  ],
  ["no prediction", "labels_missing", { predictions: 0, labelled: 0 }, undefined, "no_data"],
] as const)("%s: %s", (_, state, changes, previousState, outcome) => {
  const verdict = assessLabelsWindow({
    window: { ...window, ...changes },
    maturity: maturity(state, 0.2),
    isCompared: true,
    previousState,
  });
  expect(verdict.outcome).toBe(outcome);
  expect(verdict.cause).toBe(outcome === "alarm" || outcome === "drifting" ? "labels" : undefined);
});

const trouble = {
  trouble: "spelt_differently",
  share: 1,
  confidence: 0.95,
  what: "Labels are spelt differently",
  detail: "1 → true",
} as const;

test("labels that came and are spelt differently alarm at once, with the day it began", () => {
  const first = assessLabelsWindow({ window, maturity: maturity("mature", 0.9), trouble, isCompared: true });
  expect([first.outcome, first.cause]).toEqual(["alarm", "labels"]);
  const next = assessLabelsWindow({
    window: { ...window, start: 86_400_000 },
    maturity: maturity("mature", 0.9),
    trouble,
    isCompared: true,
    previousState: first.state,
  });
  expect(next.reason).toMatch(/^Labels are spelt differently since 1970-01-01: 1 → true/);
});

test("a few of them are an alarm only where the next window has them too", () => {
  const few = { ...trouble, share: 0.1 };
  const assess = (previousState?: ReturnType<typeof assessLabelsWindow>["state"]) =>
    assessLabelsWindow({
      window,
      maturity: maturity("mature", 0.9),
      trouble: few,
      isCompared: true,
      previousState,
    });
  expect(assess().outcome).toBe("drifting");
  expect(assess(assess().state).outcome).toBe("alarm");
});

test("labels as usual whose classes nothing could be compared with say so", () => {
  const verdict = assessLabelsWindow({ window, maturity: maturity("mature", 0.9), isCompared: false });
  expect([verdict.outcome, verdict.reason.includes("was not compared")]).toEqual(["ok", true]);
});
