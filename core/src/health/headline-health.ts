import type { ModelHealth } from "./health-finding.ts";
import { healthRank } from "./health-state.ts";

/**
 * headlineHealth returns the one environment that a model is shown by where there is room for one: production where it serves there, else the one
 * that does worst. What happens in shadow is said beside it and does not lead, because nobody is served by it. O(environments).
 */
export function headlineHealth<Any extends Pick<ModelHealth, "state"> & { environment: string }>(
  environments: readonly Any[],
): Any | undefined {
  return (
    environments.find(({ environment }) => environment === "production") ??
    [...environments].sort((a, b) => healthRank(a.state) - healthRank(b.state))[0]
  );
}
