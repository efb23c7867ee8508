import { formatNumber } from "../messages/index.ts";
import type { WindowProfile } from "../profile/index.ts";
import type { DriftClass } from "../triage/index.ts";
import type { DriftState } from "./drift-state.ts";
import type { FeatureDecision } from "./feature-decision.ts";

/** windowReason returns what a drift verdict says of its window, in one sentence with its numbers, also when all is well. O(features log features). */
export function windowReason(
  decisions: readonly FeatureDecision[],
  outcome: "ok" | "drifting" | "alarm" | "not_defined",
  triage: DriftClass | undefined,
  state: DriftState,
  window: WindowProfile,
): string {
  const judged = decisions.filter(
    ({ drift }) => drift.outcome !== "insufficient_data" && drift.outcome !== "not_defined",
  );
  const blind = decisions.filter(({ drift }) => drift.outcome === "not_defined").map(({ name }) => name);
  const unjudged = blind.length === 0 ? "" : `; can't be judged: ${blind.slice(0, 3).join(", ")}`;
  const rows = `${formatNumber(window.rows)} rows`;
  const unknown = Object.keys(window.unknownFeatures);
  const extra = unknown.length === 0 ? "" : `; not in the reference: ${unknown.slice(0, 3).join(", ")}`;
  switch (outcome) {
    case "ok": {
      const nearest = [...judged].sort((a, b) => b.closeness - a.closeness)[0];
      return `No drift in ${judged.length} features on ${rows}; nearest its bar: ${nearest?.drift.reason ?? "none"}${unjudged}${extra}`;
    }
    case "not_defined":
      return `No feature can be judged on ${rows}: ${decisions.find(({ drift }) => drift.outcome === "not_defined")?.drift.reason ?? "none is watched"}${extra}`;
    case "drifting":
      return `${triage?.headline ?? "A feature drifted"} (${rows}); not yet an alarm, the next window decides${extra}`;
    case "alarm": {
      const count = state.alarm_features.length;
      const others = count > 1 ? `; ${count} of ${judged.length} features have drifted` : "";
      return `${triage?.headline ?? "Features have drifted"} (${rows})${others}${extra}`;
    }
    default:
      return outcome satisfies never;
  }
}
