import { describe, expect, test } from "vitest";
import { countWindow, createEventSeries, MINUTE_MS, type MinuteEvents } from "../../slo/index.ts";
import { assessSloWindow, type CountOver } from "./assess-slo-window.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const objective = { threshold_ms: 200, target: 0.99, period_ms: 30 * DAY_MS };

/** Share of a minute's requests that are slow, fail, or carry no latency. */
interface Minute {
  perMinute: number;
  slow?: number;
  failed?: number;
  untimed?: number;
}

/** requests returns the minutes of a service from its first one on. */
function requests(minutes: number, of: (minute: number) => Minute, from = 0): MinuteEvents[] {
  return Array.from({ length: minutes }, (_, i) => {
    const { perMinute, slow = 0, failed = 0, untimed = 0 } = of(i);
    const total = perMinute * (1 - untimed);
    return {
      minute: (from + i) * MINUTE_MS,
      total,
      good: total * (1 - slow - failed),
      failed: total * failed,
      untimed: perMinute * untimed,
    };
  });
}

/** at returns what a window that ends after so many minutes counts. */
function at(events: readonly MinuteEvents[], minutes: number): CountOver {
  const series = createEventSeries(events);
  return (durationMs) => countWindow(series, (minutes - 1) * MINUTE_MS, durationMs);
}

const assess = (countOver: CountOver, version?: Parameters<typeof assessSloWindow>[0]["version"]) =>
  assessSloWindow({
    window: { start: 0, end: HOUR_MS },
    objective,
    countOver,
    ...(version === undefined ? {} : { version }),
  });

/** firstAlarm returns the first minute after which the objective alarms, looked at every minute; undefined where it never does. */
function firstAlarm(events: readonly MinuteEvents[], from: number, to: number): number | undefined {
  for (let minute = from; minute <= to; minute++) {
    if (assess(at(events, minute)).outcome === "alarm") return minute;
  }
  return undefined;
}

const MONTH = 30 * 24 * 60;

describe("an alert says that budget was truly spent", () => {
  test("two slow minutes after a start, then perfect, never alert", () => {
    const events = requests(24 * 60, (minute) => ({ perMinute: 60, slow: minute < 2 ? 1 : 0 }));
    expect(firstAlarm(events, 1, 24 * 60)).toBeUndefined();
  });

  test("a burn of 1.67 does not alert after five minutes of data", () => {
    const events = requests(5, () => ({ perMinute: 60, slow: 0.0167 }));
    expect(assess(at(events, 5)).outcome).not.toBe("alarm");
  });

  test.each([
    // Detection time of the fast rule: 2 % of the budget of 30 days at that burn.
    [20, (0.02 * 720) / 20],
    [50, (0.02 * 720) / 50],
    [100, (0.02 * 720) / 100],
  ])(
    "a service that begins to burn %d× alerts in its theoretical time, also when it is new",
    (burn, hours) => {
      for (const calm of [0, 60, 3 * 24 * 60]) {
        const events = requests(calm + 180, (minute) => ({
          perMinute: 60,
          slow: minute < calm ? 0 : burn / 100,
        }));
        const alarm = firstAlarm(events, calm + 1, calm + 180)!;
        expect(Math.abs(alarm - calm - hours * 60), `after ${calm} calm minutes`).toBeLessThanOrEqual(1.5);
      }
    },
  );

  test("a burn of 0.9 for a month never alerts, and one of 1.5 alerts by the slow rule when 10 % are spent", () => {
    expect(
      assess(
        at(
          requests(MONTH, () => ({ perMinute: 10, slow: 0.009 })),
          MONTH,
        ),
      ).outcome,
    ).toBe("ok");
    const burning = requests(MONTH, (minute) => ({
      perMinute: 10,
      slow: minute < MONTH - 5_000 ? 0 : 0.015,
    }));
    const alarms = [2_500, 2_870, 2_890].map(
      (minutes) => assess(at(burning, MONTH - 5_000 + minutes)).outcome,
    );
    expect(alarms).toEqual(["ok", "ok", "alarm"]);
  });

  test("one error in 40 requests never alerts; a true 10× burn at 40 requests an hour does, in its time", () => {
    const rare = requests(6 * 60, (minute) => ({ perMinute: 40 / 60, slow: minute === 300 ? 1.5 : 0 }));
    expect(firstAlarm(rare, 1, 6 * 60)).toBeUndefined();
    const burning = requests(12 * 60, (minute) => ({ perMinute: 40 / 60, slow: minute < 240 ? 0 : 0.1 }));
    const alarm = firstAlarm(burning, 241, 12 * 60)!;
    expect(Math.abs(alarm - 240 - 3.6 * 60)).toBeLessThanOrEqual(2);
  });

  test("a total outage alerts with what is left of the budget", () => {
    const verdict = assess(
      at(
        requests(MONTH, (m) => ({ perMinute: 10, slow: m < MONTH - 60 ? 0 : 1 })),
        MONTH,
      ),
    );
    expect(verdict).toMatchObject({ outcome: "alarm", cause: "serving" });
    expect(verdict.detail.budget_left).toBeCloseTo(1 - 1 / 7.2, 9);
    expect(verdict.reason).toMatch(
      /^Slow answers: .*Objective 99 % within 200 ms\. 86\.1 % of the error budget of 30d is left\.$/,
    );
  });
});

