export { type Blindness, decideBlindness, type UnjudgedChain, type UnjudgedReason } from "./blindness.ts";
export { KIND_WORDS } from "./chain-finding.ts";
export type {
  ChainStanding,
  HealthFacts,
  HealthFinding,
  VersionHealthFacts,
  VersionReference,
} from "./health-facts.ts";
export {
  HEALTH_STATES,
  type HealthState,
  healthRank,
  healthStateSchema,
  healthWords,
} from "./health-state.ts";
export { openIncidents } from "./incident-findings.ts";
export { liveVersions } from "./live-versions.ts";
export { type ModelHealth, modelHealth } from "./model-health.ts";
