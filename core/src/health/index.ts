export { type Blindness, decideBlindness, type UnjudgedChain, type UnjudgedReason } from "./blindness.ts";
export { KIND_WORDS } from "./chain-finding.ts";
export { headlineHealth } from "./headline-health.ts";
export type { ChainStanding, HealthFacts, VersionHealthFacts, VersionReference } from "./health-facts.ts";
export {
  type HealthFinding,
  healthFindingSchema,
  type ModelHealth,
  modelHealthSchema,
} from "./health-finding.ts";
export {
  HEALTH_STATES,
  type HealthState,
  healthRank,
  healthStateSchema,
  healthWords,
} from "./health-state.ts";
export { openIncidents } from "./incident-findings.ts";
export { liveVersions } from "./live-versions.ts";
export { modelHealth } from "./model-health.ts";
export { type ShownVersion, shownVersion, type VersionInTraffic } from "./shown-version.ts";
export type { TornRows } from "./torn-rows.ts";
