import { type FeatureProfile, UNSEEN_NAMED, type WindowProfile } from "@leeway/core/profile";
import type { Reference, ReferenceFeature } from "@leeway/core/records";
import { gridBinCount } from "@leeway/core/statistics";
import { z } from "zod";
import { anyNumber } from "../client/any-number.ts";
import { OUTPUT_FEATURE } from "./profile-sql.ts";

/** profileRow is one feature of one window as SQL answers it. */
export const profileRow = z.object({
  start: z.coerce.number(),
  feature: z.string(),
  number_count: z.number(),
  string_count: z.number(),
  boolean_count: z.number(),
  null_count: z.number(),
  minimum: anyNumber,
  maximum: anyNumber,
  sum: anyNumber,
  sum_squares: anyNumber,
  grid_counts: z.array(z.number()),
  categories: z.record(z.string(), z.number()),
  other_count: z.number(),
  known_count: z.number(),
  unseen_count: z.number(),
  /** Ten to ninety percent; empty where the roll-up can't tell, absent where it isn't asked. */
  deciles: z.array(anyNumber).optional(),
});

/** windowRow is how many predictions a window holds. */
export const windowRow = z.object({
  start: z.coerce.number(),
  rows: z.coerce.number(),
  weight: z.number(),
});

export type ProfileRow = z.output<typeof profileRow>;
export type WindowRow = z.output<typeof windowRow>;

/** assembleWindows returns the window profiles that the rows tell of, in order; windows without predictions are left out. */
export function assembleWindows(
  reference: Reference,
  windowMs: number,
  windows: readonly WindowRow[],
  rows: readonly ProfileRow[],
): WindowProfile[] {
  const byWindow = new Map<number, Map<string, ProfileRow>>();
  for (const row of rows) {
    const features = byWindow.get(row.start) ?? new Map<string, ProfileRow>();
    byWindow.set(row.start, features.set(row.feature, row));
  }
  const known = new Set([OUTPUT_FEATURE, ...reference.features.map(({ name }) => name)]);
  return [...windows]
    .sort((a, b) => a.start - b.start)
    .map(({ start, rows: sampled, weight }) => {
      const features = byWindow.get(start) ?? new Map<string, ProfileRow>();
      const profile = (feature: ReferenceFeature, name: string) =>
        featureProfile(feature, features.get(name), weight);
      const unknown = [...features.values()].filter(({ feature }) => !known.has(feature));
      return {
        start,
        end: start + windowMs,
        count: weight,
        rows: sampled,
        features: reference.features.map((feature) => profile(feature, feature.name)),
        ...(reference.prediction === undefined
          ? {}
          : { prediction: profile(reference.prediction, OUTPUT_FEATURE) }),
        unknownFeatures: Object.fromEntries(unknown.map((row) => [row.feature, presentCount(row)])),
      };
    });
}

function featureProfile(
  reference: ReferenceFeature,
  row: ProfileRow | undefined,
  weight: number,
): FeatureProfile {
  if (row === undefined) return absentProfile(reference, weight);
  const count = countOfType(reference, row);
  const present = presentCount(row);
  const base = {
    name: reference.name,
    count,
    nullCount: row.null_count,
    // Weights are summed in two ways whose roundings may differ in the last digit.
    missingCount: Math.max(0, weight - present - row.null_count),
    wrongTypeCount: Math.max(0, present - count),
    ...(reference.vocabulary === undefined
      ? {}
      : { lookups: { known: row.known_count, unseen: row.unseen_count } }),
  };
  if (reference.numeric !== undefined) {
    const bins = gridBinCount(reference.numeric.grid);
    const counts = Array.from({ length: bins }, (_, i) => row.grid_counts[i] ?? 0);
    return {
      ...base,
      numeric: {
        counts,
        minimum: row.minimum,
        maximum: row.maximum,
        sum: row.sum,
        sumSquares: row.sum_squares,
        belowCount: bins > 1 ? counts[0]! : 0,
        aboveCount: bins > 1 ? counts[bins - 1]! : 0,
        ...(reference.type === "numeric" && row.deciles !== undefined && row.deciles.length > 0
          ? { deciles: row.deciles }
          : {}),
      },
    };
  }
  return { ...base, ...namedCategories(reference, row) };
}

function absentProfile(reference: ReferenceFeature, weight: number): FeatureProfile {
  const base = { name: reference.name, count: 0, nullCount: 0, missingCount: weight, wrongTypeCount: 0 };
  if (reference.numeric === undefined) return { ...base, categories: {}, otherCount: 0 };
  const counts = new Array<number>(gridBinCount(reference.numeric.grid)).fill(0);
  return {
    ...base,
    numeric: { counts, minimum: 0, maximum: 0, sum: 0, sumSquares: 0, belowCount: 0, aboveCount: 0 },
  };
}

// Summed hours may name more unseen categories together than each did.
function namedCategories(
  reference: ReferenceFeature,
  row: ProfileRow,
): { categories: Record<string, number>; otherCount: number } {
  const known = new Set((reference.categories ?? []).map(({ name }) => name));
  const entries = Object.entries(row.categories);
  const unseen = entries.filter(([name]) => !known.has(name)).sort((a, b) => b[1] - a[1]);
  const pooled = unseen.slice(UNSEEN_NAMED).reduce((sum, [, count]) => sum + count, 0);
  const named = [...entries.filter(([name]) => known.has(name)), ...unseen.slice(0, UNSEEN_NAMED)];
  return { categories: Object.fromEntries(named), otherCount: row.other_count + pooled };
}

function presentCount(row: ProfileRow): number {
  return row.number_count + row.string_count + row.boolean_count;
}

function countOfType(reference: ReferenceFeature, row: ProfileRow): number {
  switch (reference.type) {
    case "numeric":
      return row.number_count;
    case "categorical":
    case "text":
      return row.string_count;
    case "boolean":
      return row.boolean_count;
    default:
      return reference.type satisfies never;
  }
}
