import { describe, expect, it } from "vitest";
import type { Outcome } from "../evaluation/index.ts";
import type { Cause } from "../records/index.ts";
import type { IncidentEvaluation } from "./incident-step.ts";
import { rangeAlarms } from "./range-alarms.ts";

const DAY = 86_400_000;

type Day = Outcome | { outcome: "alarm"; cause: Cause; blamed: string[] };

const evaluationsOf = (days: readonly Day[]): IncidentEvaluation[] =>
  days.map((day, index) => ({
    ...{ model: "m", version: "1", environment: "production", monitor_id: "drift", kind: "drift" },
    window_start: index * DAY,
    window_end: (index + 1) * DAY,
    reason: `day ${index}`,
    ...(typeof day === "string"
      ? { outcome: day, ...(day === "alarm" ? { cause: "input_drift", confidence: 0.8 } : {}) }
      : { ...day, blamed: day.blamed.map((name) => ({ name, evidence: "" })) }),
  }));

const spans = (days: readonly Day[]) =>
  rangeAlarms(evaluationsOf(days), 0).map(({ start, raised_at, end }) => [
    start / DAY,
    raised_at / DAY,
    end / DAY,
  ]);

describe("an alarm of a range", () => {
  it.each<[string, Day[], number[][]]>([
    ["that the first failing window raises", ["ok", "alarm", "alarm", "ok"], [[1, 2, 3]]],
    ["that needs windows in a row", ["ok", "drifting", "drifting", "alarm", "ok"], [[1, 4, 4]]],
    ["after drift that went away by itself", ["drifting", "ok", "alarm"], [[2, 3, 3]]],
    [
      "that comes back after it resolved",
      ["alarm", "ok", "ok", "ok", "drifting", "alarm", "alarm"],
      [
        [0, 1, 1],
        [4, 6, 7],
      ],
    ],
  ])("%s begins, is raised and ends", (_, days, expected) => {
    expect(spans(days)).toEqual(expected);
  });

  it("says its cause, features and reason as they are in the last failing window", () => {
    const drifted: Day = { outcome: "alarm", cause: "input_drift", blamed: ["a"] };
    const broken: Day = { outcome: "alarm", cause: "pipeline", blamed: ["b", "c", "a"] };
    const alarms = rangeAlarms(evaluationsOf([drifted, drifted, drifted, broken, broken]), 0);
    expect(alarms).toEqual([
      {
        ...{ start: 0, raised_at: DAY, end: 5 * DAY },
        ...{ cause: "pipeline", features: ["b", "c", "a"], reason: "day 4" },
      },
    ]);
  });
});
