import type { Evaluation, FeatureDrift, Outcome } from "@leeway/core/evaluation";
import { expect, test } from "vitest";
import { driftLane } from "./drift-lane.ts";

const HOUR = 3_600_000;

function feature(psi: number | null, outcome: FeatureDrift["outcome"]): FeatureDrift {
  return {
    type: "numeric",
    outcome,
    count: 500,
    psi,
    psi_p_value: 0.5,
    js_distance: 0.1,
    null_rate: 0,
    reference_null_rate: 0,
    wrong_type_rate: 0,
    threshold: 0.1,
    p_adjusted: 0.5,
    drifted: outcome === "drifted",
    reason: "because",
    distribution: { labels: ["a"], reference: [1], window: [1] },
  };
}

function evaluation(
  index: number,
  outcome: Outcome,
  features: Record<string, FeatureDrift> | undefined,
): Evaluation {
  const start = index * HOUR;
  return {
    model: "m",
    version: "1",
    environment: "production",
    monitor_id: "d",
    kind: "drift",
    segment: "",
    window_start: start,
    window_end: start + HOUR,
    revision: 1,
    outcome,
    reason: outcome,
    detail:
      features === undefined
        ? {}
        : { start, end: start + HOUR, count: 500, outcome, reason: outcome, reference_id: "r", features },
    state: {},
    evaluated_at: 0,
  };
}

test("features that drifted stand first, and a window without a verdict is absent, not healthy", () => {
  const lane = driftLane([
    evaluation(0, "ok", { calm: feature(0.01, "ok"), wild: feature(0.05, "ok") }),
    evaluation(1, "no_data", undefined),
    evaluation(2, "alarm", { calm: feature(0.02, "ok"), wild: feature(0.5, "drifted") }),
  ]);
  expect(lane.rows.map((row) => row.feature)).toEqual(["wild", "calm"]);
  expect(lane.rows[0]?.cells.map((cell) => cell.state)).toEqual(["ok", "absent", "drifted"]);
  expect(lane.rows[0]?.worst).toBeCloseTo(5);
  expect(lane.columns.map((column) => column.driftShare)).toEqual([0, null, 0.5]);
  expect(lane).toMatchObject({ judgedWindows: 2, alarmWindows: 1, referenceId: "r" });
});

test("more windows than room share columns that show the worse of them", () => {
  const evaluations = Array.from({ length: 10 }, (_, i) =>
    evaluation(i, i === 7 ? "alarm" : "ok", { x: i === 7 ? feature(0.4, "drifted") : feature(0.01, "ok") }),
  );
  const lane = driftLane(evaluations, 5);
  expect(lane.columns).toHaveLength(5);
  expect(lane.columns[3]).toMatchObject({ start: 6 * HOUR, end: 8 * HOUR, outcome: "alarm", count: 1000 });
  expect(lane.rows[0]?.cells.map((cell) => cell.state)).toEqual(["ok", "ok", "ok", "drifted", "ok"]);
});

test("a feature with a weekly rhythm is drawn against the same weekday, as it was judged", () => {
  const weekday = { ...feature(8.2, "ok"), baseline: { slot: "Sundays", psi: 0.01, psi_p_value: 1 } };
  const lane = driftLane([evaluation(0, "ok", { weekday })]);
  expect(lane.rows[0]?.cells[0]?.psi).toBe(0.01);
  expect(lane.rows[0]?.worst).toBeCloseTo(0.1);
});

test("too small a window is insufficient whatever its PSI", () => {
  const lane = driftLane([evaluation(0, "insufficient_data", { x: feature(9, "insufficient_data") })]);
  expect(lane.rows[0]?.cells[0]?.state).toBe("insufficient");
  expect(lane.columns[0]?.driftShare).toBeNull();
});

test("a window too small to hold any feature is hatched, and is not counted as judged", () => {
  const lane = driftLane([
    evaluation(0, "ok", { x: feature(0.01, "ok") }),
    evaluation(1, "insufficient_data", {}),
  ]);
  expect(lane.rows[0]?.cells.map((cell) => cell.state)).toEqual(["ok", "insufficient"]);
  expect(lane.judgedWindows).toBe(1);
});

test("no evaluations give an empty lane", () => {
  expect(driftLane([])).toMatchObject({ columns: [], rows: [], referenceId: undefined });
});

test("what windows could not be judged by is counted, with the newest reason", () => {
  const short = (rows: number) => ({
    ...{ kind: "joint", outcome: "not_defined", reason: `${rows} rows in the window, 200 are needed` },
  });
  const unjudged = [150, 160].map((rows, i) => {
    const one = evaluation(i, "ok", { x: feature(0.01, "not_defined") });
    return { ...one, detail: { ...one.detail, not_judged: [short(rows)] } };
  });
  const lane = driftLane([...unjudged, evaluation(2, "ok", { x: feature(0.01, "ok") })]);
  expect(lane.notJudged).toEqual([
    { name: "joint drift", windows: 2, reason: "160 rows in the window, 200 are needed" },
  ]);
  expect(lane.columns.map(({ jointReason }) => jointReason)).toEqual([
    "150 rows in the window, 200 are needed",
    "160 rows in the window, 200 are needed",
    undefined,
  ]);
  expect(lane.judgedWindows).toBe(1);
});
