import {
  assessLabelBias,
  assessValueBias,
  type LabelBias,
  labelFactors,
  type PerformanceAggregate,
  reweightBinaryAggregate,
  widenWeighedAggregate,
} from "@leeway/core/performance";
import type { TimeWindow } from "@leeway/core/window";
import {
  classArrivalsOf,
  isEarly,
  otherClassOf,
  positiveClassOf,
  predictedStrata,
  scoreStrata,
  settlingAge,
} from "../kinds/early-labels.ts";
import { type LabelledWindow, type MaturityBasis, maturityOf } from "../kinds/performance.ts";
import type { Span } from "../model-store/model-store.ts";
import type { AssessorTask } from "./assessor-task.ts";
import type { PassContext, PassSubject } from "./pass-context.ts";

// How far back windows tell which labels come when: as far as the arrival curve looks.
const HISTORY_MS = 60 * 86_400_000;

/** EarlyLabels is what a window's labels are worth that is judged before all have come, and what they say once corrected. */
export interface EarlyLabels {
  bias: LabelBias;
  aggregate: PerformanceAggregate;
}

interface EarlyWindow {
  window: TimeWindow;
  found: LabelledWindow;
}

/**
 * loadLabelBias returns what the labels of those windows are worth that are to be judged although labels are still missing; most chains have none, and
 * then nothing is read.
 */
export async function loadLabelBias(
  context: PassContext,
  subject: PassSubject,
  { monitor, windows }: AssessorTask,
  labelled: ReadonlyMap<number, LabelledWindow>,
  maturity: MaturityBasis,
): Promise<ReadonlyMap<number, EarlyLabels>> {
  const early = windows.flatMap((window): EarlyWindow[] => {
    const found = labelled.get(window.start);
    if (found === undefined || !isEarly(found, maturity)) return [];
    const counts = { predictions: found.predictions, labelled: found.aggregate.weightSum };
    return maturityOf(window, counts, maturity).mature ? [{ window, found }] : [];
  });
  const first = early[0];
  if (first === undefined) return new Map();
  const span = {
    from: first.window.start,
    to: early.at(-1)!.window.end,
    windowMs: monitor.window,
    segment: monitor.segment,
  };
  const settling = settlingAge(maturity);
  const history =
    settling === undefined
      ? undefined
      : { from: context.asOf - HISTORY_MS, to: context.asOf - settling, windowMs: monitor.window };
  switch (context.model.task) {
    case "binary":
      return ofBinary(context, subject, early, span, history);
    case "multiclass":
      return ofMulticlass(context, subject, early, span, history);
    case "regression":
    case "llm":
      return ofRegression(context, subject, early, span, history);
    default:
      return context.model.task satisfies never;
  }
}

async function ofBinary(
  { model, modelStore, asOf }: PassContext,
  { traffic }: PassSubject,
  early: readonly EarlyWindow[],
  span: Span,
  history: Span | undefined,
): Promise<Map<number, EarlyLabels>> {
  const ages = early.map(({ window }) => asOf - window.end);
  const [scores, arrivals] = await Promise.all([
    modelStore.scores(traffic, model, span),
    history === undefined ? [] : modelStore.classArrivals(traffic, history, ages),
  ]);
  return new Map(
    early.map(({ window, found: { aggregate } }, i) => {
      const all = scores.get(window.start);
      const strata =
        aggregate.task === "binary" && all !== undefined ? scoreStrata(model, aggregate, all) : [];
      const bias = assessLabelBias({ strata, arrivals: classArrivalsOf(model, atAge(arrivals, i, 0)) });
      if (bias.outcome !== "corrected" || aggregate.task !== "binary") {
        return [window.start, { bias, aggregate }];
      }
      const weightOf = (name: string) => bias.weights.get(name) ?? bias.restWeight;
      const corrected = reweightBinaryAggregate(aggregate, {
        positiveWeight: weightOf(positiveClassOf(model)),
        negativeWeight: weightOf(otherClassOf(model)),
        logOddsVariance: bias.logOddsVariance,
      });
      return [window.start, { bias, aggregate: corrected }];
    }),
  );
}

async function ofMulticlass(
  { model, modelStore, asOf }: PassContext,
  { traffic }: PassSubject,
  early: readonly EarlyWindow[],
  span: Span,
  history: Span | undefined,
): Promise<Map<number, EarlyLabels>> {
  const ages = early.map(({ window }) => asOf - window.end);
  const [scores, arrivals] = await Promise.all([
    modelStore.classScores(traffic, span),
    history === undefined ? [] : modelStore.classArrivals(traffic, history, ages),
  ]);
  const labels = new Map<number, EarlyLabels>();
  for (const [i, { window, found }] of early.entries()) {
    const { aggregate } = found;
    if (aggregate.task !== "multiclass") continue;
    const strata = predictedStrata(aggregate, scores.get(window.start) ?? new Map());
    const bias = assessLabelBias({ strata, arrivals: atAge(arrivals, i, 0) });
    labels.set(window.start, { bias, aggregate });
    if (bias.outcome !== "corrected") continue;
    // Ranks and squares mix rows of several classes: only the rows themselves can be weighed.
    const counts = aggregate.confusion.map(({ truth, count }) => ({ name: truth, count }));
    const weighed = await modelStore.weighed(
      traffic,
      model,
      { ...span, from: window.start, to: window.end },
      labelFactors(counts, bias),
    );
    if (weighed?.task === "multiclass") {
      labels.set(window.start, { bias, aggregate: widenWeighedAggregate(weighed, bias) });
    }
  }
  return labels;
}

async function ofRegression(
  { modelStore, asOf }: PassContext,
  { traffic }: PassSubject,
  early: readonly EarlyWindow[],
  span: Span,
  history: Span | undefined,
): Promise<Map<number, EarlyLabels>> {
  const ages = early.map(({ window }) => asOf - window.end);
  const [outputs, arrivals] = await Promise.all([
    modelStore.outputStrata(traffic, span),
    history === undefined ? [] : modelStore.valueArrivals(traffic, history, ages),
  ]);
  return new Map(
    early.map(({ window, found: { aggregate } }, i) => {
      const found = outputs.find(({ start }) => start === window.start);
      const strata = (found?.predictions ?? []).map((predictions, stratum) => ({
        predictions,
        labelled: new Map([["", found?.labelled[stratum] ?? 0]]),
      }));
      const bias = assessValueBias({ strata, arrivals: atAge(arrivals, i, { count: 0, sum: 0 }) });
      return [window.start, { bias, aggregate }];
    }),
  );
}

// What had come of each past window when it was as old as the `index`-th early window is now.
function atAge<Early, Window extends { early: readonly Early[] }>(
  windows: readonly Window[],
  index: number,
  none: Early,
): (Omit<Window, "early"> & { early: Early })[] {
  return windows.map(({ early, ...one }) => ({ ...one, early: early[index] ?? none }));
}
