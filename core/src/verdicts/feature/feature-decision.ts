import type { FeatureDrift } from "../../evaluation/index.ts";
import type { DriftThresholds } from "../../records/index.ts";
import { textChangeWords } from "../../triage/index.ts";
import { formatNumber, formatPValue, formatShare } from "../../words/index.ts";
import { meanUnseenShare, type UnseenBar } from "../bars/unseen-shares.ts";
import type { BreakFinding } from "../breaks/break-finding.ts";
import type { FeatureAssessment } from "./assess-feature.ts";
import { type FeatureStanding, fewestNeeded } from "./drift-state.ts";
import type { UnreachableBar } from "./judge-unseen.ts";
import { publishedTest } from "./published-test.ts";
import type { TestResult } from "./test-result.ts";

/** FALSE_DISCOVERY_RATE is the level at which Benjamini–Hochberg is applied across the features of a window. */
export const FALSE_DISCOVERY_RATE = 0.05;

const NOTABLE_OUT_OF_RANGE = 0.1;

/** FeatureDecision is one feature's published verdict and its standing for the alarm rule. */
export interface FeatureDecision {
  name: string;
  drift: FeatureDrift;
  standing: Omit<FeatureStanding, "name">;
  /** What it shows that a broken pipeline does (`judgeBreaks`). */
  breaks: readonly BreakFinding[];
  /** How near the feature came to its bar: 1 is on it. */
  closeness: number;
}

type Judged = Extract<FeatureAssessment, { outcome: "judged" }>;

/**
 * decideFeature decides whether a feature has drifted: some statistic of it is large enough to matter, its adjusted p-value survives, and
 * that statistic passes its calibrated bar. With fixed thresholds, those alone decide. O(tests).
 */
export function decideFeature(
  assessment: FeatureAssessment,
  pAdjusted: number | null,
  fixed: DriftThresholds | undefined,
): FeatureDecision {
  if (assessment.outcome !== "judged") return undecided(assessment);
  if (fixed !== undefined) return decideFixed(assessment, pAdjusted, fixed);
  const survives = pAdjusted !== null && pAdjusted <= FALSE_DISCOVERY_RATE;
  const counting = assessment.tests.filter((test) => survives && test.isLargeEnough);
  const drifting = counting.filter((test) => test.exceedsLowerBar);
  const isDrifted = drifting.length > 0;
  const broken = drifting.filter(({ test }) => assessment.breaks.some(({ kind }) => kind === test));
  const lead = leading(broken.length > 0 ? broken : drifting.length > 0 ? drifting : assessment.tests);
  const { unreachable } = assessment;
  const isBlind = unreachable?.isBlind === true && !isDrifted && assessment.text === undefined;
  return {
    name: assessment.name,
    drift: {
      ...published(assessment, pAdjusted, assessment.threshold),
      outcome: isDrifted ? "drifted" : isBlind ? "not_defined" : "ok",
      drifted: isDrifted,
      ...(assessment.text === undefined
        ? {}
        : {
            text: {
              ...assessment.text.published,
              drifted: drifting.some(({ test }) => test === "characters"),
            },
          }),
      reason: `${assessment.name}: ${isDrifted ? driftedText(assessment, lead) : `${healthyText(assessment, lead, survives)}${calmTexts(assessment)}`}${vocabularyText(assessment, isDrifted)}`,
    },
    standing: {
      isDrifted,
      isGross: drifting.some((test) => test.exceedsImmediateBar),
      isHeld: assessment.tests.some((test) => test.isHeld),
      windowsNeeded: fewestNeeded(drifting.map((test) => test.windowsNeeded)),
    },
    breaks: assessment.breaks,
    closeness:
      unreachable === undefined ? psiOf(assessment) / assessment.threshold : unseenCloseness(unreachable),
  };
}

// Each threshold is for a size of its own: one passed is drift, and a feature that none is for is not judged.
function decideFixed(assessment: Judged, pAdjusted: number | null, fixed: DriftThresholds): FeatureDecision {
  const { name, statistics, text } = assessment;
  const psi = statistics.psi ?? 0;
  const held = [
    ...(fixed.psi === undefined ? [] : [{ words: "PSI", size: psi, threshold: fixed.psi }]),
    ...(text === undefined || fixed.text_shift === undefined
      ? []
      : [
          {
            words: `${textChangeWords(text.published)}, a shift of`,
            size: text.published.size,
            threshold: fixed.text_shift,
          },
        ]),
  ];
  const isDrifted = held.some(isPassed);
  const told = held.map(
    ({ words, size, threshold }) =>
      `${words} ${formatNumber(size)} is ${size > threshold ? "above" : "not above"} the fixed threshold ${formatNumber(threshold)}`,
  );
  return {
    name,
    drift: {
      ...published(assessment, pAdjusted, fixed.psi ?? assessment.threshold),
      outcome: held.length === 0 ? "not_defined" : isDrifted ? "drifted" : "ok",
      drifted: isDrifted,
      ...(text === undefined
        ? {}
        : { text: { ...text.published, drifted: text.published.size > (fixed.text_shift ?? Infinity) } }),
      reason: `${name}: ${held.length === 0 ? unheldText(assessment, fixed) : told.join("; ")}`,
    },
    standing: { isDrifted, isGross: isDrifted, isHeld: isDrifted },
    breaks: assessment.breaks,
    closeness: Math.max(0, ...held.map(({ size, threshold }) => size / threshold)),
  };
}

