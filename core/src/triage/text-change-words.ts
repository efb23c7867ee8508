import type { TextDrift, TextStatistic } from "../evaluation/index.ts";
import { formatNumber, formatShare } from "../words/index.ts";

const WORDS: Record<TextStatistic, string> = {
  words: "number of words",
  letter_share: "share of letters",
  digit_share: "share of digits",
  space_share: "share of white space",
  punctuation_share: "share of punctuation",
  uppercase_share: "share of capitals",
  non_ascii_share: "share of non-ASCII characters",
  distinct_share: "share of distinct characters",
};

/** textChangeWords returns which statistic of free text moved from where to where, in words. O(1). */
export function textChangeWords({ statistic, mean, reference_mean }: Omit<TextDrift, "drifted">): string {
  const format = statistic === "words" ? formatNumber : formatShare;
  return `${WORDS[statistic]} ${format(mean)} against ${format(reference_mean)} in the reference`;
}
