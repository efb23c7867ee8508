import { expect, test } from "vitest";
import { type DriftWindow, driftWindowSchema } from "../../evaluation/index.ts";
import { profileRows, referenceFromRows } from "../../profile/index.ts";
import { createRandom, drawNormal } from "../../random/index.ts";
import { calibrateDrift } from "../bars/calibrate-drift.ts";
import { createDriftAssessor, type DriftVerdict } from "./assess-drift-window.ts";
import { replayDrift } from "./replay-drift.ts";

const DAY = 86_400_000;
const random = createRandom(12);
const span = (day: number) => ({ start: day * DAY, end: (day + 1) * DAY });
const columns = (shift: number, red: number, missing: number) => ({
  x: Array.from({ length: 300 }, () => shift + drawNormal(random)),
  y: Array.from({ length: 300 }, () => (random() < missing ? null : drawNormal(random))),
  color: Array.from({ length: 300 }, () => (random() < red ? "red" : "blue")),
});
const quiet = Array.from({ length: 12 }, () => columns(0, 0.3, 0.01));
const joined = {
  x: quiet.flatMap(({ x }) => x),
  y: quiet.flatMap(({ y }) => y),
  color: quiet.flatMap(({ color }) => color),
};
const reference = referenceFromRows(joined, { from: 0, to: 12 * DAY });
const calibration = calibrateDrift(
  quiet.map((one, day) => profileRows(reference, one, span(day))),
  reference,
  { windowMs: DAY },
);

function verdicts(monitor: { minimum_count: number; thresholds?: { psi: number } }): DriftVerdict[] {
  const assess = createDriftAssessor({ reference, calibration, monitor });
  const days = [
    ...[0, 0, 0.6, 0.6, 0.25, 0, 0].map((shift) => columns(shift, 0.3, 0.01)),
    ...[0.7, 0.7, 0.3].map((red) => columns(0, red, 0.01)),
    ...[0.2, 0].map((missing) => columns(0, 0.3, missing)),
    { x: [1], y: [1], color: ["red"] },
    columns(2, 0.9, 0.5),
  ];
  let state: DriftVerdict["state"] | undefined;
  return days.map((one, day) => {
    const verdict = assess(profileRows(reference, one, span(20 + day)), state);
    state = verdict.state;
    return verdict;
  });
}

const stored = (detail: DriftWindow) => driftWindowSchema.parse(JSON.parse(JSON.stringify(detail)));

test.each([
  ["calibrated bars", { minimum_count: 30 }],
  ["a fixed threshold", { minimum_count: 30, thresholds: { psi: 0.2 } }],
])("a verdict by %s follows from what is stored with it and the state before", (_, monitor) => {
  const told = verdicts(monitor);
  expect(new Set(told.map(({ outcome }) => outcome)).size).toBeGreaterThan(2);
  told.forEach(({ detail, outcome, state }, i) => {
    const replayed = replayDrift(stored(detail), told[i - 1]?.state);
    expect([i, replayed.outcome, replayed.state]).toEqual([i, outcome, state]);
    const drifted = Object.entries(detail.features).filter(([, one]) => one.drifted);
    expect(replayed.drifted).toEqual(drifted.map(([name]) => name));
  });
});

test("another number in what is stored is another verdict", () => {
  const alarmed = verdicts({ minimum_count: 30 }).find(({ outcome }) => outcome === "alarm")!;
  const detail = stored(alarmed.detail);
  for (const feature of Object.values(detail.features)) {
    for (const one of feature.tests ?? []) one.p_calibrated = 0.5;
  }
  expect(replayDrift(detail).drifted).toEqual([]);
});

test("a p-value at its bar does not pass it", () => {
  const alarmed = verdicts({ minimum_count: 30 }).find(({ outcome }) => outcome === "alarm")!;
  const detail = stored(alarmed.detail);
  for (const feature of Object.values(detail.features)) {
    for (const one of feature.tests ?? []) one.lower_tail = one.p_calibrated;
  }
  expect(replayDrift(detail).drifted).toEqual([]);
});
