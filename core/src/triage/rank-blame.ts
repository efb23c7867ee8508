import type { FeatureChange } from "./feature-evidence.ts";
import { outputEffect } from "./output-effect.ts";

/** Blame is what one drifted feature did to the model's predictions. */
export interface Blame {
  /** Share of what all drifted features did, 0…1; they sum to 1. */
  impact: number;
  /** By how much it moved the mean output (`outputEffect`), where the reference tells. */
  effect: number | undefined;
}

/**
 * rankBlame returns each drifted feature's share of the change in the model's predictions: of the shifts of the mean output that the moved
 * mass between its bins implies, where the reference knows them for every feature; else of the PSI. O(features · bins).
 */
export function rankBlame(changes: readonly FeatureChange[]): Map<string, Blame> {
  const effects = changes.map(outputEffect);
  const isKnown = effects.every((effect) => effect !== undefined);
  const weights = changes.map((change, i) => (isKnown ? Math.abs(effects[i] ?? 0) : distance(change)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(
    changes.map((change, i) => [
      change.reference.name,
      { impact: total > 0 ? weights[i]! / total : 0, effect: effects[i] },
    ]),
  );
}

function distance({ drift }: FeatureChange): number {
  return Math.max(0, drift.baseline?.psi ?? drift.psi ?? 0);
}
