import type { FeatureProfile } from "../../profile/index.ts";
import type { ReferenceFeature } from "../../records/index.ts";
import { gridBinEnds, regularizedGammaP } from "../../statistics/index.ts";
import { formatNumber, formatShare } from "../../words/index.ts";
import type { BreakFinding } from "./break-finding.ts";
import type { OwnRecords } from "./own-records.ts";
import { largestTie, prominences, sharesOf } from "./value-shares.ts";

// What more of one value is needed than any window of the reference had: a twentieth of the rows, more where those windows are few.
const SMALLEST_EXCESS = 0.05;
const FEW_WINDOWS = 4;
// A level that wanders goes farther than it has been: as far again, above the mean, is no news.
const TIMES_LARGEST = 2;
// A share of rows near a tenth more makes one pair of deciles more or less by chance.
const FEWEST_MORE_TIES = 2;
// Of fewer windows nothing is said of ties.
const FEWEST_WINDOWS = 3;

/**
 * judgeSpike decides whether one value comes in many more rows than any window of the reference had at one value: a default that is filled in (0, −1, 999), or a
 * pile-up at the lowest or highest value that is let through. O(bins).
 */
export function judgeSpike(
  reference: ReferenceFeature,
  profile: FeatureProfile,
  rows: number,
  own: OwnRecords,
): BreakFinding | undefined {
  const { numeric } = reference;
  const values = profile.numeric;
  if (numeric === undefined || values === undefined || values.minimum === values.maximum) return undefined;
  const found = [spikeInBin(numeric, profile, rows, own), spikeOfTies(numeric, profile, rows, own)]
    .filter((spike) => spike !== undefined)
    .sort((a, b) => a.p - b.p)[0];
  if (found === undefined) return undefined;
  const { share, p, bin } = found;
  const shareWords = bin === undefined ? `at least ${formatShare(share)}` : formatShare(share);
  const ends = gridBinEnds(numeric.grid);
  const value = found.value ?? ends[bin!]?.end ?? values.maximum;
  const isLast =
    bin !== undefined &&
    sharesOf(profile)
      .slice(bin + 1)
      .every((one) => one === 0);
  const isFirst =
    bin !== undefined &&
    sharesOf(profile)
      .slice(0, bin)
      .every((one) => one === 0);
  const total = numeric.counts.reduce((sum, count) => sum + count, 0);
  const beyond = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / total;
  const before = isLast
    ? beyond(numeric.counts.slice(bin + 1))
    : isFirst
      ? beyond(numeric.counts.slice(0, bin))
      : 0;
  const isClipped = before > 0.01;
  const edge = formatNumber(isClipped ? (isLast ? values.maximum : values.minimum) : value);
  return {
    kind: "spike",
    size: share,
    p,
    windowsNeeded: 1,
    evidence: {
      name: reference.name,
      kind: isClipped ? "clipped" : "single_value",
      pipelineConfidence: isClipped ? 0.85 : 0.9,
      claim: isClipped ? `seems to be cut off at ${edge}` : `is ${edge} in ${shareWords} of the rows`,
      sentence: isClipped
        ? `${formatShare(share)} of the values are at ${edge} and none is ${isLast ? "above" : "below"} it; in the reference ${formatShare(before)} are: the values seem to be cut off there`
        : `${shareWords} of the values are ${bin === undefined ? edge : `${edge} or next to it`}; no window of the reference had so many at one value`,
    },
  };
}

interface Spike {
  share: number;
  p: number;
  bin?: number;
  value?: number;
}

function spikeInBin(
  { grid }: NonNullable<ReferenceFeature["numeric"]>,
  profile: FeatureProfile,
  rows: number,
  own: OwnRecords,
): Spike | undefined {
  const shares = sharesOf(profile);
  const ends = gridBinEnds(grid).map(({ end }) => end);
  let best: Spike | undefined;
  prominences(shares).forEach((prominence, bin) => {
    const most = (own.mean_prominences[bin] ?? 0) + TIMES_LARGEST * own.largest_prominence;
    if (prominence - most < excessNeeded(own)) return;
    const [from, to] = [ends[bin - 1]!, ends[bin]!];
    if (!isOneValue(profile.numeric, from, to)) return;
    const share = shares[bin]!;
    const expected = Math.max(share - prominence, 0) + most + 1 / rows;
    const p = Math.min(1, shares.length * regularizedGammaP(Math.round(share * rows), expected * rows));
    if (best === undefined || p < best.p) best = { share, p, bin };
  });
  return best;
}

// A window that lies in one place fills a wide bin, too, but with many values: its deciles there differ, or all of them are closer together than the bin is wide.
function isOneValue(values: FeatureProfile["numeric"], from: number, to: number): boolean {
  if (values?.deciles?.length !== 9) return false;
  const { deciles, minimum, maximum } = values;
  const isInside = (quantile: number) => quantile >= from && quantile <= to;
  const inside = [minimum, ...deciles, maximum].filter(isInside);
  if (inside.some((quantile, index) => index > 0 && quantile === inside[index - 1])) return true;
  if (deciles.filter(isInside).length >= 2) return false;
  return to - from <= NARROW * (deciles[8]! - deciles[0]!);
}

const NARROW = 0.1;

// Quantiles that are one value hold a tenth of the rows between any two of them, wherever the value lies.
function spikeOfTies(
  { minimum, maximum }: NonNullable<ReferenceFeature["numeric"]>,
  profile: FeatureProfile,
  rows: number,
  own: OwnRecords,
): Spike | undefined {
  const { pairs, value } = largestTie(profile.numeric);
  // A value that the reference never came near, in a column of which no two rows need be alike, is a default at once.
  const isStrange = own.tied_deciles === 0 && (value < minimum || value > maximum);
  const more = isStrange ? 1 : FEWEST_MORE_TIES;
  if (own.windows < FEWEST_WINDOWS || pairs < own.tied_deciles + more) return undefined;
  const share = pairs / 10;
  const usual = isStrange ? 0 : own.tied_deciles / 10 + TIMES_LARGEST * own.largest_prominence;
  if (share - usual < excessNeeded(own)) return undefined;
  return { share, value, p: regularizedGammaP(Math.round(share * rows), usual * rows + 1) };
}

function excessNeeded({ windows }: OwnRecords): number {
  return SMALLEST_EXCESS * (1 + FEW_WINDOWS / Math.max(1, windows));
}
