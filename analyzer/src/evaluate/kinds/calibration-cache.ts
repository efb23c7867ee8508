import { fitCalibration, type ScoreCalibration } from "@leeway/core/estimation";
import type { Model, Monitor, Reference } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import {
  calibrateDrift,
  calibratePerformance,
  type DriftCalibration,
  type PerformanceAggregate,
  type PerformanceCalibration,
  type ReferencePerformance,
} from "@leeway/core/verdicts";
import type { ModelStore } from "../model-store.ts";

/** PerformanceBaseline is the performance that windows are held against. */
export interface PerformanceBaseline {
  aggregate: PerformanceAggregate;
  calibration: PerformanceCalibration;
  /** How a binary model's scores are read as probabilities. */
  scores: ScoreCalibration | undefined;
}

/** createBaseline returns what labelled windows say of a model's performance and of how it varies by itself. */
export function createBaseline(
  windows: readonly ReferencePerformance[],
  aggregate: PerformanceAggregate,
  options: { referenceId: string; windowMs: number; model: Model },
): PerformanceBaseline {
  const { referenceId, windowMs, model } = options;
  const histograms = windows.flatMap((window) =>
    window.aggregate.task === "binary" ? [window.aggregate.scoreHistogram] : [],
  );
  return {
    aggregate,
    calibration: calibratePerformance(windows, aggregate, {
      referenceId,
      windowMs,
      ...(model.false_alarms_per_month === undefined
        ? {}
        : { falseAlarmsPerMonth: model.false_alarms_per_month }),
    }),
    scores: histograms.length === 0 ? undefined : fitCalibration(histograms),
  };
}

/** CalibrationCache holds what was learned from references: it follows from them alone, so it may be forgotten at any time. */
export interface CalibrationCache {
  drift(store: ModelStore, reference: Reference, monitor: Monitor, model: Model): Promise<DriftCalibration>;
  performance(
    store: ModelStore,
    reference: Reference,
    monitor: Monitor,
    model: Model,
  ): Promise<PerformanceBaseline | undefined>;
  /** Keeps a version's baseline from its own first windows once it has been taken. */
  firstWindows(
    key: readonly unknown[],
    take: () => Promise<PerformanceBaseline | undefined>,
  ): Promise<PerformanceBaseline | undefined>;
}

const CAPACITY = 200;

/** createCalibrationCache returns an empty cache of bounded size. */
export function createCalibrationCache(): CalibrationCache {
  const drift = boundedCache<DriftCalibration>(CAPACITY);
  const performance = boundedCache<PerformanceBaseline | undefined>(CAPACITY);
  const firstWindows = boundedCache<PerformanceBaseline | undefined>(CAPACITY);
  return {
    firstWindows: (key, take) => firstWindows(JSON.stringify(key), take),
    drift: (store, reference, monitor, model) =>
      drift(keyOf(reference, monitor.window, model, monitor.features), async () =>
        calibrateDrift(await store.referenceProfiles(reference, monitor.window), reference, {
          windowMs: monitor.window,
          ...(model.false_alarms_per_month === undefined
            ? {}
            : { falseAlarmsPerMonth: model.false_alarms_per_month }),
          ...(monitor.features === undefined ? {} : { features: monitor.features }),
        }),
      ),
    performance: (store, reference, { window: windowMs, segment }, model) =>
      performance(keyOf(reference, windowMs, model, [segmentKey(segment)]), async () => {
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

function keyOf(reference: Reference, windowMs: number, model: Model, names?: readonly string[]): string {
  const { id, rows, labelled_rows } = reference;
  return JSON.stringify([
    id,
    rows,
    labelled_rows,
    windowMs,
    model.task,
    model.positive_class,
    model.false_alarms_per_month,
    names,
  ]);
}

// The oldest entry goes first: references change rarely, so which one hardly matters.
function boundedCache<Value>(capacity: number): (key: string, make: () => Promise<Value>) => Promise<Value> {
  const entries = new Map<string, Value>();
  return async (key, make) => {
    if (entries.has(key)) return entries.get(key) as Value;
    const value = await make();
    if (value === undefined) return value;
    const oldest = entries.keys().next();
    if (entries.size >= capacity && oldest.done !== true) entries.delete(oldest.value);
    entries.set(key, value);
    return value;
  };
}
