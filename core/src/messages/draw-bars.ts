const BARS = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
const MOST_BINS = 16;

/** Distribution is both sides of a feature over the same bins, as shares. */
export interface Distribution {
  labels: string[];
  reference: number[];
  window: number[];
}

/**
 * drawBars returns both distributions as rows of block characters on one scale, so that they can be compared in any text: "·" is an empty bin. At
 * most 16 bins, those with the largest shares, in their order. O(bins log bins).
 *
 * @example drawBars({ labels: ["a", "b"], reference: [0.5, 0.5], window: [1, 0] }); // { reference: "▄▄", window: "█·", labels: ["a", "b"] }
 */
export function drawBars(distribution: Distribution): {
  reference: string;
  window: string;
  labels: string[];
} {
  const { labels, reference, window } = distribution;
  const weight = (bin: number) => Math.max(reference[bin] ?? 0, window[bin] ?? 0);
  const kept = labels
    .map((_, bin) => bin)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, MOST_BINS)
    .sort((a, b) => a - b);
  const largest = Math.max(...kept.map(weight), 1e-9);
  const bar = (share: number) => {
    if (!(share > 0)) return "·";
    return BARS[Math.min(7, Math.max(0, Math.ceil((share / largest) * 8) - 1))]!;
  };
  return {
    reference: kept.map((bin) => bar(reference[bin] ?? 0)).join(""),
    window: kept.map((bin) => bar(window[bin] ?? 0)).join(""),
    labels: kept.map((bin) => labels[bin]!),
  };
}
