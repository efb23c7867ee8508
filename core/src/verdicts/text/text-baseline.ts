import type { Dispersion, TextStatistic } from "../../evaluation/index.ts";
import type { SampledRow } from "../../profile/index.ts";
import { estimateDispersion } from "../bars/estimate-dispersion.ts";
import { compareTexts, sampleTexts, TEXT_STATISTICS, type TextSample } from "./measure-text.ts";

/** TextBaseline is what the texts of one feature are compared with: the reference's sample and how its own windows vary. */
export interface TextBaseline {
  name: string;
  /** How many texts a side are looked at. */
  limit: number;
  sample: TextSample;
  calibration: Record<TextStatistic, Dispersion>;
}

/** TEXT_TESTS is how many tests a feature of free text is compared with beside those of its length: the statistics count as one (Bonferroni). */
export const TEXT_TESTS = 1;

// The documented margin: a wandering of 0.07 standard scores.
const PRIOR_VARIANCE = 0.005;

/**
 * createTextBaseline returns what a feature's texts are compared with: each sampled window of the reference is measured against the reference's
 * sample without the rows of its time. Undefined where the sample has fewer than 100 texts. O(windows · total length).
 */
export function createTextBaseline(
  name: string,
  limit: number,
  {
    sample,
    windows,
  }: {
    sample: readonly SampledRow[];
    windows: readonly { start: number; end: number; rows: readonly SampledRow[] }[];
  },
): TextBaseline | undefined {
  const whole = sampleTexts(name, sample, limit);
  if (whole === undefined) return undefined;
  const measurements = windows.flatMap(({ start, end, rows }) => {
    const others = sampleTexts(
      name,
      sample.filter(({ time }) => time < start || time >= end),
      limit,
    );
    const own = sampleTexts(name, rows, limit);
    return others === undefined || own === undefined ? [] : compareTexts(others, own);
  });
  const estimate = (statistic: TextStatistic) =>
    estimateDispersion(
      measurements.map(({ [statistic]: shift }) => ({
        squared: shift.difference ** 2,
        samplingLevel: shift.variance,
      })),
      { priorVariance: PRIOR_VARIANCE, baselineWindows: Math.max(1, measurements.length) },
    );
  return {
    name,
    limit,
    sample: whole,
    calibration: Object.fromEntries(TEXT_STATISTICS.map((one) => [one, estimate(one)])) as Record<
      TextStatistic,
      Dispersion
    >,
  };
}
