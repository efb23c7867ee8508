import { type TextStatistic, textStatisticSchema } from "../../evaluation/index.ts";
import type { SampledRow } from "../../profile/index.ts";
import { mannWhitneySorted, textColumns } from "../../statistics/index.ts";

/** TEXT_STATISTICS are what texts are judged by beside their length. */
export const TEXT_STATISTICS: readonly TextStatistic[] = textStatisticSchema.options;

/** TextSample is what a bounded sample of texts is made of: each statistic's values, ascending, and their mean. */
export interface TextSample {
  rows: number;
  values: Record<TextStatistic, Float64Array>;
  means: Record<TextStatistic, number>;
}

/** TextShift is how far one statistic of a window's texts lies from the reference's, in standard scores of the ranks, with its sampling variance. */
export interface TextShift {
  difference: number;
  variance: number;
}

/** TextMeasurement is the shift of every statistic. */
export type TextMeasurement = Record<TextStatistic, TextShift>;

/** MINIMUM_TEXTS is the fewest texts of either side whose characters are judged. */
export const MINIMUM_TEXTS = 100;
const MOST_TEXTS = 500;
const MOST_TEXTS_IN_ALL = 5_000;
// Ranks are spread evenly: their standard deviation is 1/√12 of their range.
const SCORES_PER_RANK = Math.sqrt(12);
// Of texts that are all alike; they differ in nothing, and nothing is to be divided by.
const SMALLEST_VARIANCE = 1e-9;

/** textLimit returns how many texts of a feature are looked at: 500 a side, fewer beyond ten features, so that a window costs much the same. O(1). */
export function textLimit(features: number): number {
  return Math.max(MINIMUM_TEXTS, Math.min(MOST_TEXTS, Math.floor(MOST_TEXTS_IN_ALL / Math.max(1, features))));
}

/** textShortage returns why the texts of a sample say nothing, or undefined where there are enough. O(rows). */
export function textShortage(
  name: string,
  rows: readonly SampledRow[],
  of: "window" | "reference",
): string | undefined {
  const texts = rows.filter(({ strings }) => strings[name] !== undefined).length;
  return texts < MINIMUM_TEXTS
    ? `${texts} texts in the ${of}'s sample, ${MINIMUM_TEXTS} are needed`
    : undefined;
}

/** sampleTexts returns what the first `limit` texts of a feature are made of, or undefined where there are fewer than 100. O(total length). */
export function sampleTexts(
  name: string,
  rows: readonly SampledRow[],
  limit: number,
): TextSample | undefined {
  const texts: string[] = [];
  for (const { strings } of rows) {
    const text = strings[name];
    if (text !== undefined && texts.length < limit) texts.push(text);
  }
  if (texts.length < MINIMUM_TEXTS) return undefined;
  const columns = textColumns(texts);
  const each = <Value>(measure: (statistic: TextStatistic) => Value) =>
    Object.fromEntries(TEXT_STATISTICS.map((name) => [name, measure(name)])) as Record<TextStatistic, Value>;
  return {
    rows: texts.length,
    values: each((name) => columns[name].sort()),
    means: each((name) => columns[name].reduce((sum, value) => sum + value, 0) / texts.length),
  };
}

/**
 * compareTexts returns how far each statistic of a window's texts lies from the reference's: by ranks (Mann–Whitney), so that one long table of
 * digits among the texts is no shift. O(texts).
 */
export function compareTexts(reference: TextSample, window: TextSample): TextMeasurement {
  return Object.fromEntries(
    TEXT_STATISTICS.map((name) => {
      const ranks = mannWhitneySorted(reference.values[name], window.values[name]);
      const shift: TextShift =
        ranks.outcome === "ok"
          ? {
              difference: SCORES_PER_RANK * (0.5 - ranks.probabilityReferenceLarger),
              variance: Math.max(SMALLEST_VARIANCE, SCORES_PER_RANK ** 2 * ranks.variance),
            }
          : { difference: 0, variance: SMALLEST_VARIANCE };
      return [name, shift];
    }),
  ) as TextMeasurement;
}
