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
    expect(verdict.reason).toMatch(/^Traffic stopped: no predictions; usual is /);
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

const DAY_MS = 86_400_000;
const STREAMS = 12;

/** days returns the predictions of each day: 500 with 10 % noise, times what `shape` says of the day. */
function days(count: number, seed: number, shape: (day: number) => number) {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, day) => ({
    start: EPOCH + day * DAY_MS,
    count: Math.round(500 * shape(day) * Math.exp(0.1 * drawNormal(random))),
  }));
}

/** judgeDays returns the outcome of each day, judged in order with the days before it. */
function judgeDays(all: ReturnType<typeof days>) {
  let state: VolumeVerdict["state"] | undefined;
  return all.map((window, day) => {
    const verdict = assessVolumeWindow({
      window: { ...window, end: window.start + DAY_MS },
      history: all.slice(0, day),
      previousState: state,
    });
    state = verdict.state;
    return verdict.outcome;
  });
}

describe("daily windows", () => {
  test.each([
    [7, 0.1],
    [7, 2],
    [10, 0.1],
    [14, 0.5],
    [20, 0.1],
    [20, 0.5],
    [21, 0.5],
    [21, 2],
    [24, 0.5],
    [28, 2],
  ])("after %i days, traffic × %d is an alarm by its second day", (known, factor) => {
    const found = Array.from({ length: STREAMS }, (_, seed) =>
      judgeDays(days(known + 2, seed + 1, (day) => (day < known ? 1 : factor)))
        .slice(known)
        .includes("alarm"),
    );
    expect(found.filter(Boolean).length).toBeGreaterThanOrEqual(STREAMS - 2);
  });

  test.each<[string, (day: number) => number]>([
    ["steady traffic", () => 1],
    ["traffic that grows by 2 % a day", (day) => Math.exp(0.02 * day)],
    ["quiet weekends", (day) => (day % 7 >= 5 ? 0.4 : 1)],
    ["a holiday every 17 days", (day) => (day % 17 === 3 ? 0.45 : 1)],
  ])("%s keeps within the budget of false alarms", (_, shape) => {
    let alarms = 0;
    for (let seed = 1; seed <= STREAMS; seed++) {
      const outcomes = judgeDays(days(90, seed, shape));
      alarms += outcomes.filter((one, i) => one === "alarm" && outcomes[i - 1] !== "alarm").length;
    }
    // 36 stream-months: the budget of a tenth of an alarm a month allows three.
    expect(alarms).toBeLessThanOrEqual(3);
  });

  test("a first day out does not excuse the second, and a level that has lasted a fortnight is the new usual", () => {
    const outcomes = judgeDays(days(60, 3, (day) => (day < 30 ? 1 : 0.4)));
    expect(outcomes.slice(30, 32)).toEqual(["drifting", "alarm"]);
    expect(outcomes.slice(32, 44)).toEqual(Array(12).fill("alarm"));
    expect(outcomes.slice(50)).toEqual(Array(10).fill("ok"));
  });

  test("silence never becomes usual", () => {
    const outcomes = judgeDays(days(60, 4, (day) => (day < 30 ? 1 : 0)));
    expect(outcomes.slice(30)).toEqual(Array(30).fill("alarm"));
  });
});
