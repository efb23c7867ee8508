import type { FeatureDrift } from "../evaluation/index.ts";
import type { FeatureProfile } from "../profile/index.ts";
import type { ReferenceFeature } from "../records/index.ts";
import { formatNumber, formatShare } from "../words/index.ts";
import { changeWords, recogniseUnitChange } from "./recognise-unit-change.ts";
import { textChangeWords } from "./text-change-words.ts";

/** EvidenceKind is the closed set of what a feature's change can look like. */
export type EvidenceKind =
  | "missing_values"
  | "wrong_type"
  | "became_constant"
  | "began_to_vary"
  | "unit_change"
  | "category_format"
  | "new_categories"
  | "swapped_columns"
  | "one_source_only"
  | "single_value"
  | "clipped"
  | "rounded"
  | "far_out"
  | "natural_shift";

/** FeatureEvidence is what one feature's change looks like, and how much that speaks for a broken pipeline (0: not at all). */
export interface FeatureEvidence {
  name: string;
  kind: EvidenceKind;
  pipelineConfidence: number;
  /** What is wrong, as the predicate of its name, for a title: "looks multiplied by 1.609 (miles to kilometres)". */
  claim: string;
  /** One sentence with its numbers, without the feature's name. */
  sentence: string;
}

/** FeatureChange is a drifted feature with everything that is known of it. */
export interface FeatureChange {
  reference: ReferenceFeature;
  profile: FeatureProfile | undefined;
  drift: FeatureDrift;
  /** What no window of the reference showed and a broken pipeline does; empty where nothing of the kind was found. */
  breaks?: readonly FeatureEvidence[];
  /** Units are compared season by season: then the whole reference says nothing of them. */
  areUnitsJudged?: boolean;
}

/**
 * featureEvidence returns what a drifted feature's change looks like, the most damning reading first: values missing, of another type,
 * frozen, restated in another unit, renamed or new categories; otherwise a natural shift. O(bins).
 */
export function featureEvidence(change: FeatureChange): FeatureEvidence {
  const readings = [
    missingValues(change),
    wrongType(change),
    becameConstant(change),
    beganToVary(change),
    ...(change.areUnitsJudged === true ? [] : [unitChange(change)]),
    newCategories(change),
    ...(change.breaks ?? []),
  ].filter((reading) => reading !== undefined);
  readings.sort((a, b) => b.pipelineConfidence - a.pipelineConfidence);
  return readings[0] ?? naturalShift(change);
}

function missingValues({ reference, drift }: FeatureChange): FeatureEvidence | undefined {
  const rise = drift.null_rate - drift.reference_null_rate;
  if (rise < 0.02) return undefined;
  return {
    name: reference.name,
    kind: "missing_values",
    pipelineConfidence: Math.min(0.97, 0.75 + rise),
    claim: `is missing in ${formatShare(drift.null_rate)} of the rows`,
    sentence: `${formatShare(drift.null_rate)} of the values are missing against ${formatShare(drift.reference_null_rate)} in the reference`,
  };
}

function wrongType({ reference, profile, drift }: FeatureChange): FeatureEvidence | undefined {
  const rowsBefore = reference.count + reference.null_count + reference.missing_count;
  const before = rowsBefore > 0 ? reference.wrong_type_count / rowsBefore : 0;
  if (profile === undefined || drift.wrong_type_rate - before < 0.02) return undefined;
  return {
    name: reference.name,
    kind: "wrong_type",
    pipelineConfidence: Math.min(0.98, 0.85 + drift.wrong_type_rate / 5),
    claim: `is no longer ${reference.type} in ${formatShare(drift.wrong_type_rate)} of the rows`,
    sentence: `${formatShare(drift.wrong_type_rate)} of the values are no longer ${reference.type}`,
  };
}

function becameConstant({ reference, profile, drift }: FeatureChange): FeatureEvidence | undefined {
  if (profile === undefined || profile.count < 30) return undefined;
  const shares = drift.distribution.window.map((share, bin) => ({
    share,
    before: drift.distribution.reference[bin] ?? 0,
    label: drift.distribution.labels[bin] ?? "",
  }));
  const constant =
    profile.numeric === undefined
      ? shares.find(({ share, before }) => share > 0.999 && before < 0.9)?.label
      : profile.numeric.minimum === profile.numeric.maximum &&
          reference.numeric !== undefined &&
          reference.numeric.minimum !== reference.numeric.maximum
        ? formatNumber(profile.numeric.minimum)
        : undefined;
  if (constant === undefined || constant === "(missing)") return undefined;
  return {
    name: reference.name,
    kind: "became_constant",
    pipelineConfidence: 0.93,
    claim: `is always ${constant}`,
    sentence: `every one of ${formatNumber(profile.count)} values is ${constant}; the reference varies`,
  };
}

function beganToVary({ reference, profile, drift }: FeatureChange): FeatureEvidence | undefined {
  const before = reference.numeric;
  const now = profile?.numeric;
  if (before === undefined || now === undefined || before.minimum !== before.maximum) return undefined;
  if (now.minimum === before.minimum && now.maximum === before.maximum) return undefined;
  const mean = drift.mean === undefined ? "" : `, mean ${formatNumber(drift.mean)}`;
  return {
    name: reference.name,
    kind: "began_to_vary",
    pipelineConfidence: 0.65,
    claim: `is no longer always ${formatNumber(before.minimum)}`,
    sentence: `every value of the reference is ${formatNumber(before.minimum)}, now values vary${mean}: the model never learned what they mean`,
  };
}

