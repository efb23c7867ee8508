import { expect, test } from "vitest";
import type { Incident } from "../records/index.ts";
import { trainingRanges } from "./training-ranges.ts";

const incident = (from: number, to: number, changes: Partial<Incident> = {}): Incident => ({
  ...{ id: "inc", model: "flights", version: "1", environment: "production", cause: "concept_drift" },
  ...{
    confidence: 0.9,
    severity: "page",
    state: "firing",
    title: "broken",
    summary: "",
    next_steps: [],
    features: [],
  },
  ...{ started_at: from, last_failing_at: to, fired_at: to, healthy_windows: 0 },
  ...{ evaluations: [], evaluation_count: 0, ...changes },
});
const broken = (from: number, to: number, changes: Partial<Incident> = {}) =>
  incident(from, to, { cause: "pipeline", ...changes });

test.each<[string, Incident[], [number, number][]]>([
  ["nothing was broken", [], [[100, 200]]],
  [
    "a fault lies within",
    [broken(120, 140)],
    [
      [100, 120],
      [140, 200],
    ],
  ],
  [
    "two faults overlap",
    [broken(120, 150), broken(130, 140)],
    [
      [100, 120],
      [150, 200],
    ],
  ],
  ["a fault began before", [broken(50, 150)], [[150, 200]]],
  ["everything was broken", [broken(50, 250)], []],
  ["a fault ends where it begins", [broken(50, 100)], [[100, 200]]],
  ["the labels were broken", [broken(150, 200, { cause: "labels" })], [[100, 150]]],
  ["another model was broken", [broken(120, 140, { model: "other" })], [[100, 200]]],
  ["the fault never fired", [broken(120, 140, { fired_at: undefined })], [[100, 200]]],
  ["only serving was slow", [broken(120, 140, { cause: "serving" })], [[100, 200]]],
])("ranges to train on where %s", (_, others, expected) => {
  expect(trainingRanges(incident(100, 200), others).train.map(({ from, to }) => [from, to])).toEqual(
    expected,
  );
});
