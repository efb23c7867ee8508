import { describe, expect, it } from "vitest";
import { automaticMonitors } from "./automatic-monitors.ts";
import { chooseVerdictWindow } from "./choose-window.ts";
import { guessTask } from "./guess-task.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 0, 5);

describe("chooseVerdictWindow", () => {
  it.each([
    [1_000_000, HOUR],
    [30_000, HOUR],
    [8_000, 6 * HOUR],
    [800, DAY],
    [400, DAY],
    [130, DAY],
    [100, 7 * DAY],
    [1, 7 * DAY],
  ])("with %i predictions a day it is %i ms", (perDay, size) => {
    expect(chooseVerdictWindow({ count: perDay * 10, from: T0, to: T0 + 10 * DAY })).toBe(size);
  });
});

describe("automaticMonitors", () => {
  const model = { model: "flights", task: "binary" as const, configured: false, created_at: T0 };
  const traffic = { count: 8_000, from: T0, to: T0 + 10 * DAY };

  it("gives an unconfigured model one monitor of each kind, but invents no latency objective", () => {
    const monitors = automaticMonitors({ model, environment: "production", traffic, now: T0 });
    expect(monitors.map((monitor) => [monitor.id, monitor.window])).toEqual([
      ["flights/drift", DAY],
      ["flights/performance", DAY],
      ["flights/volume", DAY],
      ["flights/labels", DAY],
    ]);
    const stated = { ...model, latency_objective: { threshold_ms: 400, target: 0.99 } };
    expect(
      automaticMonitors({ model: stated, environment: "production", traffic, now: T0 })[4],
    ).toMatchObject({
      id: "flights/latency_slo",
      window: 6 * HOUR,
      objective: { threshold_ms: 400, target: 0.99 },
    });
  });

  it("keeps to the window and the objective that the model's settings name", () => {
    const settings = { ...model, window: 2 * HOUR, latency_objective: { threshold_ms: 50, target: 0.999 } };
    const monitors = automaticMonitors({ model: settings, environment: "shadow", traffic, now: T0 });
    expect(monitors[0]).toMatchObject({ id: "flights/shadow/drift", window: 2 * HOUR, channels: [] });
    expect(monitors[4]?.objective).toMatchObject({ threshold_ms: 50, target: 0.999 });
  });
});

describe("guessTask", () => {
  const outputs = { rows: 10, withScore: 0, withValue: 0, withClassScores: 0, classes: [] as string[] };
  const unscored = { firstSeenAt: 0, predicted: 0, labelled: 5, scored: 0, scoreSum: 0, scoreSquares: 0 };
  it.each<[string, Partial<typeof outputs>, string, string | undefined]>([
    ["a score and labels true and false", { withScore: 10, classes: ["false", "true"] }, "binary", "true"],
    ["a score and only negative labels so far", { withScore: 10, classes: ["0"] }, "binary", undefined],
    ["a score and no class so far", { withScore: 10 }, "binary", undefined],
    ["two named classes", { classes: ["ham", "spam"] }, "binary", undefined],
    ["No and Yes", { classes: ["No", "Yes"] }, "binary", "Yes"],
    ["three classes", { classes: ["a", "b", "c"] }, "multiclass", undefined],
    ["scores by class", { withClassScores: 10, classes: ["a"] }, "multiclass", undefined],
    ["a value", { withValue: 10 }, "regression", undefined],
  ])("reads %s", (_name, changes, task, positiveClass) => {
    const seen = (changes.classes ?? []).map((name) => ({ name, ...unscored }));
    expect(guessTask({ ...outputs, ...changes }, seen)).toEqual({ task, positiveClass });
  });
});
