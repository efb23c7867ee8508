import { expect, test } from "vitest";
import { type Evaluation, monitorPreviewSchema } from "../../evaluation/index.ts";
import { createDriftAssessor } from "../drift/assess-drift-window.ts";
import { createExampleStream, onColumn } from "../example-rows.ts";
import type { MarkedIncident } from "./marks-on.ts";
import { previewMonitor } from "./preview-monitor.ts";
import { type PreviewedWindow, previewedWindow } from "./previewed-window.ts";

const stream = createExampleStream();
const broken = onColumn("age", () => 40);
const profiles = (count: number, isBroken: (day: number) => boolean) =>
  Array.from({ length: count }, (_, day) => stream.window(day, isBroken(day) ? broken : undefined));

function judged(windows: ReturnType<typeof profiles>, thresholds?: { psi: number }): PreviewedWindow[] {
  const monitor = { minimum_count: 30, ...(thresholds === undefined ? {} : { thresholds }) };
  const assess = createDriftAssessor({ ...stream, monitor });
  let state: ReturnType<typeof assess>["state"] | undefined;
  return windows.map((window) => {
    const { detail, blamed, outcome, cause, reason, ...verdict } = assess(window, state, {
      notJudged: { here: [], ever: [{ kind: "joint", outcome: "not_defined", reason: "too few rows" }] },
    });
    state = verdict.state;
    const evaluation: Parameters<typeof previewedWindow>[0] = {
      ...{ kind: "drift", outcome, reason, detail: { ...detail } satisfies Evaluation["detail"] },
      ...{ window_start: window.start, window_end: window.end },
      ...(cause === undefined ? {} : { cause }),
    };
    return previewedWindow(evaluation, blamed);
  });
}

const preview = (windows: readonly PreviewedWindow[], marked: readonly MarkedIncident[] = []) =>
  monitorPreviewSchema.parse(previewMonitor(windows, { windowMs: 86_400_000, budgetPerMonth: 0.5, marked }));

test("a quiet history says that nothing would have fired, and what was not judged", () => {
  const told = preview(judged(profiles(20, () => false)));
  expect(told.alarms).toEqual([]);
  expect(told.budget_per_month).toBe(0.5);
  expect(told.not_evaluated).toEqual([
    { kind: "joint", outcome: "not_defined", windows: 20, reason: "too few rows" },
  ]);
  expect(told.summary).toBe(
    "Would not have fired in 20 windows, 2024-01-29 to 2024-02-18; not judged: joint in 20",
  );
});

test("failing windows in a row are one alarm, with its length, cause and features", () => {
  const told = preview(judged(profiles(20, (day) => day >= 5 && day < 8)).reverse());
  expect(told.alarms).toHaveLength(1);
  expect(told.alarms[0]).toMatchObject({ windows: 3, cause: "pipeline", features: ["age"] });
  expect(told.longest_alarm_ms).toBe(3 * 86_400_000);
  expect(told.summary).toContain("once in 20 windows");
  expect(told.summary).toContain("failing 15 % of the time");
});

test("a fixed threshold set too low shows how noisy it would be", () => {
  expect(
    preview(
      judged(
        profiles(20, () => false),
        { psi: 0.02 },
      ),
    ).alarms.length,
  ).toBeGreaterThan(0);
});

test("a hole in the data is counted neither way, and named with its reason", () => {
  const windows = profiles(10, (day) => day === 4 || day === 6);
  windows[5] = { ...windows[5]!, rows: 0, count: 0, features: [] };
  const told = preview(judged(windows));
  expect(told.judged).toBe(9);
  expect(told.alarms).toHaveLength(1);
  expect(told.not_evaluated).toContainEqual({
    ...{ kind: "window", outcome: "no_data", windows: 1, reason: "No predictions in this window" },
  });
  expect(told.summary).toContain("in 9 of 10 windows");
});

test("no history is said to be none, and a history that can't be judged says why", () => {
  expect(preview([]).summary).toContain("no stored window");
  const empty = profiles(2, () => false).map((window) => ({ ...window, rows: 0, count: 0, features: [] }));
  expect(preview(judged(empty)).summary).toMatch(/^None of 2 windows could be judged, .*: No predictions/);
});

test("the alarms that fall on what people marked are counted by their marks, each once", () => {
  const windows = judged(profiles(20, (day) => (day >= 5 && day < 8) || day === 14));
  const time = (day: number) => windows[day]?.start ?? 0;
  const incident = (from: number, to: number, mark: "yes" | "no" | "expected"): MarkedIncident => ({
    ...{ started_at: time(from), last_failing_at: time(to) },
    useful: { mark, by: "ann@leeway.example", at: 0 },
  });
  const told = preview(windows, [incident(4, 6, "no"), incident(5, 7, "yes"), incident(10, 11, "expected")]);
  expect(told.on_marked).toEqual({ yes: 1, no: 0, expected: 0 });
  expect(told.summary).toContain("; 1 on what you marked useful");
  expect(preview(windows).on_marked).toEqual({ yes: 0, no: 0, expected: 0 });
});
