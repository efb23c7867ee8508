import type { FeatureProfile, WindowProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { decileMisfit, shareDistance } from "../../triage/index.ts";
import type { FeatureCalibration } from "../bars/drift-calibration.ts";
import { profileOf } from "../bars/profile-of.ts";
import { seasonSlot } from "../bars/season.ts";
import type { BreakFinding } from "./break-finding.ts";
import { seasonCdf } from "./judge-restated.ts";

// Distance between distribution functions, or half the distance between shares, from which on a column is not like its own reference.
const FAR = { numeric: 0.12, categorical: 0.2 } as const;
// And as like the other's as this share of that.
const NEAR_SHARE = 0.5;
// Beyond what its own windows show, two columns that both look like each other's reference are no chance: the square of this.
const ONE_SIDE = 1e-4;

interface Column {
  name: string;
  kind: keyof typeof FAR;
  /** How far the window's values are from a column's reference: this one's own, or another's. */
  from(other: Column): number;
  measure(profile: FeatureProfile): number;
  profile: FeatureProfile;
  /** The most that a window of the reference was away from the others. */
  usual: number;
}

/**
 * judgeSwaps returns, by feature, what says that two columns have changed places: each is far from its own reference and season, and near the other's. All pairs of
 * columns of one kind that are far are looked at. O(features · bins + far²).
 */
export function judgeSwaps(
  features: readonly { reference: ReferenceFeature; calibration: FeatureCalibration }[],
  window: WindowProfile,
  windowMs: number,
): Map<string, BreakFinding> {
  const far = features
    .flatMap((feature) => columnOf(feature, window, windowMs) ?? [])
    .filter((column) => column.from(column) > Math.max(FAR[column.kind], 1.25 * column.usual));
  const found = new Map<string, BreakFinding>();
  far.forEach((a, index) => {
    for (const b of far.slice(index + 1)) {
      if (a.kind !== b.kind || !isNear(a, b) || !isNear(b, a)) continue;
      found.set(a.name, finding(a, b));
      found.set(b.name, finding(b, a));
    }
  });
  return found;
}

function isNear(one: Column, other: Column): boolean {
  return (
    one.from(other) <= Math.max(other.usual, FAR[one.kind] / 2) &&
    one.from(other) <= NEAR_SHARE * one.from(one)
  );
}

function finding(one: Column, other: Column): BreakFinding {
  return {
    kind: "swapped",
    size: one.from(one),
    p: ONE_SIDE ** 2,
    windowsNeeded: 1,
    evidence: {
      name: one.name,
      kind: "swapped_columns",
      pipelineConfidence: 0.9,
      claim: `seems to have changed places with ${other.name}`,
      sentence: `values look like those of ${other.name}: the two columns seem to have changed places`,
    },
  };
}

function columnOf(
  { reference, calibration }: { reference: ReferenceFeature; calibration: FeatureCalibration },
  window: WindowProfile,
  windowMs: number,
): Column | undefined {
  const profile = profileOf(window, reference.name);
  if (profile === undefined || !(profile.count > 0)) return undefined;
  const common = { name: reference.name, profile, from: (other: Column) => other.measure(profile) };
  const { numeric } = reference;
  if (numeric !== undefined) {
    const restatement = calibration.own?.restatement;
    if (reference.type !== "numeric" || restatement === undefined || profile.numeric?.deciles?.length !== 9) {
      return undefined;
    }
    const cdf = seasonCdf(numeric, restatement, seasonSlot(calibration.season, window.start, windowMs));
    return {
      ...common,
      kind: "numeric",
      usual: restatement.largest_misfit,
      measure: (values) => decileMisfit(cdf, values.numeric?.deciles ?? []),
    };
  }
  const { categories = [], other_count = 0, count } = reference;
  if (reference.type !== "categorical" || other_count > 0 || !(count > 0)) return undefined;
  const shares = new Map(categories.map((category) => [category.name, category.count / count]));
  return {
    ...common,
    kind: "categorical",
    usual: calibration.own?.largest_change ?? 0,
    measure: (values) => shareDistance(shares, values),
  };
}
