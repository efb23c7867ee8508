/** Distribution is two sets of shares over the same bins. */
export interface Distribution {
  labels: readonly string[];
  reference: readonly number[];
  window: readonly number[];
}

// Deciles and atoms of numbers are never as many; a feature may have hundreds of categories.
const MOST = 24;

/** shownBins returns a distribution that can be read at a glance: of more than 24 bins those 24 that hold or moved most, in their order, and the rest of them in one. */
export function shownBins(distribution: Distribution): Distribution {
  const { labels, reference, window } = distribution;
  if (labels.length <= MOST) return distribution;
  const bins = labels.map((label, i) => ({ label, i, before: reference[i] ?? 0, now: window[i] ?? 0 }));
  const weight = ({ before, now }: { before: number; now: number }) =>
    Math.max(before, now) + Math.abs(now - before);
  const kept = bins.toSorted((a, b) => weight(b) - weight(a) || a.i - b.i).slice(0, MOST);
  const shown = kept.sort((a, b) => a.i - b.i);
  const rest = bins.filter((bin) => !shown.includes(bin));
  const total = (side: "before" | "now") => rest.reduce((sum, bin) => sum + bin[side], 0);
  return {
    labels: [...shown.map(({ label }) => label), `${rest.length} more, together`],
    reference: [...shown.map(({ before }) => before), total("before")],
    window: [...shown.map(({ now }) => now), total("now")],
  };
}
