import type { OperatingPoint, TextDrift } from "../../evaluation/index.ts";
import type { SampledRow } from "../../profile/index.ts";
import { judgeSampled, leadingTest, type SampledTest } from "../sampled/sampled-test.ts";
import { compareTexts, sampleTexts, TEXT_STATISTICS } from "./measure-text.ts";
import type { TextBaseline } from "./text-baseline.ts";

/** TextAssessment is what a window's texts of one feature are made of: one more test of that feature. */
export interface TextAssessment {
  test: SampledTest<"characters">;
  published: Omit<TextDrift, "drifted">;
}

// The same as of any number: a fifth of a standard score matters to somebody.
const FLOOR = 0.2;

/**
 * assessText returns which bars the texts of a window's sample pass: the least probable of their statistics, its tails multiplied by the number of
 * them. Undefined for fewer than 100 texts. O(total length).
 */
export function assessText(
  baseline: TextBaseline,
  rows: readonly SampledRow[],
  operatingPoint: OperatingPoint,
): TextAssessment | undefined {
  const { name, limit, sample, calibration } = baseline;
  const window = sampleTexts(name, rows, limit);
  if (window === undefined) return undefined;
  const measured = compareTexts(sample, window);
  const tests = TEXT_STATISTICS.map((statistic) =>
    judgeSampled({
      test: statistic,
      size: Math.abs(measured[statistic].difference),
      floor: FLOOR,
      squared: measured[statistic].difference ** 2,
      samplingLevel: measured[statistic].variance,
      degrees: 1,
      dispersion: calibration[statistic],
      operatingPoint,
      comparisons: TEXT_STATISTICS.length,
    }),
  );
  const lead = leadingTest(tests);
  return {
    test: { ...lead, test: "characters", isHeld: tests.some(({ isHeld }) => isHeld) },
    published: {
      statistic: lead.test,
      mean: window.means[lead.test],
      reference_mean: sample.means[lead.test],
      size: lead.size,
      p_value: lead.pSampling,
      p_calibrated: lead.pCalibrated,
      reference_variation: calibration[lead.test],
      rows: window.rows,
      reference_rows: sample.rows,
    },
  };
}
