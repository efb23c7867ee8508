import type { Dispersion, OperatingPoint } from "../../evaluation/index.ts";
import { judgeSampled, type SampledTest } from "../sampled/sampled-test.ts";
import { type JointCalibration, squaredArea } from "./calibrate-joint.ts";
import type { JointReference } from "./joint-reference.ts";
import type { JointMeasurement } from "./measure-joint.ts";

/** JointTest names which statistic of joint drift spoke. */
export type JointTest = "classifier" | "structure" | "dependence";

/** JOINT_TESTS is how many statistics of joint drift a window is compared with. */
export const JOINT_TESTS = 3;

/** ChangedPair is two features whose correlation (of normal scores) differs from the reference. */
export interface ChangedPair {
  features: readonly [string, string];
  correlation: number;
  reference: number;
}

/** JointAssessment is a window's joint drift before it is seen together with the features: without what grows with the number of pairs, because many are kept. */
export interface JointAssessment {
  measurement: Omit<JointMeasurement, "correlations" | "differences" | "variances">;
  referenceWindows: number;
  /** How the reference's own windows vary by each test; by `dependence`, in the pair that was judged. */
  variations: Record<JointTest, Dispersion>;
  referenceRows: number;
  features: string[];
  tests: SampledTest<JointTest>[];
  /** Smallest sampling p-value, times the number of tests. */
  p: number;
  /** The pairs that changed most, the least probable first. */
  pairs: ChangedPair[];
}

/** The smallest joint changes that matter: an area, standard deviations of the reconstruction error, a correlation. */
const FLOORS = { classifier: 0.05, structure: 0.2, dependence: 0.2 } as const;
const PAIRS_NAMED = 3;

/** assessJoint returns which bars a window's joint drift passes. The pairs of features are one test: the least probable of them. O(pairs). */
export function assessJoint(
  reference: JointReference,
  calibration: JointCalibration,
  measurement: JointMeasurement,
  operatingPoint: OperatingPoint,
): JointAssessment {
  const { differences, variances, correlations, ...found } = measurement;
  const classifier = judgeSampled({
    test: "classifier",
    size: measurement.classification.area - 0.5,
    floor: FLOORS.classifier,
    squared: squaredArea(measurement),
    samplingLevel: measurement.areaVariance,
    degrees: 1,
    dispersion: calibration.area,
    operatingPoint,
  });
  const structure = judgeSampled({
    test: "structure",
    size: Math.abs(measurement.structureDifference),
    floor: FLOORS.structure,
    squared: measurement.structureDifference ** 2,
    samplingLevel: measurement.structureVariance,
    degrees: 1,
    dispersion: calibration.structure,
    operatingPoint,
  });
  // Only pairs that could be the least probable one are worth their tail.
  const ranked = Array.from(differences, (difference, i) => ({ i, z: difference ** 2 / variances[i]! }))
    .sort((a, b) => b.z - a.z)
    .slice(0, 20)
    .map(({ i }) => ({
      i,
      judged: judgeSampled({
        test: "dependence",
        size: Math.abs(correlations[i]! - reference.pairs.correlations[i]!),
        floor: FLOORS.dependence,
        squared: differences[i]! ** 2,
        samplingLevel: variances[i]!,
        degrees: 1,
        dispersion: calibration.pairs[i]!,
        operatingPoint,
        comparisons: differences.length,
      }),
    }))
    .sort(
      (a, b) =>
        Number(b.judged.isLargeEnough) - Number(a.judged.isLargeEnough) ||
        a.judged.pCalibrated - b.judged.pCalibrated,
    );
  const tests = [classifier, structure, ranked[0]!.judged];
  const names = reference.features.map(({ name }) => name);
  return {
    measurement: found,
    referenceWindows: calibration.windows,
    variations: {
      classifier: calibration.area,
      structure: calibration.structure,
      dependence: calibration.pairs[ranked[0]!.i]!,
    },
    referenceRows: reference.rows,
    features: names,
    tests,
    p: Math.min(1, Math.min(...tests.map(({ pSampling }) => pSampling)) * tests.length),
    pairs: ranked.slice(0, PAIRS_NAMED).map(({ i }) => {
      const [a, b] = reference.pairs.pairs[i]!;
      return {
        features: [names[a]!, names[b]!] as const,
        correlation: correlations[i]!,
        reference: reference.pairs.correlations[i]!,
      };
    }),
  };
}
