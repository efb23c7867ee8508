import { expect, test } from "vitest";
import type { DriftLane, DriftRow } from "./drift-lane.ts";
import {
  driftSentence,
  estimateSentence,
  latencySentence,
  performanceSentence,
  type RangeTraffic,
  volumeSentence,
} from "./lane-sentences.ts";
import type { ServingPoint } from "./model-page.ts";
import type { PerformancePoint } from "./performance-lane.ts";

const DAY = 86_400_000;
const NOW = Date.UTC(2026, 4, 20);

function serving(start: number, p95: number | null): ServingPoint {
  return { start, end: start + DAY, total: 100, errors: 2, p50: p95, p95, p99: p95 };
}

test("traffic reads as a count with its failures", () => {
  expect(volumeSentence([])).toBe("No predictions in this range.");
  expect(volumeSentence([serving(NOW, 5), serving(NOW, 5)])).toBe(
    "200 predictions in this range; 4 failed (2.0\u00a0%).",
  );
});

const TRAFFIC: RangeTraffic = {
  range: { from: NOW - 10 * DAY, to: NOW },
  seen: { firstSeen: NOW - 30 * DAY, lastSeen: NOW },
  hasReference: true,
  waitsBecause: undefined,
  now: NOW,
};

test("drift names the features that drifted most often", () => {
  const row = (feature: string, driftedWindows: number): DriftRow => ({
    feature,
    type: "numeric",
    isPrediction: false,
    cells: [],
    driftedWindows,
    worst: 1,
  });
  const column = {
    start: 0,
    end: 1,
    count: 1,
    outcome: "ok",
    reason: "",
    driftShare: 0,
    joint: null,
    jointReason: undefined,
  } as const;
  const lane: DriftLane = {
    columns: [column],
    rows: [row("distance", 4), row("hour", 0)],
    referenceId: "r",
    judgedWindows: 20,
    alarmWindows: 1,
    notJudged: [],
  };
  const parts = [{ name: "joint drift", windows: 3, reason: "151 rows in the window, 200 are needed" }];
  expect(driftSentence({ ...lane, rows: [], notJudged: parts }, TRAFFIC)).toBe(
    "20 windows judged: no feature drifted. Not judged: joint drift in 3 windows (151 rows in the window, 200 are needed).",
  );
  expect(driftSentence(lane, TRAFFIC)).toBe(
    "20 windows judged, 1 window raised an alarm. Drifted windows by feature: distance (4).",
  );
  expect(driftSentence({ ...lane, rows: [row("hour", 0)] }, TRAFFIC)).toBe(
    "20 windows judged: no feature drifted.",
  );
  const together = (isDrifted: boolean) => ({ ...column, joint: { auc: 0.6, isDrifted } });
  expect(driftSentence({ ...lane, rows: [], columns: [together(true), together(false)] }, TRAFFIC)).toBe(
    "20 windows judged: no feature drifted. In 1 of 2 windows correlations between features differ from the reference.",
  );
  expect(driftSentence({ ...lane, rows: [], columns: [together(false)] }, TRAFFIC)).toContain(
    "Correlations between features match the reference.",
  );
  expect(driftSentence({ ...lane, judgedWindows: 0 }, TRAFFIC)).toBe(
    "No window in this range could be judged.",
  );
});

test.each<[string, Partial<RangeTraffic>, string]>([
  ["nothing ever received", { seen: undefined }, "No prediction has come yet."],
  [
    "before all data, with a reference that was uploaded",
    { seen: { firstSeen: NOW, lastSeen: NOW + DAY } },
    "This range ends before the first prediction of this version, 20 May.",
  ],
  [
    "after all data",
    { seen: { firstSeen: NOW - 30 * DAY, lastSeen: NOW - 20 * DAY } },
    "This range begins after the newest prediction of this version, 30 Apr.",
  ],
  ["within the data, with a reference", {}, "No window in this range has been judged yet."],
  [
    "within the data, without a reference",
    { hasReference: false, waitsBecause: "120 of 500 rows so far" },
    "No window in this range has been judged: there is no reference yet. 120 of 500 rows so far.",
  ],
])("a range without verdicts says why: %s", (_, traffic, expected) => {
  const nothing: DriftLane = {
    ...{ columns: [], rows: [], referenceId: undefined, judgedWindows: 0, alarmWindows: 0, notJudged: [] },
  };
  expect(driftSentence(nothing, { ...TRAFFIC, ...traffic })).toBe(expected);
});

