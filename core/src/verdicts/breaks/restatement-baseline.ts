import { z } from "zod";
import type { FeatureProfile } from "../../profile/index.ts";
import { averageOf, spreadAround } from "../../statistics/index.ts";
import type { NumericReference } from "../../triage/index.ts";
import { createQuantileCdf, createReferenceCdf, decileMisfit } from "../../triage/index.ts";

/** restatementBaselineSchema is what the numbers of a window are usually like in its season: what a window restated in another unit has to come back to. */
export const restatementBaselineSchema = z.object({
  /** By slot: mean minimum, deciles and maximum of its windows; empty where all windows are compared with the whole reference. */
  slots: z.array(z.object({ slot: z.number().int(), quantiles: z.array(z.number()) })),
  /** Largest mean difference of distribution functions at the deciles between a window of the reference and the others of its slot. */
  largest_misfit: z.number(),
  /** Root mean square of the same. */
  usual_misfit: z.number(),
  /** Root mean square of how far a window's median is from that of the others of its slot. */
  usual_shift: z.number(),
  /** The same of the logarithms, where all medians are positive: a level that wanders by factors is symmetric there, and far-off windows do not hide in the mean. */
  usual_ratio: z.object({ log_median: z.number(), spread: z.number() }).optional(),
  /** Median of the whole reference. */
  median: z.number(),
  /** Between what the minima and the maxima of the reference's windows lie. */
  minima: z.tuple([z.number(), z.number()]),
  maxima: z.tuple([z.number(), z.number()]),
  /** Between what the distances of the first and the ninth decile lie; absent of older ones. */
  spreads: z.tuple([z.number(), z.number()]).optional(),
});

export type RestatementBaseline = z.infer<typeof restatementBaselineSchema>;

interface DatedProfile {
  start: number;
  profile: FeatureProfile;
}

const DECILES = 9;
// Among minimum, nine deciles and maximum.
const MEDIAN = 5;

/** restatementBaseline returns what the windows of a reference usually look like, by slot, and how far they differ from that. Undefined without deciles. O(windows · bins). */
export function restatementBaseline(
  numeric: NumericReference,
  windows: readonly DatedProfile[],
  slotOf: (start: number) => number,
): RestatementBaseline | undefined {
  const known = windows.flatMap(({ start, profile }) => {
    const values = profile.numeric;
    const isKnown =
      values?.deciles?.length === DECILES &&
      [values.minimum, ...values.deciles, values.maximum].every(Number.isFinite);
    return !isKnown || values.deciles === undefined
      ? []
      : { slot: slotOf(start), deciles: values.deciles, low: values.minimum, high: values.maximum };
  });
  if (known.length < 2) return undefined;
  const slots = new Map<number, number[][]>();
  for (const { slot, deciles, low, high } of known) {
    slots.set(slot, [...(slots.get(slot) ?? []), [low, ...deciles, high]]);
  }
  const isGrouped = slots.size > 1;
  const whole = createReferenceCdf(numeric);
  const everything = known.map(({ deciles, low, high }) => [low, ...deciles, high]);
  const median = sumOf(everything)[MEDIAN]! / known.length;
  const differences = known.map(({ slot, deciles, low, high }) => {
    const all = slots.get(slot)!;
    const isAlone = !isGrouped || all.length < 2;
    const own = [low, ...deciles, high];
    const others = isAlone ? [] : sumOf(all).map((sum, i) => (sum - own[i]!) / (all.length - 1));
    return {
      misfit: decileMisfit(isAlone ? whole : createQuantileCdf(others), deciles),
      shift: own[MEDIAN]! - (others[MEDIAN] ?? median),
    };
  });
  const logs = known.map(({ deciles }) => Math.log(deciles[MEDIAN - 1]!));
  const ratio = ratioOf(logs);
  const misfits = differences.map(({ misfit }) => misfit);
  const ordered = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
  const usualShift = rootMeanSquare(differences.map(({ shift }) => shift));
  // Sums of values near the end of what numbers can be are infinite: such a column has no usual place to come back to.
  if (![median, usualShift, ...misfits].every(Number.isFinite)) return undefined;
  return {
    slots: isGrouped
      ? [...slots].map(([slot, all]) => ({ slot, quantiles: sumOf(all).map((sum) => sum / all.length) }))
      : [],
    largest_misfit: Math.max(...misfits),
    usual_misfit: rootMeanSquare(misfits),
    usual_shift: usualShift,
    ...(ratio === undefined ? {} : { usual_ratio: ratio }),
    median,
    minima: ordered(known.map(({ low }) => low)),
    maxima: ordered(known.map(({ high }) => high)),
    spreads: ordered(known.map(({ deciles }) => deciles[DECILES - 1]! - deciles[0]!)),
  };
}

// Undefined where a median is not positive: such a column has no scale of factors.
function ratioOf(logs: readonly number[]): RestatementBaseline["usual_ratio"] {
  const [mean, spread] = [averageOf(logs), spreadAround(logs)];
  if (mean.outcome !== "ok" || spread.outcome !== "ok") return undefined;
  return { log_median: mean.value, spread: spread.value };
}

function sumOf(rows: readonly (readonly number[])[]): number[] {
  return rows[0]!.map((_, i) => rows.reduce((sum, row) => sum + row[i]!, 0));
}

// `hypot` squares nothing that is too large to be squared.
function rootMeanSquare(values: readonly number[]): number {
  return Math.hypot(...values) / Math.sqrt(values.length);
}
