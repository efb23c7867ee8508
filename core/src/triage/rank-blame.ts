import type { FeatureChange } from "./feature-evidence.ts";

/**
 * rankBlame returns each drifted feature's share of the change in the model's predictions, 0…1, summing to 1: the shift of the mean
 * output that the moved mass between its bins implies (reference mean output per bin), where the reference knows it for every feature;
 * else its share of the PSI. O(features · bins). A first-order estimate: features that move together share what both explain.
 */
export function rankBlame(changes: readonly FeatureChange[]): Map<string, number> {
  const isKnown = changes.every((change) => (change.reference.prediction_means?.length ?? 0) > 0);
  const weights = changes.map((change) => (isKnown ? outputShift(change) : distance(change)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(
    changes.map((change, index) => [change.reference.name, total > 0 ? weights[index]! / total : 0]),
  );
}

function outputShift({ reference, drift }: FeatureChange): number {
  const means = reference.prediction_means ?? [];
  const { reference: before, window: now } = drift.distribution;
  let overall = 0;
  let known = 0;
  means.forEach((mean, bin) => {
    if (mean === null) return;
    overall += mean * (before[bin] ?? 0);
    known += before[bin] ?? 0;
  });
  const typical = known > 0 ? overall / known : 0;
  // Mass in bins whose output the reference doesn't know (missing, unseen) is taken at the typical output: it shows in the PSI instead.
  const shift = now.reduce(
    (sum, share, bin) => sum + (share - (before[bin] ?? 0)) * ((means[bin] ?? typical) - typical),
    0,
  );
  return Math.abs(shift);
}

function distance({ drift }: FeatureChange): number {
  return Math.max(0, drift.baseline?.psi ?? drift.psi ?? 0);
}
