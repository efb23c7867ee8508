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
