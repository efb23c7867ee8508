import type { FeatureChange, FeatureEvidence } from "./feature-evidence.ts";
import { createReferenceCdf, decileMisfit } from "./reference-cdf.ts";
import { shareDistance } from "./share-distance.ts";

// Distance from its own reference below which a column has not gone anywhere: between distribution functions at the deciles, or half of that between shares.
const FAR = { numbers: 0.12, categories: 0.2 } as const;
// Twice as near the other's reference as its own. Merely nearer, both may have moved by themselves: then the cause is open.
const NEAR_SHARE = 0.5;
const CONFIDENCE = 0.75;

/** SwapEvidence is what says that a column has changed places with another, or that it may have. */
export interface SwapEvidence extends FeatureEvidence {
  isOpen: boolean;
}

interface Column {
  name: string;
  kind: keyof typeof FAR;
  profile: NonNullable<FeatureChange["profile"]>;
  /** How far a window's values are from this column's reference. */
  measure(profile: NonNullable<FeatureChange["profile"]>): number;
}

/**
 * swappedColumns returns the pairs of drifted features of one kind whose windows look like each other's reference and not like their own: two columns that changed
 * places upstream. Numbers need window deciles. O(drifted² · bins).
 */
export function swappedColumns(changes: readonly FeatureChange[]): SwapEvidence[] {
  const columns = changes
    .flatMap((change) => columnOf(change) ?? [])
    .filter((column) => column.measure(column.profile) > FAR[column.kind]);
  return columns.flatMap((a, index) =>
    columns.slice(index + 1).flatMap((b) => {
      const closeness = a.kind === b.kind ? Math.max(closenessOf(a, b), closenessOf(b, a)) : 1;
      if (!(closeness < 1)) return [];
      const isOpen = closeness > NEAR_SHARE;
      return [evidenceOf(a, b, isOpen), evidenceOf(b, a, isOpen)];
    }),
  );
}

// How far a column is from the other's reference, in distances from its own.
function closenessOf(one: Column, other: Column): number {
  return other.measure(one.profile) / one.measure(one.profile);
}

function evidenceOf({ name }: Column, { name: other }: Column, isOpen: boolean): SwapEvidence {
  return {
    name,
    kind: "swapped_columns",
    pipelineConfidence: isOpen ? 0 : CONFIDENCE,
    claim: `${isOpen ? "may" : "seems to"} have changed places with ${other}`,
    sentence: isOpen
      ? `values are nearer to those of ${other} than to its own: the two columns may have changed places, or both have moved: cause not settled`
      : `values look like those of ${other}: the two columns seem to have changed places`,
    isOpen,
  };
}

function columnOf({ reference, profile }: FeatureChange): Column | undefined {
  if (profile === undefined || !(profile.count > 0)) return undefined;
  const { name, type, numeric, categories = [], other_count = 0, count } = reference;
  if (numeric !== undefined) {
    if (type !== "numeric" || profile.numeric?.deciles?.length !== 9) return undefined;
    const cdf = createReferenceCdf(numeric);
    return {
      name,
      kind: "numbers",
      profile,
      measure: (values) => decileMisfit(cdf, values.numeric?.deciles ?? []),
    };
  }
  if (type !== "categorical" || other_count > 0 || !(count > 0)) return undefined;
  const shares = new Map(categories.map((category) => [category.name, category.count / count]));
  return { name, kind: "categories", profile, measure: (values) => shareDistance(shares, values) };
}
