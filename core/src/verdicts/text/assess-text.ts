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
 * assessText returns which bars the texts of a window's sample pass: the least probable of their statistics (the largest, where a fixed threshold is
 * for its size), its tails multiplied by the number of them. Undefined for fewer than 100 texts. O(total length).
 */
export function assessText(
  baseline: TextBaseline,
  rows: readonly SampledRow[],
  operatingPoint: OperatingPoint,
  lead: "least_probable" | "largest" = "least_probable",
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
  const told = lead === "largest" ? tests.reduce((a, b) => (b.size > a.size ? b : a)) : leadingTest(tests);
  return {
    test: { ...told, test: "characters", isHeld: tests.some(({ isHeld }) => isHeld) },
    published: {
      statistic: told.test,
      mean: window.means[told.test],
      reference_mean: sample.means[told.test],
      size: told.size,
      p_value: told.pSampling,
      p_calibrated: told.pCalibrated,
      reference_variation: calibration[told.test],
      rows: window.rows,
      reference_rows: sample.rows,
    },
  };
}