function unitChange({ reference, profile, drift }: FeatureChange): FeatureEvidence | undefined {
  // A text's numbers are its lengths, which no unit restates.
  if (reference.type !== "numeric" || reference.numeric === undefined || profile === undefined)
    return undefined;
  const recognised = recogniseUnitChange(reference.numeric, profile);
  if (recognised === undefined) return undefined;
  const means =
    drift.mean === undefined
      ? ""
      : `: mean ${formatNumber(drift.mean)} against ${formatNumber(reference.numeric.mean)}`;
  return {
    name: reference.name,
    kind: "unit_change",
    pipelineConfidence: recognised.confidence * steadiness(drift.threshold),
    claim: `looks ${changeWords(recognised)}`,
    sentence: `values look ${changeWords(recognised)}${means}`,
  };
}

// A column that wanders far inside its own reference may have come by itself to where a factor would have taken it.
function steadiness(threshold: number): number {
  return Math.min(1, Math.sqrt(STEADY_THRESHOLD / threshold));
}

const STEADY_THRESHOLD = 0.4;

function newCategories({ reference, profile, drift }: FeatureChange): FeatureEvidence | undefined {
  const unseen = drift.new_categories ?? [];
  const share = drift.unseen_rate ?? 0;
  const usual = drift.reference_unseen_rate ?? 0;
  if (profile === undefined || share - usual < 0.05) return undefined;
  const named = unseen.slice(0, 3).map((category) => `"${category.name}"`);
  const names = named.length === 0 ? "" : `: ${named.join(", ")}`;
  const before = usual > 0 ? `, where ${formatShare(usual)} are usual` : "";
  const normalised = new Map(
    (reference.categories ?? []).map((category) => [normaliseCategory(category.name), category.name]),
  );
  const renamed = unseen.find((category) => normalised.has(normaliseCategory(category.name)));
  if (renamed !== undefined) {
    return {
      name: reference.name,
      kind: "category_format",
      pipelineConfidence: 0.95,
      claim: `is spelt differently ("${renamed.name}")`,
      sentence: `categories are written differently: "${renamed.name}" where the reference has "${normalised.get(normaliseCategory(renamed.name))}" (${formatShare(share)} of the values)`,
    };
  }
  return {
    name: reference.name,
    kind: "new_categories",
    pipelineConfidence: share - usual >= 0.5 ? 0.85 : 0.5 + 0.4 * (share - usual),
    claim: `has ${formatShare(share)} new values`,
    sentence: `${formatShare(share)} of the values are new to the reference${before}${names}`,
  };
}

function naturalShift({ reference, drift }: FeatureChange): FeatureEvidence {
  const base = {
    name: reference.name,
    kind: "natural_shift",
    pipelineConfidence: 0,
    claim: "has drifted",
  } as const;
  const psi = drift.baseline?.psi ?? drift.psi;
  // Its length's numbers say nothing where it is the characters that moved.
  if (drift.text?.drifted === true && !((psi ?? 0) >= drift.threshold))
    return { ...base, sentence: textChangeWords(drift.text) };
  const outside = drift.out_of_range_rate ?? 0;
  // Where most values were never seen, that has drifted, whether or not a PSI could tell.
  const psiText =
    outside >= 0.5
      ? ` (${formatShare(outside)} of the values lie outside the reference's range)`
      : psi === null
        ? ""
        : ` (PSI ${formatNumber(psi)}, threshold ${formatNumber(drift.threshold)})`;
  if (drift.mean !== undefined && drift.reference_mean !== undefined && reference.numeric !== undefined) {
    const spread = reference.numeric.standard_deviation;
    // Rounding leaves a constant column a deviation of next to nothing, in which no shift is to be counted.
    const hasSpread = spread > 1e-9 * Math.abs(reference.numeric.mean);
    const shift = hasSpread
      ? `, ${formatNumber((drift.mean - drift.reference_mean) / spread)} standard deviations`
      : "";
    return {
      ...base,
      sentence: `mean ${formatNumber(drift.mean)} against ${formatNumber(drift.reference_mean)}${shift}${psiText}`,
    };
  }
  const { labels, reference: before, window: now } = drift.distribution;
  const moves = labels
    .map((label, bin) => ({ label, before: before[bin] ?? 0, now: now[bin] ?? 0 }))
    .sort((a, b) => Math.abs(b.now - b.before) - Math.abs(a.now - a.before));
  const first = moves[0];
  return {
    ...base,
    sentence:
      first === undefined
        ? `distribution changed${psiText}`
        : `"${first.label}" is ${formatShare(first.now)} of the values against ${formatShare(first.before)}${psiText}`,
  };
}

// The same category in another case, with spaces, dashes or a decimal point added: an exporter changed, not the world.
function normaliseCategory(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_\-./]+/g, "")
    .replace(/^0+(?=\d)/, "");
}
