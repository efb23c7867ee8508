import { describe, expect, it } from "vitest";
import { automaticMonitors } from "./automatic-monitors.ts";
import { chooseVerdictWindow } from "./choose-window.ts";

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
