import {
  type EstimatedMetric,
  estimateBinary,
  estimateMulticlass,
  estimateRegression,
  expectedGroups,
  fitRegressionEstimator,
  type LossInputs,
  type LossRow,
} from "@leeway/core/estimation";
import type { Reference } from "@leeway/core/records";
import type { TimeWindow } from "@leeway/core/window";
import { BINARY_SCORE } from "../baselines/calibration-cache.ts";
import { createPerformanceEstimator, type PerformanceEstimator } from "../kinds/estimate.ts";
import { earlierEstimate, type LabelledWindow } from "../kinds/performance.ts";
import type { Span } from "../model-store/model-store.ts";
import type { AssessorTask } from "./assessor-task.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";
import type { FoundBaseline } from "./performance-baseline.ts";

type Estimate = (window: TimeWindow) => Record<string, EstimatedMetric> | undefined;

// What a loss is learned from, and what it is estimated on, in Node's memory: some thousand rows of some tens of inputs.
const TRAINING_ROWS = 3_000;
const WINDOW_ROWS = 300;
const ROWS_PER_PASS = 30_000;
const MOST_INPUTS = 40;

/**
 * createEstimator returns what tells the performance of a chain's windows before their labels come, taught by how earlier windows turned out; undefined
 * while there is no labelled baseline to learn from.
 */
export async function createEstimator(
  context: PassContext,
  subject: PassSubject,
  task: AssessorTask,
  labelled: ReadonlyMap<number, LabelledWindow>,
  found: FoundBaseline | undefined,
): Promise<PerformanceEstimator | undefined> {
  if (found === undefined) return undefined;
  const windows = task.windows.filter(
    ({ start }) =>
      earlierEstimate(task.known.get(start), labelled.get(start)?.predictions ?? 0) === undefined,
  );
  const estimator = createPerformanceEstimator(
    await createEstimate(context, subject, task, windows, labelled, found),
  );
  const from = task.windows[0]!.start;
  const earlier = [...task.known.values()].filter((evaluation) => evaluation.window_start < from);
  for (const one of earlier.sort((a, b) => a.window_start - b.window_start)) estimator.learn(one);
  return estimator;
}

async function createEstimate(
  context: PassContext,
  subject: PassSubject,
  { monitor }: AssessorTask,
  windows: readonly TimeWindow[],
  labelled: ReadonlyMap<number, LabelledWindow>,
  found: FoundBaseline,
): Promise<Estimate> {
  const first = windows[0];
  if (first === undefined) return () => undefined;
  const span = {
    from: first.start,
    to: windows.at(-1)!.end,
    windowMs: monitor.window,
    segment: monitor.segment,
  };
  switch (context.model.task) {
    case "binary":
      return binaryEstimate(context, subject, span, found);
    case "multiclass":
      return multiclassEstimate(context, subject, span, found);
    case "regression":
    case "llm":
      return regressionEstimate(context, subject, { span, windows, labelled }, found);
    default:
      return context.model.task satisfies never;
  }
}

async function binaryEstimate(
  { model, modelStore }: PassContext,
  { traffic }: PassSubject,
  span: Span,
  { baseline }: FoundBaseline,
): Promise<Estimate> {
  const calibration = baseline.scores.get(BINARY_SCORE);
  if (calibration === undefined) return () => undefined;
  const windows = await modelStore.scores(traffic, model, span);
  return ({ start }) => {
    const scores = windows.get(start);
    if (scores === undefined || scores.scores.length === 0) return undefined;
    return estimateBinary(expectedGroups(scores, calibration.map), calibration.map);
  };
}

async function multiclassEstimate(
  { modelStore }: PassContext,
  { traffic }: PassSubject,
  span: Span,
  { baseline }: FoundBaseline,
): Promise<Estimate> {
  if (baseline.scores.size === 0) return () => undefined;
  const windows = await modelStore.classScores(traffic, span);
  return ({ start }) => {
    const classes = [...(windows.get(start) ?? [])].flatMap(([name, window]) => {
      const calibration = baseline.scores.get(name);
      return calibration === undefined ? [] : [{ name, window, map: calibration.map }];
    });
    if (classes.length === 0) return undefined;
    const { classes: _byClass, ...estimates } = estimateMulticlass(classes);
    return estimates;
  };
}

async function regressionEstimate(
  context: PassContext,
  { traffic, held }: PassSubject,
  chain: { span: Span; windows: readonly TimeWindow[]; labelled: ReadonlyMap<number, LabelledWindow> },
  found: FoundBaseline,
): Promise<Estimate> {
  const inputs = inputsOf(held?.reference);
  const { modelStore, calibrations } = context;
  const { model, version, environment } = traffic;
  const source = trainingSource(found, traffic, chain.span);
  const key = [context.project, model, version, environment, source.key, inputs];
  const fitted = await calibrations.losses(key, async () =>
    fitRegressionEstimator(await modelStore.lossRows(source.sample, inputs)),
  );
  if (fitted.outcome !== "ok") return () => undefined;
  const perWindow = Math.min(WINDOW_ROWS, Math.ceil(ROWS_PER_PASS / chain.windows.length));
  const predictions = (start: number) => chain.labelled.get(start)?.predictions ?? 0;
  const shares = new Map(
    chain.windows
      .filter(({ start }) => predictions(start) > 0)
      .map(({ start }) => [start, perWindow / predictions(start)]),
  );
  const { span } = chain;
  const rows = await modelStore.lossRows(
    { model, version, environment, ...span, shares, isLabelled: false },
    inputs,
  );
  const byWindow = new Map<number, LossRow[]>();
  for (const row of rows) {
    const sample = byWindow.get(row.start);
    if (sample === undefined) byWindow.set(row.start, [row]);
    else sample.push(row);
  }
  return ({ start }) => {
    const sample = byWindow.get(start);
    return sample === undefined
      ? undefined
      : estimateRegression(fitted.estimator, sample, predictions(start));
  };
}

/** trainingSource returns the labelled rows a loss is learned from: those that the baseline itself was taken from. */
function trainingSource(
  { baseline, span: taken }: FoundBaseline,
  traffic: PassSubject["traffic"],
  { windowMs, segment }: Span,
) {
  const share = TRAINING_ROWS / Math.max(1, baseline.aggregate.weightSum);
  if (taken === undefined) {
    const referenceId = baseline.calibration.reference_id;
    return { key: [referenceId, segment], sample: { referenceId, share, segment } };
  }
  const { model, version, environment } = traffic;
  const { from, to } = taken;
  const shares = new Map<number, number>();
  for (let start = from; start < to; start += windowMs) shares.set(start, share);
  return {
    key: [from, to, segment],
    sample: { model, version, environment, from, to, windowMs, shares, isLabelled: true, segment },
  };
}

function inputsOf(reference: Reference | undefined): LossInputs {
  const features = (reference?.features ?? []).slice(0, MOST_INPUTS);
  const named = (types: readonly string[]) =>
    features.filter(({ type }) => types.includes(type)).map(({ name }) => name);
  return { numbers: named(["numeric", "boolean"]), strings: named(["categorical"]) };
}
