import type { Monitor } from "@leeway/core/records";
import type { ChainPlan } from "../chain/plan-chain.ts";

/** PlannedMonitor is one monitor with the windows that it owes on one version. */
export interface PlannedMonitor {
  monitor: Monitor;
  /** Canonical key of the monitor's segment. */
  segment: string;
  plan: ChainPlan;
  /** The name of the chain in the memory of passes, and the moment from which on late rows count for this plan. */
  chain: string;
  touchedSince: number;
  /** Whether what was touched is left for a later look, because the last one was a moment ago. */
  isPutOff?: boolean;
  /** What to remember as the moment of this look once all is judged; absent where the memory stays as it is. */
  lookedAt?: number;
}
