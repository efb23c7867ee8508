import type { Dispersion } from "../../evaluation/index.ts";
import { estimateDispersion, type ReferenceDeviation } from "../bars/estimate-dispersion.ts";
import type { JointMeasurement } from "./measure-joint.ts";

/** JointCalibration is how differently the features of the reference's own windows are correlated: what a window's difference is compared with. */
export interface JointCalibration {
  windows: number;
  area: Dispersion;
  structure: Dispersion;
  /** One a pair of features. */
  pairs: Dispersion[];
}

// The documented margins: an area of 0.51, 0.07 standard deviations of the reconstruction error, 0.07 in Fisher's z.
const PRIOR_VARIANCE = { area: 1e-4, structure: 0.005, pair: 0.005 } as const;

/**
 * calibrateJoint returns the variation of the joint statistics between windows of the reference, each measured against the reference without it.
 * Without windows it is the prior. O(windows · pairs).
 */
export function calibrateJoint(measurements: readonly JointMeasurement[], pairs: number): JointCalibration {
  const estimate = (priorVariance: number, deviationOf: (one: JointMeasurement) => ReferenceDeviation) =>
    estimateDispersion(measurements.map(deviationOf), {
      priorVariance,
      baselineWindows: Math.max(1, measurements.length),
    });
  return {
    windows: measurements.length,
    area: estimate(PRIOR_VARIANCE.area, (one) => ({
      squared: squaredArea(one),
      samplingLevel: one.areaVariance,
    })),
    structure: estimate(PRIOR_VARIANCE.structure, (one) => ({
      squared: one.structureDifference ** 2,
      samplingLevel: one.structureVariance,
    })),
    pairs: Array.from({ length: pairs }, (_, i) =>
      estimate(PRIOR_VARIANCE.pair, (one) => ({
        squared: one.differences[i]! ** 2,
        samplingLevel: one.variances[i]!,
      })),
    ),
  };
}

/** squaredArea returns the squared excess of the area over one half; areas below it are chance. O(1). */
export function squaredArea({ classification }: JointMeasurement): number {
  return Math.max(0, classification.area - 0.5) ** 2;
}
