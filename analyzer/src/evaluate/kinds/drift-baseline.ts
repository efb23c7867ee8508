import type { WindowProfile } from "@leeway/core/profile";
import type { Model, Monitor, Reference } from "@leeway/core/records";
import {
  calibrateDrift,
  createJointBaseline,
  type DriftCalibration,
  JOINT_TESTS,
  type JointBaseline,
  jointRowLimit,
  MINIMUM_JOINT_ROWS,
  watchedFeatures,
} from "@leeway/core/verdicts";
import type { ModelStore } from "../model-store.ts";

/** DriftBaseline is what windows are held against: bars per feature, and how the features hang together where that can be judged. */
export interface DriftBaseline {
  calibration: DriftCalibration;
  joint: JointBaseline | undefined;
}

// Each costs as much as the verdict on a window; the reference's variation is known well enough from these.
const CALIBRATION_WINDOWS = 12;

/** isJudgedJointly decides whether a monitor looks at how features hang together: not with a fixed threshold, nor on a slice, whose features do so in their own way. */
export function isJudgedJointly(monitor: Monitor): boolean {
  return monitor.thresholds?.psi === undefined && Object.keys(monitor.segment ?? {}).length === 0;
}

/** driftBaseline learns from a reference and its own windows what a monitor's windows are held against. */
export async function driftBaseline(
  store: ModelStore,
  reference: Reference,
  monitor: Monitor,
  model: Model,
): Promise<DriftBaseline> {
  const windows = await store.referenceProfiles(reference, monitor.window);
  const joint = isJudgedJointly(monitor)
    ? await jointBaseline(store, reference, monitor, windows)
    : undefined;
  const calibration = calibrateDrift(windows, reference, {
    windowMs: monitor.window,
    ...(model.false_alarms_per_month === undefined
      ? {}
      : { falseAlarmsPerMonth: model.false_alarms_per_month }),
    ...(monitor.features === undefined ? {} : { features: monitor.features }),
    furtherTests: joint === undefined ? 0 : JOINT_TESTS,
  });
  return { calibration, joint };
}

async function jointBaseline(
  store: ModelStore,
  reference: Reference,
  monitor: Monitor,
  windows: readonly WindowProfile[],
): Promise<JointBaseline | undefined> {
  const { prediction: _output, ...inputs } = reference;
  const features = watchedFeatures(inputs, monitor.features);
  const limit = jointRowLimit(features.length);
  const sampled = [];
  for (const { start, end, rows } of spread(windows)) {
    const span = { from: start, to: end };
    sampled.push({ start, end, rows: await store.referenceSample(reference, { rows, limit, span }) });
  }
  const sample = await store.referenceSample(reference, { rows: reference.rows, limit });
  return createJointBaseline({
    features,
    sample,
    windows: sampled,
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
}

// Evenly spread over the reference; one window alone leaves nothing to hold it against.
function spread(windows: readonly WindowProfile[]): WindowProfile[] {
  const usable = windows.filter(({ rows }) => rows >= MINIMUM_JOINT_ROWS);
  if (usable.length < 2) return [];
  const step = Math.max(1, usable.length / CALIBRATION_WINDOWS);
  return Array.from(
    { length: Math.min(CALIBRATION_WINDOWS, usable.length) },
    (_, i) => usable[Math.floor(i * step)]!,
  );
}
