import type { SampledRow } from "../../profile/index.ts";
import { createRandom, type RandomSource } from "../../random/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import {
  fitPca,
  momentsOf,
  normalScores,
  type PairCorrelations,
  type PcaModel,
  pairCorrelations,
  reconstructionErrors,
  standardise,
} from "../../statistics/index.ts";
import { seasonSlot, seasonsFor } from "../bars/season.ts";
import { encodeColumns } from "./encode-columns.ts";

/** JointReference is a bounded sample of the reference with every margin taken out: how its features are correlated. */
export interface JointReference {
  features: ReferenceFeature[];
  /** Normal scores, one column a feature. */
  scores: Float64Array[];
  pairs: PairCorrelations;
  structure: PcaModel | undefined;
  rows: number;
}

/** JOINT_ROWS bounds the rows a side that joint drift is judged on, and MINIMUM_JOINT_ROWS is the fewest that it can be judged on. */
export const MINIMUM_JOINT_ROWS = 200;
const MOST_ROWS = 2_000;
const MOST_VALUES = 50_000;

/** jointRowLimit returns how many rows a side are looked at: 2,000 for 25 features, fewer for more, so that a window costs much the same. O(1). */
export function jointRowLimit(features: number): number {
  return Math.max(MINIMUM_JOINT_ROWS, Math.min(MOST_ROWS, Math.floor(MOST_VALUES / Math.max(1, features))));
}

/**
 * createJointReference returns what a sample of the reference says of how features are correlated, or undefined where fewer than two of them vary or
 * rows are too few. Windows shorter than a day see each hour by itself, so the reference's rows are ranked among those of their own hour of the day: features that share
 * a daily rhythm would else be correlated over the whole of it as they never are within a window. Deterministic: ties are broken by a stream seeded with
 * `seed`. O(n·d² + d³).
 */
export function createJointReference(
  candidates: readonly ReferenceFeature[],
  rows: readonly SampledRow[],
  { seed, windowMs }: { seed: number; windowMs: number },
): JointReference | undefined {
  if (rows.length < MINIMUM_JOINT_ROWS) return undefined;
  const columns = encodeColumns(candidates, rows);
  const varying = columns.map(hasTwoValues);
  const features = candidates.filter((_, i) => varying[i]);
  if (features.length < 2) return undefined;
  const scores = scoresByHour(
    columns.filter((_, i) => varying[i]),
    rows,
    { random: createRandom(seed), windowMs },
  );
  return {
    features,
    scores,
    pairs: pairCorrelations(scores),
    structure: heldOutStructure(scores),
    rows: rows.length,
  };
}

// Ranks among fewer rows say too little.
const SMALLEST_HOUR = 8;

function scoresByHour(
  columns: readonly Float64Array[],
  rows: readonly SampledRow[],
  { random, windowMs }: { random: RandomSource; windowMs: number },
): Float64Array[] {
  const hours = new Map<number, number[]>();
  if (seasonsFor(windowMs).includes("hour_of_day")) {
    rows.forEach(({ time }, row) => {
      const hour = seasonSlot("hour_of_day", time, windowMs);
      const group = hours.get(hour);
      if (group === undefined) hours.set(hour, [row]);
      else group.push(row);
    });
  }
  const groups = [...hours.values()];
  if (groups.length < 2 || groups.some((group) => group.length < SMALLEST_HOUR)) {
    return normalScores(columns, random);
  }
  const scores = columns.map((column) => new Float64Array(column.length));
  for (const group of groups) {
    const within = normalScores(
      columns.map((column) => Float64Array.from(group, (row) => column[row]!)),
      random,
    );
    within.forEach((column, feature) => {
      group.forEach((row, place) => {
        scores[feature]![row] = column[place]!;
      });
    });
  }
  return scores;
}

// Rows that the components were fitted on lie nearer to them than any others: the error that windows are compared with is that of the other half.
function heldOutStructure(scores: readonly Float64Array[]): PcaModel | undefined {
  const halves = [0, 1].map((half) => scores.map((column) => column.filter((_, row) => row % 2 === half)));
  const fitted = fitPca(halves[0]!);
  if (fitted.outcome !== "ok") return undefined;
  const { means, deviations, components } = fitted.model;
  const standardised = halves[1]!.map((column, f) => standardise(column, means[f]!, deviations[f]!));
  const errors = reconstructionErrors(standardised, components);
  return { ...fitted.model, referenceError: { ...momentsOf(errors), rows: errors.length } };
}

/** jointShortage returns why a sample of a reference says nothing of how features are correlated, or undefined where it does. O(rows · features). */
export function jointShortage(
  candidates: readonly ReferenceFeature[],
  rows: readonly SampledRow[],
): string | undefined {
  if (rows.length < MINIMUM_JOINT_ROWS) {
    return `${rows.length} rows in the reference's sample, ${MINIMUM_JOINT_ROWS} are needed`;
  }
  const varying = encodeColumns(candidates, rows).filter(hasTwoValues).length;
  return varying < 2 ? `${varying} of its features vary in the reference, 2 are needed` : undefined;
}

function hasTwoValues(column: Float64Array): boolean {
  const first = column.find((x) => !Number.isNaN(x));
  return first !== undefined && column.some((x) => !Number.isNaN(x) && x !== first);
}
