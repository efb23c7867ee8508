import type { SampledRow } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { calibrateJoint, type JointCalibration } from "./calibrate-joint.ts";
import { createJointReference, type JointReference } from "./joint-reference.ts";
import { type JointMeasurement, measureJoint } from "./measure-joint.ts";

/** JointBaseline is what joint drift is judged by: the reference's sample and how its own windows vary. */
export interface JointBaseline {
  reference: JointReference;
  calibration: JointCalibration;
}

const SEED = 1;

/**
 * createJointBaseline returns what windows' joint drift is compared with: each sampled window of the reference is measured against the reference's
 * sample without the rows of its time. `pause` is awaited between windows, because each of them costs as much as a verdict. Undefined where the sample is
 * too small or fewer than two features vary. O(windows · measureJoint).
 */
export async function createJointBaseline(input: {
  features: readonly ReferenceFeature[];
  sample: readonly SampledRow[];
  windows: readonly { start: number; end: number; rows: readonly SampledRow[] }[];
  pause?: () => Promise<void>;
}): Promise<JointBaseline | undefined> {
  const { features, sample, windows, pause } = input;
  const [first] = windows;
  const options = {
    seed: SEED,
    windowMs: first === undefined ? Number.POSITIVE_INFINITY : first.end - first.start,
  };
  const reference = createJointReference(features, sample, options);
  if (reference === undefined) return undefined;
  const measurements: JointMeasurement[] = [];
  for (const { start, end, rows } of windows) {
    const others = sample.filter(({ time }) => time < start || time >= end);
    const without = createJointReference(reference.features, others, options);
    // A feature that varies in this window alone leaves another set of pairs, which can't be compared.
    if (without?.features.length !== reference.features.length) continue;
    const measured = measureJoint(without, rows, start);
    if (measured !== undefined) measurements.push(measured);
    await pause?.();
  }
  return { reference, calibration: calibrateJoint(measurements, reference.pairs.pairs.length) };
}
