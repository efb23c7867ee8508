import { ESTIMATED_METRICS } from "@leeway/core/estimation";
import {
  type Evaluation,
  type MetricValue,
  type PerformanceWindow,
  performanceWindowSchema,
} from "@leeway/core/evaluation";
import {
  assessMaturity,
  type LabelArrivalCurve,
  type LabelBias,
  labelsCame,
  type Nonsense,
  type PerformanceAggregate,
} from "@leeway/core/performance";
import type { Model, Monitor } from "@leeway/core/records";
import {
  assessPerformanceWindow,
  type InputHealth,
  type PerformanceCalibration,
  performanceStateSchema,
} from "@leeway/core/verdicts";
import type { TimeWindow } from "@leeway/core/window";
import type { WindowVerdict } from "../chain/assess-chain.ts";
import type { PerformanceEstimator } from "./estimate.ts";

/** LabelledWindow is one window's predictions and what its labelled rows left behind. */
export interface LabelledWindow {
  predictions: number;
  aggregate: PerformanceAggregate;
}

/** MaturityBasis is what is known of when this model's labels come. */
export interface MaturityBasis {
  asOf: number;
  curve: LabelArrivalCurve | undefined;
  labelDelayMs: number | undefined;
}

/** maturityOf returns how far the labels of a window have come. */
export function maturityOf(
  window: TimeWindow,
  counts: { predictions: number; labelled: number },
  basis: MaturityBasis,
) {
  return assessMaturity({
    predictions: counts.predictions,
    labelled: counts.labelled,
    ageMs: basis.asOf - window.end,
    windowMs: window.end - window.start,
    ...(basis.curve === undefined ? {} : { curve: basis.curve }),
    ...(basis.labelDelayMs === undefined ? {} : { labelDelayMs: basis.labelDelayMs }),
  });
}

/** performanceAssessor returns the assessment of one window's performance, beside what was said of its inputs. */
export function performanceAssessor(input: {
  monitor: Monitor;
  model: Model;
  windows: ReadonlyMap<number, LabelledWindow>;
  empty: PerformanceAggregate;
  /** Undefined while the version has no labelled reference yet. */
  baseline: { aggregate: PerformanceAggregate; calibration: PerformanceCalibration } | undefined;
  maturity: MaturityBasis;
  inputs: ReadonlyMap<number, InputHealth>;
  known: ReadonlyMap<number, Evaluation>;
  /** What the labels of windows are worth that are judged before all have come, and what they say once corrected. */
  labelBias: ReadonlyMap<number, { bias: LabelBias; aggregate: PerformanceAggregate }>;
  estimator: PerformanceEstimator | undefined;
  /** Why the labels and predictions of a window cannot be compared, if they cannot. */
  nonsenseOf: (window: PerformanceAggregate) => Nonsense | undefined;
}): (window: TimeWindow, previousState: object | undefined) => WindowVerdict {
  const { monitor, model, baseline } = input;
  return (window, previousState) => {
    const { predictions, aggregate } = input.windows.get(window.start) ?? {
      predictions: 0,
      aggregate: input.empty,
    };
    const known = input.known.get(window.start);
    const early = input.labelBias.get(window.start);
    const nonsense = input.nonsenseOf(aggregate);
    const estimated =
      nonsense === undefined
        ? (earlierEstimate(known, predictions) ?? input.estimator?.estimate(window))
        : withoutEstimate(aggregate, nonsense);
    const verdict = assessPerformanceWindow({
      window: { ...window, predictions },
      aggregate: early?.aggregate ?? aggregate,
      labelBias: early?.bias,
      referenceAggregate: baseline?.aggregate,
      calibration: baseline?.calibration,
      maturity: maturityOf(window, { predictions, labelled: labelsCame(aggregate) }, input.maturity),
      previousState: previousState === undefined ? undefined : performanceStateSchema.parse(previousState),
      inputs: input.inputs.get(window.start),
      monitor,
      nonsense,
      positiveClass: model.positive_class,
      revision: (known?.revision ?? 0) + 1,
      ...(estimated === undefined ? {} : { estimated }),
    });
    input.estimator?.learn({ ...verdict, cause: verdict.cause });
    return verdict;
  };
}

// Scores that mean something else than is taken for granted promise nothing either.
function withoutEstimate(
  aggregate: PerformanceAggregate,
  { reason }: Nonsense,
): Record<string, MetricValue> | undefined {
  const names = ESTIMATED_METRICS[aggregate.task];
  return Object.fromEntries(
    names.map((name) => [
      name,
      { value: null, ci_low: null, ci_high: null, reason: `no estimate: ${reason}` },
    ]),
  );
}

/** earlierEstimate returns what was said of a window before labels came: as long as its predictions are the same, it stays what it was, but for one that was refused because nothing could be compared. */
export function earlierEstimate(
  known: Evaluation | undefined,
  predictions: number,
): PerformanceWindow["estimated"] | undefined {
  const parsed = performanceWindowSchema.safeParse(known?.detail);
  if (!parsed.success || parsed.data.basis?.nonsense !== undefined) return undefined;
  return parsed.data.predictions === predictions ? parsed.data.estimated : undefined;
}