function unheldText({ statistics }: Judged, { text_shift }: DriftThresholds): string {
  const why =
    statistics.type === "text" && text_shift !== undefined
      ? "too few texts for the fixed threshold"
      : "none of the fixed thresholds is for it";
  return `${why}; PSI ${formatNumber(statistics.psi ?? 0)}`;
}

function isPassed({ size, threshold }: { size: number; threshold: number }): boolean {
  return size > threshold;
}

function undecided(assessment: Exclude<FeatureAssessment, { outcome: "judged" }>): FeatureDecision {
  return {
    name: assessment.name,
    drift: {
      ...assessment.statistics,
      outcome: assessment.outcome,
      threshold: assessment.threshold,
      p_adjusted: null,
      drifted: false,
      reason: `${assessment.name}: ${assessment.reason}`,
    },
    standing: { isDrifted: false, isGross: false, isHeld: false },
    breaks: [],
    closeness: 0,
  };
}

function published(assessment: Judged, pAdjusted: number | null, threshold: number) {
  return {
    ...assessment.statistics,
    threshold,
    p_adjusted: pAdjusted,
    tests: assessment.tests.map(publishedTest),
    ...(assessment.baseline === undefined ? {} : { baseline: assessment.baseline }),
  };
}

function leading(tests: readonly TestResult[]): TestResult {
  return tests.reduce((best, test) => (test.pCalibrated < best.pCalibrated ? test : best));
}

function psiOf(assessment: Judged): number {
  return assessment.baseline?.psi ?? assessment.statistics.psi ?? 0;
}

function against(assessment: Judged): string {
  return assessment.slot === "" ? "" : ` against the reference's ${assessment.slot}`;
}

function driftedText(assessment: Judged, lead: TestResult): string {
  const { statistics, threshold } = assessment;
  const psi = `PSI ${formatNumber(psiOf(assessment))}${against(assessment)} (threshold ${formatNumber(threshold)})`;
  switch (lead.test) {
    case "missing":
      return `${formatShare(statistics.null_rate + statistics.wrong_type_rate)} missing or mistyped against ${formatShare(statistics.reference_null_rate)}, ${psi}`;
    case "location":
      return `values moved ${lead.size > 0 ? "up" : "down"} by ${formatNumber(Math.abs(lead.size))} standard scores${meansText(statistics)}, ${psi}`;
    case "spread":
      return `values are ${lead.size > 0 ? "more" : "less"} spread out (${formatNumber(Math.abs(lead.size))} standard scores), ${psi}`;
    case "characters":
      return `${assessment.text === undefined ? "" : textChangeWords(assessment.text.published)}, ${formatPValue(lead.pCalibrated)} under the reference's own variation; its length has ${psi}`;
    case "distance":
      return `${psi}, ${formatPValue(lead.pCalibrated)} under the reference's own variation${meansText(statistics)}`;
    case "unseen":
      return assessment.unseenBar === undefined
        ? `${unseenText(assessment, lead.size)}${confirmationText(lead)}; ${unreachableText(assessment)}`
        : `${newValuesText(assessment, assessment.unseenBar)}, ${formatPValue(lead.pCalibrated)} under the reference's own variation; ${psi}`;
    case "constant":
    case "spike":
    case "lattice":
    case "far_out":
    case "vocabulary":
    case "restated":
    case "swapped":
      return `${assessment.breaks.find(({ kind }) => kind === lead.test)?.evidence.sentence ?? lead.test}, ${psi}`;
    default:
      return lead.test satisfies never;
  }
}

function healthyText(assessment: Judged, lead: TestResult, survives: boolean): string {
  if (assessment.unreachable !== undefined) return unreachableText(assessment);
  const psi = psiOf(assessment);
  const text = `PSI ${formatNumber(psi)}${against(assessment)}`;
  const threshold = formatNumber(assessment.threshold);
  if (psi < assessment.threshold) return `${text}, threshold ${threshold}`;
  if (!survives) return `${text}, threshold ${threshold}; not significant with so few rows`;
  return `${text}, threshold ${threshold}; the reference's own windows vary as much, ${formatPValue(lead.pCalibrated)}`;
}