const point = (
  start: number,
  value: number | null,
  isMature: boolean,
  estimate: { estimated?: number; estimateReason?: string } = {},
): PerformancePoint => {
  const around = (center: number | null, by: number) => (center === null ? null : center + by);
  const estimated = estimate.estimated ?? null;
  return {
    start,
    end: start + DAY,
    value,
    low: around(value, -0.02),
    high: around(value, 0.02),
    reference: 0.36,
    estimated,
    estimatedLow: around(estimated, -0.03),
    estimatedHigh: around(estimated, 0.03),
    estimateReason: estimate.estimateReason,
    predictions: 100,
    labelled: 90,
    coverage: 0.9,
    expectedCoverage: 0.9,
    isMature,
    isJudged: isMature,
    revision: 1,
    outcome: "ok",
    reason: "",
  };
};

test("performance speaks of the newest mature window, not of one that still waits for labels", () => {
  const points = [point(NOW - 2 * DAY, 0.403, true), point(NOW - DAY, 0.9, false)];
  expect(performanceSentence({ metric: "log_loss", metrics: ["log_loss"], points }, NOW)).toBe(
    "Log loss was 0.403 (reference 0.360) in the newest mature window, 18 May, 95 % interval 0.383 to 0.423, lower is better. 1 window still waits for labels and raises no alarm.",
  );
  expect(performanceSentence({ metric: undefined, metrics: [], points: [] }, NOW)).toMatch(/No labels/);
});

test.each([
  [[], "No labels have arrived for this range yet."],
  [[0, 0], "No labels have arrived for this range yet."],
  [
    [0, 1],
    "1 label has arrived for this range, and no metric can be computed yet. Only one class has been labelled.",
  ],
  [
    [40, 2],
    "42 labels have arrived for this range, and no metric can be computed yet. Only one class has been labelled.",
  ],
])("windows with %j labels and no metric say how many labels there are", (labels, expected) => {
  const points = labels.map((labelled) => ({
    ...point(NOW - DAY, null, false),
    ...{ labelled, reason: labelled === 0 ? "no labels" : "only one class has been labelled" },
  }));
  expect(performanceSentence({ metric: undefined, metrics: [], points }, NOW)).toBe(expected);
});

test("an estimate says how it has done so far, and why it is no number where it can't be relied upon", () => {
  const record = "has been within its band in 93 % of 41 windows";
  const lane = (estimate: { estimated?: number; estimateReason?: string }) => ({
    metric: "log_loss",
    metrics: ["log_loss"],
    points: [point(NOW - 2 * DAY, 0.403, true), point(NOW - DAY, null, false, estimate)],
  });
  expect(estimateSentence(lane({ estimated: 0.41, estimateReason: record }), NOW)).toBe(
    "Log loss without labels is estimated at 0.410 (0.380 to 0.440) for 19 May. The estimate has been within its band in 93 % of 41 windows.",
  );
  const why = "no estimate: concept drift is open since 2026-05-02, and an estimate cannot see it";
  expect(estimateSentence(lane({ estimateReason: why }), NOW)).toBe(
    "No estimate: concept drift is open since 2026-05-02, and an estimate cannot see it (19 May).",
  );
  expect(estimateSentence(lane({}), NOW)).toBeUndefined();
});

test("latency tells the newest percentiles and the peak", () => {
  expect(latencySentence([serving(NOW - 2 * DAY, 480), serving(NOW - DAY, 210)], NOW)).toBe(
    "p95 is 210 ms (p50 210 ms, p99 210 ms); its peak was 480 ms, 18 May.",
  );
  expect(latencySentence([serving(NOW, null)], NOW)).toBe("No latency was sent in this range.");
});
