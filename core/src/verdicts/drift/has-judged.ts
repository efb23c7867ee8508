import type { FeatureDecision } from "../feature/feature-decision.ts";
import { isJudged } from "../performance/input-health.ts";

/** hasJudged decides whether any of the decisions says how its feature is. O(features). */
export function hasJudged(decisions: readonly Pick<FeatureDecision, "drift">[]): boolean {
  return decisions.some(({ drift }) => isJudged(drift));
}
