import { describe, expect, test } from "vitest";
import { createRandom, drawNormal } from "../../random/index.ts";
import { assessVolumeWindow, type VolumeVerdict } from "./assess-volume-window.ts";

const HOUR_MS = 3_600_000;
const EPOCH = Date.UTC(2024, 0, 1);

// Nights are quiet, days busy; 5 % noise.
function traffic(hours: number, seed = 1) {
  const random = createRandom(seed);
  return Array.from({ length: hours }, (_, hour) => ({
    start: EPOCH + hour * HOUR_MS,
    count: Math.round(
      (600 + 500 * Math.sin((2 * Math.PI * hour) / 24)) * Math.exp(0.05 * drawNormal(random)),
    ),
  }));
}

function assess(history: ReturnType<typeof traffic>, count: number, previousState?: VolumeVerdict["state"]) {
  const start = EPOCH + history.length * HOUR_MS;
  return assessVolumeWindow({ window: { start, end: start + HOUR_MS, count }, history, previousState });
}

describe("assessVolumeWindow", () => {
  test("takes the daily rhythm for what it is: two quiet weeks after two learned ones", () => {
    const all = traffic(28 * 24);
    let state: VolumeVerdict["state"] | undefined;
    const outcomes = all.slice(14 * 24).map((window, index) => {
      const verdict = assessVolumeWindow({
        window: { ...window, end: window.start + HOUR_MS },
        history: all.slice(0, 14 * 24 + index),
        previousState: state,
      });
      state = verdict.state;
      return verdict.outcome;
    });
    expect(outcomes).not.toContain("alarm");
  });

  test("calls silence an alarm at once", () => {
    const verdict = assess(traffic(14 * 24 + 8), 0);
    expect(verdict.outcome).toBe("alarm");
    expect(verdict.cause).toBe("volume");
    expect(verdict.reason).toContain("traffic has stopped");
  });

  test("calls a drop by half an alarm in the second window, and clears it when traffic is back", () => {
    const history = traffic(14 * 24 + 8);
    const usual = history.at(-24)!.count;
    const first = assess(history, usual / 2);
    const second = assess(history, usual / 2, first.state);
    const third = assess(history, usual, second.state);
    expect([first.outcome, second.outcome, third.outcome]).toEqual(["drifting", "alarm", "ok"]);
  });

  test("says so when it knows too little", () => {
    expect(assess(traffic(2), 100).outcome).toBe("insufficient_data");
    expect(assess([], 0).outcome).toBe("insufficient_data");
  });

  test("is not alarmed by the silence of a stream that is often silent", () => {
    const history = traffic(10 * 24).map((window, hour) => ({ ...window, count: hour % 3 === 0 ? 2 : 0 }));
    expect(assess(history, 0).outcome).not.toBe("alarm");
  });
});