describe("an alert says what is wrong", () => {
  test.each<[string, Minute, RegExp]>([
    ["errors that come fast", { perMinute: 60, failed: 0.5 }, /^Requests fail: /],
    ["slow answers", { perMinute: 60, slow: 0.5 }, /^Slow answers: /],
    ["both", { perMinute: 60, slow: 0.3, failed: 0.3 }, /^Requests fail \(.*\) and are slow \(.*\): /],
  ])("%s", (_, minute, words) => {
    const verdict = assess(
      at(
        requests(120, () => minute),
        120,
      ),
    );
    expect(verdict.outcome).toBe("alarm");
    expect(verdict.reason).toMatch(words);
  });

  test("where there is less data than a rule's window, it says how much there is", () => {
    const verdict = assess(
      at(
        requests(20, () => ({ perMinute: 60, slow: 1 })),
        20,
      ),
    );
    expect(verdict.reason).toContain("over 20m (all there is)");
  });
});

describe("no data is no success", () => {
  test("without requests", () => {
    expect(assess(at([], 60))).toMatchObject({
      outcome: "no_data",
      reason: expect.stringContaining("no requests"),
    });
  });

  test("where most requests carry no latency, and it says what to send", () => {
    const verdict = assess(
      at(
        requests(120, () => ({ perMinute: 60, untimed: 0.9 })),
        120,
      ),
    );
    expect(verdict.outcome).toBe("no_data");
    expect(verdict.reason).toBe(
      "Objective 99 % within 200 ms: only 10 % of the requests carry a latency. Send latency_ms with each prediction.",
    );
  });

  test("but requests without a latency beside many with one are left out of both counts", () => {
    const verdict = assess(
      at(
        requests(120, () => ({ perMinute: 60, untimed: 0.2 })),
        120,
      ),
    );
    expect(verdict).toMatchObject({ outcome: "ok", detail: { achieved: 1 } });
  });
});

test("versions spend one budget: the one with most of the bad requests alarms, the other says which it is", () => {
  const old = requests(4 * 60, () => ({ perMinute: 30 }));
  const fresh = requests(180, () => ({ perMinute: 30, slow: 0.4 }), 60);
  const together = old.map((one, i) => {
    const other = fresh[i - 60];
    return other === undefined
      ? one
      : { ...one, total: one.total + other.total, good: one.good + other.good };
  });
  const [all, own, others] = [at(together, 240), at(fresh, 240), at(old, 240)];
  const burning = assess(all, { own, others: new Map([["1", others]]) });
  const calm = assess(all, { own: others, others: new Map([["2", own]]) });
  expect(burning).toMatchObject({ outcome: "alarm", detail: { version_share: 1 } });
  expect(calm).toMatchObject({ outcome: "ok", detail: { version_share: 0 } });
  expect(calm.reason).toContain("version 2 has 100 % of the bad requests");
  // One objective: what is left of its budget is the same for both.
  expect(calm.detail.budget_left).toBe(burning.detail.budget_left);
});
