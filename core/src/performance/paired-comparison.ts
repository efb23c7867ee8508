import { insufficientData, type NotComputable } from "../statistics/index.ts";
import { countWords, formatNumber } from "../words/index.ts";
import { alwaysValidScale, ROW_PRECISION, WINDOW_PRECISION } from "./always-valid-scale.ts";
import { clusteredMean, type MeanInterval, MINIMUM_WINDOWS } from "./clustered-mean.ts";
import { DEFAULT_LEVEL } from "./interval-scale.ts";
import type { LossSums } from "./loss-sums.ts";

/** ComparisonVerdict is what a comparison of two versions says of the second. */
export type ComparisonVerdict = "better" | "worse" | "cannot_tell";

/**
 * PairedComparison is the mean difference of a loss, candidate minus baseline, over rows that both versions scored; below 0 the candidate
 * is better. `interval` is the wider of the one over rows and the one over windows; `overdispersion` is how much larger the variance over
 * windows is; `moreLabels` is how many further labels would tell a difference of the present size, null where far too many.
 */
export interface PairedComparison {
  outcome: "ok";
  difference: number;
  rows: number;
  windows: number;
  interval: MeanInterval;
  basis: "rows" | "windows";
  byRow: MeanInterval;
  byWindow: MeanInterval | null;
  overdispersion: number | null;
  verdict: ComparisonVerdict;
  moreLabels: number | null;
  reason: string;
}

// 80 % chance to see the difference once that many labels are there.
const POWER_SCALE = 0.8416212335729143;
const HOPELESS_FACTOR = 100;

/**
 * comparePaired decides whether a candidate version is better, worse, or cannot be distinguished yet from a baseline on the same labels. `windows`
 * hold, in order of time, the LossSums of `loss(candidate) − loss(baseline)` per row. Rows of one day share that day's conditions, so the
 * wider of both intervals decides, and fewer than four windows decide nothing. The intervals hold at every look, so one may look as often as
 * labels come and stop when it is decided. O(windows).
 *
 * @example comparePaired([day1, day2, day3], "log loss").verdict // "better"
 */
export function comparePaired(
  windows: readonly LossSums[],
  lossName: string,
  options: { level?: number; candidate?: string; baseline?: string } = {},
): PairedComparison | NotComputable {
  const { level = DEFAULT_LEVEL, candidate = "the candidate", baseline = "the baseline" } = options;
  const mean = clusteredMean(windows, level);
  if (mean === null)
    return insufficientData(
      `Not enough labels yet: too few rows have a label and a ${lossName} from both versions`,
    );
  const { byRow, byWindow } = mean;
  const useWindows = byWindow !== null && byWindow.high - byWindow.low > byRow.high - byRow.low;
  const interval = useWindows ? byWindow : byRow;
  const verdict: ComparisonVerdict =
    byWindow === null
      ? "cannot_tell"
      : interval.high < 0
        ? "better"
        : interval.low > 0
          ? "worse"
          : "cannot_tell";
  const basis = useWindows ? "windows" : "rows";
  const moreLabels =
    verdict === "cannot_tell"
      ? labelsNeeded({ difference: mean.mean, rows: mean.rows, interval, basis, level })
      : 0;
  const comparison = {
    outcome: "ok",
    difference: mean.mean,
    rows: mean.rows,
    windows: mean.windows,
    interval,
    basis,
    byRow,
    byWindow,
    overdispersion:
      byWindow === null || byRow.standardError === 0
        ? null
        : (byWindow.standardError / byRow.standardError) ** 2,
    verdict,
    moreLabels,
  } as const;
  return { ...comparison, reason: sentence({ ...comparison, lossName, candidate, baseline, level }) };
}

// As labels come, so do windows: the smallest multiple of today's at which an interval around the present difference would exclude 0.
function labelsNeeded(input: {
  difference: number;
  rows: number;
  interval: MeanInterval;
  basis: PairedComparison["basis"];
  level: number;
}): number | null {
  const { difference, rows, interval, basis, level } = input;
  const precision = basis === "windows" ? WINDOW_PRECISION : ROW_PRECISION;
  for (let factor = 1.02; factor <= HOPELESS_FACTOR; factor *= 1.02) {
    const scale = alwaysValidScale(level, interval.units * factor, precision) + POWER_SCALE;
    if ((scale * interval.standardError) / Math.sqrt(factor) <= Math.abs(difference)) {
      return Math.max(1, Math.ceil(rows * (factor - 1)));
    }
  }
  return null;
}

function sentence(
  input: Omit<PairedComparison, "reason"> & {
    lossName: string;
    candidate: string;
    baseline: string;
    level: number;
  },
): string {
  const { difference, interval, lossName, candidate, baseline, verdict, moreLabels, rows, windows } = input;
  const percent = `${Number((input.level * 100).toPrecision(4))} %`;
  const numbers = `${lossName} ${signed(difference)} (${percent} interval ${signed(interval.low)} to ${signed(interval.high)}) over ${countWords(Math.round(rows), "label")} in ${countWords(windows, "window")}`;
  switch (verdict) {
    case "better":
      return `${candidate} is better than ${baseline}: ${numbers}`;
    case "worse":
      return `${candidate} is worse than ${baseline}: ${numbers}`;
    case "cannot_tell": {
      const start = `Not enough labels yet to say whether ${candidate} is better than ${baseline}: ${numbers}`;
      if (windows < MINIMUM_WINDOWS) return `${start}. At least ${MINIMUM_WINDOWS} windows are needed`;
      const largest = Math.max(Math.abs(interval.low), Math.abs(interval.high));
      if (moreLabels === null) {
        return `No difference between ${candidate} and ${baseline} so far: ${numbers}. If there is one, it is hardly above ${round(largest)}`;
      }
      return `${start}. About ${formatNumber(moreLabels)} more labels are needed to see a difference of this size`;
    }
    default:
      return verdict satisfies never;
  }
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function signed(value: number): string {
  return value > 0 ? `+${round(value)}` : round(value).replace("-", "−");
}
