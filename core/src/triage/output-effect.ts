import { MISSING_LABEL, OTHER_LABEL, WRONG_TYPE_LABEL } from "../profile/bin-labels.ts";
import type { FeatureChange } from "./feature-evidence.ts";

/**
 * outputEffect returns by how much a drifted feature moves the model's mean output, in the output's units: the sum over its PSI bins of the change
 * of the bin's share times the mean output the reference has there. Mass in bins whose output the reference doesn't know (unseen categories,
 * values missing for the first time) is taken at the feature's typical output. Undefined where the reference has no outputs by bin.
 * O(bins). A first-order estimate: features that move together each carry what they explain together.
 */
export function outputEffect({ reference, drift }: FeatureChange): number | undefined {
  const means = reference.prediction_means;
  if (means === undefined || means.length === 0) return undefined;
  const { labels, reference: before, window: now } = drift.distribution;
  const outputs = labels.map((label, bin) => meanAt(reference, means, label, bin));
  let overall = 0;
  let known = 0;
  outputs.forEach((output, bin) => {
    if (output === undefined) return;
    overall += output * (before[bin] ?? 0);
    known += before[bin] ?? 0;
  });
  const typical = known > 0 ? overall / known : 0;
  return now.reduce(
    (sum, share, bin) => sum + (share - (before[bin] ?? 0)) * ((outputs[bin] ?? typical) - typical),
    0,
  );
}

function meanAt(
  reference: FeatureChange["reference"],
  means: readonly (number | null)[],
  label: string,
  bin: number,
): number | undefined {
  if (label === MISSING_LABEL || label === WRONG_TYPE_LABEL) return means.at(-1) ?? undefined;
  if (reference.numeric !== undefined) return means[bin] ?? undefined;
  const categories = reference.categories ?? [];
  const known = categories.findIndex(({ name }) => name === label);
  if (known >= 0) return means[known] ?? undefined;
  return label === OTHER_LABEL ? (means[categories.length] ?? undefined) : undefined;
}
