import { type IncidentTransition, stepIncidents } from "@leeway/core/incidents";
import { aggregateBinaryRows, decideMaturity, mergeBinaryAggregates } from "@leeway/core/performance";
import { profileRows, referenceFromRows } from "@leeway/core/profile";
import { createRandom, type RandomSource } from "@leeway/core/random";
import type { Incident } from "@leeway/core/records";
import {
  assessPerformanceWindow,
  calibrateDrift,
  calibratePerformance,
  createDriftAssessor,
  type DriftState,
  type DriftVerdict,
  inputHealthOf,
  type PerformanceState,
  type PerformanceVerdict,
} from "@leeway/core/verdicts";
import type { Columns } from "./columns.ts";
import type { Fault } from "./faults.ts";
import { logOddsOf } from "./score.ts";
import { EPOCH, type World } from "./worlds.ts";

const mature = decideMaturity({
  predictions: 1,
  coverage: 1,
  expectedCoverage: 1,
  finalCoverage: 1,
  ageMs: 0,
});

/** PlayedWindow is one window of a played stream: its verdicts and the notifications after it. */
export interface PlayedWindow {
  drift: DriftVerdict;
  performance: PerformanceVerdict;
  transitions: IncidentTransition[];
}

/** TrainedModel judges windows of its world, in order. */
export interface TrainedModel {
  /** Forgets alarms and incidents; the stream goes on from where it is. */
  reset(): void;
  play(windows: number, fault?: Fault): PlayedWindow[];
}

interface Rows {
  columns: Columns;
  scores: number[];
  labels: number[];
}

/** trainModel returns a model in its world, its reference learned as the service learns it. Labels come at once. */
export function trainModel(world: World, seed: number): TrainedModel {
  const random = createRandom(seed);
  const next = world.start(random);
  const { windowMs, referenceWindows } = world;
  const span = (index: number) => ({ start: EPOCH + index * windowMs, end: EPOCH + (index + 1) * windowMs });
  const past = Array.from({ length: referenceWindows }, (_, index) => happen(next(index), undefined, random));
  const whole: Columns = {};
  for (const name of Object.keys(past[0]!.columns))
    whole[name] = past.flatMap(({ columns }) => columns[name]!);
  const reference = referenceFromRows(
    whole,
    { from: EPOCH, to: span(referenceWindows).start },
    past.flatMap(({ scores }) => scores),
  );
  const profileAt = ({ columns, scores }: Rows, index: number) =>
    profileRows(reference, columns, span(index), scores);
  const calibration = calibrateDrift(past.map(profileAt), reference, { windowMs });
  const assessDrift = createDriftAssessor({ reference, calibration });
  const labelled = past.map((rows, index) => ({
    start: span(index).start,
    aggregate: aggregateBinaryRows(rows),
  }));
  const referenceAggregate = labelled.map(({ aggregate }) => aggregate).reduce(mergeBinaryAggregates);
  const performanceCalibration = calibratePerformance(labelled, referenceAggregate, {
    referenceId: reference.id,
    windowMs,
  });
  let index = referenceWindows;
  let driftState: DriftState | undefined;
  let performanceState: PerformanceState | undefined;
  let incidents: Incident[] = [];
  const judge = (rows: Rows): PlayedWindow => {
    const window = span(index);
    const drift = assessDrift(profileAt(rows, index), driftState);
    driftState = drift.state;
    const performance = assessPerformanceWindow({
      window: { ...window, predictions: rows.labels.length },
      aggregate: aggregateBinaryRows(rows),
      referenceAggregate,
      calibration: performanceCalibration,
      maturity: mature,
      previousState: performanceState,
      inputs: inputHealthOf(drift, drift.detail),
    });
    performanceState = performance.state;
    const evaluations = (
      [
        ["drift", drift],
        ["performance", performance],
      ] as const
    ).map(([kind, verdict]) => ({
      model: "model",
      version: "1",
      environment: "production" as const,
      monitor_id: kind,
      kind,
      window_start: window.start,
      window_end: window.end,
      outcome: verdict.outcome,
      cause: verdict.cause,
      confidence: verdict.confidence,
      reason: verdict.reason,
      blamed: verdict.blamed,
    }));
    const step = stepIncidents({ incidents, evaluations, now: window.end });
    const changed = new Set(step.changed.map(({ id }) => id));
    incidents = [...incidents.filter(({ id }) => !changed.has(id)), ...step.changed];
    index++;
    return { drift, performance, transitions: step.transitions };
  };
  return {
    reset() {
      driftState = undefined;
      performanceState = undefined;
      incidents = [];
    },
    play: (windows, fault) =>
      Array.from({ length: windows }, () => judge(happen(next(index), fault, random))),
  };
}

// What happens in the world, what of it is sent, what the model says to that, and which labels come back.
function happen(drawn: Columns, fault: Fault | undefined, random: RandomSource): Rows {
  const real = fault?.moveWorld?.(drawn, random) ?? drawn;
  const sent = fault?.breakColumns?.(real, random) ?? real;
  const rows = Object.values(real)[0]!.map((_, row) => row);
  const truth = rows.map((row) => {
    const logOdds = logOddsOf(real, row);
    return random() < sigmoid(fault?.changeRelation?.(logOdds, real, row) ?? logOdds) ? 1 : 0;
  });
  return {
    columns: sent,
    scores: rows.map((row) => sigmoid(logOddsOf(sent, row))),
    labels: fault?.breakLabels?.(truth, random) ?? truth,
  };
}

function sigmoid(z: number): number {
  return 1 / (1 + Math.exp(-z));
}
