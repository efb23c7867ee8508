import type { Model, Monitor, Reference } from "@leeway/core/records";
import { segmentKey } from "@leeway/core/segment";
import {
  calibrateDrift,
  type DriftCalibration,
  EMBEDDING_TESTS,
  JOINT_TESTS,
  segmentShortage,
  TEXT_TESTS,
} from "@leeway/core/verdicts";
import type { ModelStore } from "../model-store/model-store.ts";
import { NOTHING_SAMPLED, type SampledBaselines, sampledBaselines } from "./sampled-baselines.ts";

/** DriftBaseline is what windows are compared with: bars per feature, and what samples of the rows say that counts can't. */
export interface DriftBaseline {
  /** A segment's own part of the reference: it may differ from the whole by nature. */
  reference: Reference;
  calibration: DriftCalibration;
  sampled: SampledBaselines;
}

/** driftBaseline learns from a reference and its own windows what a monitor's windows are compared with. */
export async function driftBaseline(
  store: ModelStore,
  whole: Reference,
  monitor: Monitor,
  model: Model,
): Promise<DriftBaseline> {
  const { segment } = monitor;
  const [reference, profiles] = await Promise.all([
    segment === undefined || segmentKey(segment) === "" ? whole : store.segmentReference(whole, segment),
    store.referenceProfiles(whole, monitor.window, segment),
  ]);
  const sampled =
    segmentShortage(reference, segment) === undefined
      ? await sampledBaselines(store, { reference, segment, profiles }, monitor)
      : NOTHING_SAMPLED;
  const calibration = calibrateDrift(profiles, reference, {
    windowMs: monitor.window,
    ...(model.false_alarms_per_month === undefined
      ? {}
      : { falseAlarmsPerMonth: model.false_alarms_per_month }),
    ...(monitor.features === undefined ? {} : { features: monitor.features }),
    furtherTests:
      (sampled.joint === undefined ? 0 : JOINT_TESTS) +
      sampled.texts.length * TEXT_TESTS +
      sampled.embeddings.length * EMBEDDING_TESTS,
  });
  return { reference, calibration, sampled };
}
