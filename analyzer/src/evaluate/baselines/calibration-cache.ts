import { fitCalibration, type fitRegressionEstimator, type ScoreCalibration } from "@leeway/core/estimation";
import type { PerformanceAggregate, ScoreHistogram } from "@leeway/core/performance";
import type { Model, Monitor, Reference } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import {
  calibratePerformance,
  type PerformanceCalibration,
  type ReferencePerformance,
  sampledKinds,
} from "@leeway/core/verdicts";
import type { SampledEvidence } from "../kinds/sampled-evidence.ts";
import type { ModelStore } from "../model-store/model-store.ts";
import { createByteCache } from "./byte-cache.ts";
import { type DriftBaseline, driftBaseline } from "./drift-baseline.ts";

/** PerformanceBaseline is the performance that windows are compared with. */
export interface PerformanceBaseline {
  aggregate: PerformanceAggregate;
  calibration: PerformanceCalibration;
  /** How scores are read as probabilities: under the one name `score` of a binary model, by class of a multiclass one, of none for other tasks. */
  scores: ReadonlyMap<string, ScoreCalibration>;
}

/** BINARY_SCORE is the name under which a binary model's one score is calibrated. */
export const BINARY_SCORE = "score";

/** FittedLosses is a regressor's loss estimator, or why there is none. */
export type FittedLosses = ReturnType<typeof fitRegressionEstimator>;

/** createBaseline returns what labelled windows say of a model's performance and of how it varies by itself. */
export function createBaseline(
  windows: readonly ReferencePerformance[],
  aggregate: PerformanceAggregate,
  options: { referenceId: string; windowMs: number; model: Model },
): PerformanceBaseline {
  const { referenceId, windowMs, model } = options;
  return {
    aggregate,
    calibration: calibratePerformance(windows, aggregate, {
      referenceId,
      windowMs,
      ...(model.false_alarms_per_month === undefined
        ? {}
        : { falseAlarmsPerMonth: model.false_alarms_per_month }),
    }),
    scores: new Map(
      [...histogramsOf(windows)].map(([name, histograms]) => [name, fitCalibration(histograms)]),
    ),
  };
}

function histogramsOf(windows: readonly ReferencePerformance[]): ReadonlyMap<string, ScoreHistogram[]> {
  const byName = new Map<string, ScoreHistogram[]>();
  for (const { aggregate } of windows) {
    const histograms: Record<string, ScoreHistogram> =
      aggregate.task === "binary"
        ? { [BINARY_SCORE]: aggregate.scoreHistogram }
        : aggregate.task === "multiclass"
          ? aggregate.scoreHistograms
          : {};
    for (const [name, histogram] of Object.entries(histograms)) {
      byName.set(name, [...(byName.get(name) ?? []), histogram]);
    }
  }
  return byName;
}

/** CalibrationCache holds what was worked out from references and from rows, which never change: it may be forgotten at any time. */
export interface CalibrationCache {
  drift(store: ModelStore, reference: Reference, monitor: Monitor, model: Model): Promise<DriftBaseline>;
  performance(
    store: ModelStore,
    reference: Reference,
    monitor: Monitor,
    model: Model,
  ): Promise<PerformanceBaseline | undefined>;
  /** Keeps a regressor's loss estimator once it has been fitted. */
  losses(key: readonly unknown[], fit: () => Promise<FittedLosses>): Promise<FittedLosses>;
  /** Keeps what a window's sample said: the same rows say the same again, at a tenth of a second a window. */
  evidence(key: readonly unknown[], sample: () => Promise<SampledEvidence>): Promise<SampledEvidence>;
  /** Keeps a version's baseline from its own first windows once it has been taken. */
  firstWindows(
    key: readonly unknown[],
    take: () => Promise<PerformanceBaseline | undefined>,
  ): Promise<PerformanceBaseline | undefined>;
}

// A reference of 25 features holds a megabyte, three embeddings of 1,536 numbers seven; a window's evidence some kilobytes.
const CAPACITY = 128 * 2 ** 20;

/** createCalibrationCache returns an empty cache of bounded size. */
export function createCalibrationCache(): CalibrationCache {
  const keep = createByteCache(CAPACITY);
  return {
    losses: (key, fit) => keep(["losses", key], fit),
    evidence: (key, sample) => keep(["evidence", key], sample),
    firstWindows: (key, take) => keep(["first windows", key], take),
    drift: (store, reference, monitor, model) =>
      keep(
        [
          "drift",
          ...identityOf(reference, monitor.window, model),
          monitor.features,
          sampledKinds(monitor),
          segmentKey(monitor.segment),
        ],
        () => driftBaseline(store, reference, monitor, model),
      ),
    performance: (store, reference, { window: windowMs, segment }, model) =>
      keep(["performance", ...identityOf(reference, windowMs, model), segmentKey(segment)], async () => {
        const labels = await store.referenceLabels(reference, model, windowMs, segment);
        if (labels === undefined) return undefined;
        return createBaseline(labels.windows, labels.aggregate, {
          referenceId: reference.id,
          windowMs,
          model,
        });
      }),
  };
}

function identityOf({ id, rows, labelled_rows }: Reference, windowMs: number, model: Model): unknown[] {
  return [id, rows, labelled_rows, windowMs, model.task, model.positive_class, model.false_alarms_per_month];
}
