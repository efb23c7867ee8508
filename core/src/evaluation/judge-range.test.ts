import { expect, test } from "vitest";
import type { MonitorKind } from "../records/index.ts";
import type { Outcome } from "./evaluation.ts";
import { judgeRange, type RangeVerdict } from "./judge-range.ts";

const KINDS: MonitorKind[] = ["drift", "performance", "volume", "labels"];
const verdict = (kind: MonitorKind, window: string, outcome: Outcome, isReference = false): RangeVerdict => ({
  monitorId: `m/${kind}`,
  ...{ kind, window, outcome, isReference },
  reason: `${kind} says ${outcome}`,
});
const both = (drift: Outcome, performance: Outcome, window = "1") => [
  verdict("drift", window, drift),
  verdict("performance", window, performance),
  verdict("volume", window, "ok"),
  verdict("labels", window, "ok"),
];
const reference = verdict("drift", "0", "insufficient_data", true);

test.each<[string, RangeVerdict[], MonitorKind[], "pass" | "not_judged", string]>([
  [
    "every window judged by all",
    [...both("ok", "ok"), ...both("ok", "ok", "2")],
    KINDS,
    "pass",
    "2 of 2 windows were judged",
  ],
  ["a drift that is no alarm", both("drifting", "ok"), KINDS, "pass", "1 of 1"],
  ["labels still to come", both("ok", "immature"), KINDS, "pass", "though not by every monitor"],
  ["the reference's own windows beside others", [reference, ...both("ok", "ok")], KINDS, "pass", "1 of 2"],
  [
    "nothing but the reference's own windows",
    [reference],
    KINDS,
    "not_judged",
    "drift says insufficient_data",
  ],
  ["no window", [], KINDS, "not_judged", "no whole window lies in this range"],
  ["no monitor enabled", [], [], "not_judged", "no monitor is enabled"],
  [
    "too few rows in one of two windows",
    [...both("ok", "ok"), ...both("insufficient_data", "insufficient_data", "2")],
    KINDS,
    "not_judged",
    "1 of 2 windows were judged. performance: performance says insufficient_data",
  ],
  ["traffic as usual, and nothing else judged", both("no_data", "immature"), KINDS, "not_judged", "0 of 1"],
  [
    "traffic as usual, and no reference yet",
    [verdict("volume", "1", "ok")],
    KINDS,
    "not_judged",
    "there is no reference yet",
  ],
  [
    "labels that cannot be compared",
    both("ok", "not_defined"),
    KINDS,
    "not_judged",
    "performance says not_defined",
  ],
  ["a check that broke", both("error", "ok"), KINDS, "not_judged", "drift says error"],
  [
    "windows of other lengths beside",
    [...both("ok", "ok"), verdict("latency_slo", "1 a", "ok")],
    KINDS,
    "pass",
    "1 of 1",
  ],
  ["a volume monitor alone, judged", [verdict("volume", "1", "ok")], ["volume"], "pass", "1 of 1"],
  [
    "a latency objective without data",
    [verdict("latency_slo", "1", "no_data")],
    ["latency_slo"],
    "not_judged",
    "0 of 1",
  ],
])("%s", (_situation, verdicts, kinds, expected, says) => {
  const judged = judgeRange({ alarms: 0, verdicts, kinds });
  expect(judged.verdict).toBe(expected);
  expect(judged.reason).toContain(says);
});

test("an alarm fails a range, whatever else could not be judged", () => {
  const judged = judgeRange({ alarms: 1, verdicts: both("alarm", "no_data"), kinds: KINDS });
  expect(judged).toMatchObject({ verdict: "alarm", reason: "1 alarm; 1 of 1 windows were judged" });
});

test("what could not be judged is counted by monitor and outcome, with the last reason", () => {
  const verdicts = [...both("no_data", "ok"), ...both("no_data", "ok", "2")];
  expect(judgeRange({ alarms: 0, verdicts, kinds: KINDS }).not_judged).toEqual([
    { monitor_id: "m/drift", kind: "drift", outcome: "no_data", windows: 2, reason: "drift says no_data" },
  ]);
});
