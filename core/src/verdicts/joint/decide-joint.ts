import type { MultivariateDrift } from "../../evaluation/index.ts";
import type { BlamedFeature } from "../../records/index.ts";
import { formatNumber, formatPValue, formatShare } from "../../words/index.ts";
import type { FeatureStanding } from "../feature/drift-state.ts";
import { FALSE_DISCOVERY_RATE } from "../feature/feature-decision.ts";
import { publishedTest } from "../feature/published-test.ts";
import { leadingTest } from "../sampled/sampled-test.ts";
import type { ChangedPair, JointAssessment, JointTest } from "./assess-joint.ts";

/** JOINT_STANDING is the name of joint drift among the features of a window's state: no feature can have it, because names hold no control characters. */
export const JOINT_STANDING = "\u0000joint";

/** JointDecision is the published verdict on joint drift, its standing for the alarm rule, and what to blame if it alarms. */
export interface JointDecision {
  published: MultivariateDrift;
  standing: FeatureStanding;
  /** The pairs that changed, as features to blame. */
  blamed: BlamedFeature[];
}

// Pairs say more than a classifier's gains do, also where those are the less probable of the two.
const SURE_OF_PAIRS = 0.01;
const SMALLEST_CHANGE = 0.2;
const SMALLEST_SHARE = 0.15;

/**
 * decideJoint decides whether the features of a window depend on each other otherwise than in the reference: as for a feature, all of size, adjusted p and
 * bar; with a fixed threshold the classifier's area alone. O(pairs).
 */
export function decideJoint(
  assessment: JointAssessment,
  pAdjusted: number | null,
  fixedArea?: number,
): JointDecision {
  const { measurement, variations, tests, pairs } = assessment;
  const survives = pAdjusted !== null && pAdjusted <= FALSE_DISCOVERY_RATE;
  const drifting = tests.filter((test) => survives && test.isLargeEnough && test.exceedsLowerBar);
  const { area, low, high } = measurement.classification;
  const isDrifted = fixedArea === undefined ? drifting.length > 0 : area > fixedArea;
  const lead = leadingTest(tests);
  const { structure } = measurement;
  const relation =
    fixedArea === undefined
      ? `, ${formatPValue(lead.pCalibrated)} under the reference's own variation`
      : `, ${isDrifted ? "above" : "not above"} the fixed threshold ${formatNumber(fixedArea)}`;
  return {
    published: {
      outcome: isDrifted ? "drifted" : "ok",
      drifted: isDrifted,
      reason: `Jointly: ${isDrifted ? driftedWords(assessment, isAboutPairs(assessment) ? "dependence" : fixedArea === undefined ? lead.test : "classifier") : "correlations between features match the reference"}; a classifier tells the window apart with AUC ${formatNumber(area)} (${formatNumber(low)} to ${formatNumber(high)})${relation}`,
      rows: measurement.rows,
      reference_rows: assessment.referenceRows,
      reference_windows: assessment.referenceWindows,
      features: assessment.features,
      auc: area,
      auc_low: low,
      auc_high: high,
      ...(structure === undefined
        ? {}
        : { pca_error: structure.error, pca_reference_error: structure.referenceError }),
      pairs: pairs.map(({ features, correlation, reference }) => ({
        features: [...features],
        correlation,
        reference_correlation: reference,
      })),
      tests: tests.map((test) => ({
        ...publishedTest(test),
        reference_variation: variations[test.test],
      })),
      p_adjusted: pAdjusted,
      seed: measurement.seed,
    },
    standing: {
      name: JOINT_STANDING,
      isDrifted,
      isGross: fixedArea === undefined ? drifting.some((test) => test.exceedsImmediateBar) : isDrifted,
      isHeld: fixedArea === undefined ? tests.some((test) => test.isHeld) : isDrifted,
    },
    blamed: blamedOf(assessment),
  };
}

function driftedWords({ measurement, pairs }: JointAssessment, lead: JointTest): string {
  switch (lead) {
    case "dependence":
      return pairWords(pairs[0]!);
    case "classifier":
      return "correlations between features differ from the reference";
    case "structure":
      return `rows lie ${formatNumber(Math.abs(measurement.structureDifference))} standard deviations ${measurement.structureDifference > 0 ? "further from" : "nearer to"} the reference's principal components`;
    default:
      return lead satisfies never;
  }
}

function pairWords({ features, correlation, reference }: ChangedPair): string {
  return `${features[0]} and ${features[1]} have a correlation of ${formatNumber(correlation)} against ${formatNumber(reference)}`;
}

function isAboutPairs({ tests, pairs }: JointAssessment): boolean {
  const dependence = tests.find(({ test }) => test === "dependence");
  return (dependence?.pCalibrated ?? 1) < SURE_OF_PAIRS && pairs.some(isChanged);
}

function isChanged({ correlation, reference }: ChangedPair): boolean {
  return Math.abs(correlation - reference) >= SMALLEST_CHANGE;
}

// The pair that changed most where pairs spoke; else the features that the classifier gained most by.
function blamedOf(assessment: JointAssessment): BlamedFeature[] {
  const { measurement, pairs, features } = assessment;
  const evidence = new Map<string, string>();
  if (isAboutPairs(assessment)) {
    for (const { features: both, correlation, reference } of pairs.filter(isChanged)) {
      for (const [name, other] of [both, [both[1], both[0]] as const]) {
        if (evidence.has(name)) continue;
        evidence.set(
          name,
          `its correlation with ${other} is ${formatNumber(correlation)} against ${formatNumber(reference)} in the reference`,
        );
      }
    }
  } else {
    for (const { feature, share } of measurement.classification.blame.slice(0, 3)) {
      if (share < SMALLEST_SHARE) continue;
      evidence.set(
        features[feature]!,
        `${formatShare(share)} of what tells the window's rows apart from the reference's`,
      );
    }
  }
  return [...evidence].map(([name, sentence]) => ({ name, evidence: sentence }));
}
