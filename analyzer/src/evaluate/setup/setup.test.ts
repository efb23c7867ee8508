import type { Reference } from "@leeway/core/records";
import { describe, expect, it } from "vitest";
import { automaticMonitors } from "./automatic-monitors.ts";
import { chooseReference } from "./choose-reference.ts";
import { chooseWindow, WINDOW_SIZES_MS } from "./choose-window.ts";
import { guessTask } from "./guess-task.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const T0 = Date.UTC(2026, 0, 5);

describe("chooseWindow", () => {
  it.each([
    [1_000_000, HOUR],
    [30_000, HOUR],
    [8_000, 6 * HOUR],
    [800, DAY],
    [100, 7 * DAY],
    [1, 7 * DAY],
  ])("with %i predictions a day it is %i ms", (perDay, size) => {
    expect(chooseWindow({ count: perDay * 10, from: T0, to: T0 + 10 * DAY }, 500, WINDOW_SIZES_MS)).toBe(
      size,
    );
  });
});

describe("automaticMonitors", () => {
  const model = { model: "flights", task: "binary" as const, configured: false, created_at: T0 };
  const traffic = { count: 8_000, from: T0, to: T0 + 10 * DAY };

  it("gives an unconfigured model one monitor of each kind", () => {
    const monitors = automaticMonitors({ model, environment: "production", traffic, now: T0 });
    expect(monitors.map((monitor) => [monitor.id, monitor.window])).toEqual([
      ["flights/drift", DAY],
      ["flights/performance", DAY],
      ["flights/volume", DAY],
      ["flights/labels", DAY],
      ["flights/latency_slo", 6 * HOUR],
    ]);
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

describe("chooseReference", () => {
  const reference = (version: string, source: Reference["source"], createdAt: number): Reference => ({
    id: `${version}-${source}-${createdAt}`,
    model: "flights",
    version,
    source,
    rows: 100,
    from: T0,
    to: T0 + DAY,
    labelled_rows: 0,
    features: [],
    created_at: createdAt,
  });
  const choose = (references: Reference[], count = 0, asOf = T0) =>
    chooseReference({ version: "2", references, traffic: { count, first: T0 + HOUR, last: asOf }, asOf });

  it("takes the newest one given for the version", () => {
    const chosen = choose([
      reference("2", "upload", 1),
      reference("2", "window", 2),
      reference("1", "upload", 3),
    ]);
    expect(chosen).toMatchObject({ outcome: "chosen", isOwn: true, reference: { id: "2-window-2" } });
  });

  it("takes another version's upload before the first days", () => {
    const chosen = choose([reference("1", "upload", 1), reference("2", "automatic", 2)]);
    expect(chosen).toMatchObject({ outcome: "chosen", isOwn: false, reference: { id: "1-upload-1" } });
  });

  it("keeps the first automatic one", () => {
    const chosen = choose([reference("2", "automatic", 1), reference("2", "automatic", 2)]);
    expect(chosen).toMatchObject({ outcome: "chosen", reference: { id: "2-automatic-1" } });
  });

  it.each([
    ["waits on the first day", 5_000, T0 + 20 * HOUR, "wait"],
    ["waits with few predictions", 1_999, T0 + 2 * DAY, "wait"],
    ["takes one full day with many predictions", 2_000, T0 + DAY, "take_first_days"],
    ["takes three days with few", 50, T0 + 3 * DAY, "take_first_days"],
  ])("%s", (_name, count, asOf, outcome) => {
    expect(choose([], count, asOf).outcome).toBe(outcome);
  });
});
