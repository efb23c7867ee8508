import type { FeatureChange, FeatureEvidence } from "./feature-evidence.ts";
import { createReferenceCdf } from "./reference-cdf.ts";

// Mean distance between distribution functions at the deciles, below which one column passes for the other.
const SAME = 0.06;

/**
 * swappedColumns returns the pairs of drifted numeric features whose windows look like each other's reference and not like their own: two
 * columns that changed places upstream. Needs window deciles. O(drifted² · log bins).
 */
export function swappedColumns(changes: readonly FeatureChange[]): FeatureEvidence[] {
  const candidates = changes.flatMap(({ reference, profile }) => {
    const deciles = profile?.numeric?.deciles;
    return reference.numeric === undefined || deciles?.length !== 9
      ? []
      : [{ name: reference.name, deciles, cdf: createReferenceCdf(reference.numeric) }];
  });
  const evidence: FeatureEvidence[] = [];
  candidates.forEach((a, index) => {
    for (const b of candidates.slice(index + 1)) {
      const crossed = Math.max(misfit(b.cdf, a.deciles), misfit(a.cdf, b.deciles));
      const own = Math.min(misfit(a.cdf, a.deciles), misfit(b.cdf, b.deciles));
      if (crossed > SAME || own < 2 * SAME) continue;
      for (const [name, other] of [
        [a.name, b.name],
        [b.name, a.name],
      ] as const) {
        evidence.push({
          name,
          kind: "swapped_columns",
          pipelineConfidence: 0.9,
          claim: `seems to have changed places with ${other}`,
          sentence: `values look like those of ${other}: the two columns seem to have changed places`,
        });
      }
    }
  });
  return evidence;
}

function misfit(cdf: (x: number) => number, deciles: readonly number[]): number {
  return deciles.reduce((sum, decile, i) => sum + Math.abs(cdf(decile) - (i + 1) / 10), 0) / deciles.length;
}