// Its length has said what the PSI says; what its texts are made of is another matter.
function calmTexts({ text }: Judged): string {
  if (text === undefined) return "";
  return `; nearest among its texts: ${textChangeWords(text.published)}, ${formatPValue(text.published.p_calibrated)}`;
}

function newValuesText({ statistics }: Judged, bar: UnseenBar): string {
  const usual = formatShare(meanUnseenShare(bar));
  const own =
    bar.windows === 0
      ? `${usual} are expected`
      : `in the reference's own windows ${usual} are new on average and ${formatShare(bar.largest)} at most`;
  return `${formatShare(statistics.unseen_rate ?? 0)} of the values are new to the reference${namesText(statistics)}; ${own}`;
}

function unseenCloseness({ unseen }: UnreachableBar): number {
  return unseen === undefined ? 0 : unseen.test.size / unseen.bar;
}

function unseenText({ statistics, unreachable }: Judged, share: number): string {
  const range = unreachable?.range;
  return range === undefined
    ? `${formatShare(share)} of the rows are of categories the reference never saw${namesText(statistics)}`
    : `${formatShare(share)} of the rows lie outside the reference's range ${formatNumber(range.minimum)} to ${formatNumber(range.maximum)}`;
}

// What can't be called drifted is worth knowing all the same: the model was never seen there.
function outOfRangeText({ statistics: { out_of_range_rate = 0 }, unreachable }: Judged): string {
  const range = unreachable?.range;
  if (range === undefined || out_of_range_rate < NOTABLE_OUT_OF_RANGE) return "";
  return ` though ${formatShare(out_of_range_rate)} of its values lie outside the reference's range ${formatNumber(range.minimum)} to ${formatNumber(range.maximum)}`;
}

// Says what is not known of a feature with more values than are named, or by what it is judged.
function vocabularyText({ vocabulary, unseenBar, statistics }: Judged, isDrifted: boolean): string {
  switch (vocabulary.kind) {
    case "named":
      return "";
    case "unknown":
      return `; this reference lists ${vocabulary.listed} of ${formatNumber(vocabulary.distinct)} values, so which of the others are new is not known: make the reference again to know it`;
    case "kept": {
      if (isDrifted || unseenBar === undefined || statistics.unseen_rate === undefined) return "";
      const usual = formatShare(meanUnseenShare(unseenBar));
      const part =
        vocabulary.oneIn === 1 ? "" : ` (one in ${vocabulary.oneIn} different values is looked up)`;
      const means =
        statistics.type === "text"
          ? "; an identifier, judged by its length, by missing values and by new ones"
          : "";
      return `; ${formatShare(statistics.unseen_rate)} of the values are new to the reference${part}, ${usual} are usual${means}`;
    }
    default:
      return vocabulary satisfies never;
  }
}

// Where neighbours are alike, the second window says what the first did.
function confirmationText({ windowsNeeded = 0 }: TestResult): string {
  return windowsNeeded > 2 ? `, ${windowsNeeded} windows in a row would be an alarm` : "";
}

function namesText({ new_categories = [] }: Judged["statistics"]): string {
  const names = new_categories.slice(0, 3).map(({ name }) => `"${name}"`);
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

// Says how the feature is judged instead of by its distance, or that it is not.
function unreachableText(assessment: Judged): string {
  const { unreachable, threshold } = assessment;
  if (unreachable === undefined) return "";
  const { largestPsi, unseen, isBlind } = unreachable;
  const psi = `PSI ${formatNumber(psiOf(assessment))}${against(assessment)} says nothing: the reference's own windows wander so far that the threshold is ${formatNumber(threshold)}, and no window can pass ${formatNumber(largestPsi)}`;
  if (isBlind) return `can't be judged${outOfRangeText(assessment)}; ${psi}`;
  if (unseen === undefined) return `no shift of the values' ranks that passes its threshold; ${psi}`;
  const now = unseen.test.isLargeEnough ? "" : `${unseenText(assessment, unseen.test.size)}; `;
  return `${now}${formatShare(unseen.bar)} make it drift, a reference window had at most ${formatShare(unseen.own.largest_own)} beside the others; ${psi}`;
}

function meansText(statistics: Judged["statistics"]): string {
  if (statistics.mean === undefined || statistics.reference_mean === undefined) return "";
  return `, mean ${formatNumber(statistics.mean)} against ${formatNumber(statistics.reference_mean)}`;
}
