import type { Monitor } from "@leeway/core/records";
import type { ChainPlan } from "../chain/plan-chain.ts";

/** PlannedMonitor is one monitor with the windows that it owes on one version. */
export interface PlannedMonitor {
  monitor: Monitor;
  /** Canonical key of the monitor's segment. */
  segment: string;
  plan: ChainPlan;
  /** Under which name the pass remembers having looked at this chain, and since when what touched it counts. */
  look: { chain: string; since: number };
}
