import type { PageAddress } from "./page-address.ts";

/**
 * addressNotices returns a sentence for everything that an address asks to see and the shown range does not have: a link that was sent to somebody
 * must not look as if it showed what it names.
 */
export function addressNotices(
  address: PageAddress,
  shown: { metrics: readonly string[]; isCellShown: boolean },
): string[] {
  const { metric, feature } = address;
  const notices: string[] = [];
  if (metric !== undefined && !shown.metrics.includes(metric)) {
    const instead = shown.metrics.length === 0 ? "" : " Another metric is shown.";
    notices.push(`The metric “${metric}” has no value in this range.${instead}`);
  }
  if (feature !== undefined && !shown.isCellShown) {
    notices.push(`There is no verdict of the feature “${feature}” in the window that this address names.`);
  }
  return notices;
}
