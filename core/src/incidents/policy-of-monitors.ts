import type { Hold, Monitor } from "../records/index.ts";
import type { IncidentPolicy } from "./incident-policy.ts";

/** HoldingMonitor is what a monitor says of how long things must last. */
export type HoldingMonitor = Pick<Monitor, "hold_firing" | "hold_resolved" | "damping">;

/**
 * policyOfMonitors returns the policy of an incident whose windows are `windowMs` long, with what the monitors that failed say of it. Where they disagree people are notified by
 * the shortest hold, and it resolves by the longest: an alarm is never lost to another monitor's patience. O(monitors).
 */
export function policyOfMonitors(
  policy: IncidentPolicy,
  monitors: readonly (HoldingMonitor | undefined)[],
  windowMs: number,
): IncidentPolicy {
  if (monitors.length === 0) return policy;
  const resolving = monitors.map((monitor) => resolvedHold(monitor?.hold_resolved, policy));
  return {
    ...policy,
    pendingMs: Math.min(...monitors.map((monitor) => firingHold(monitor?.hold_firing, policy, windowMs))),
    healthyWindows: Math.max(...resolving.map(({ healthyWindows }) => healthyWindows)),
    healthyMs: Math.max(...resolving.map(({ healthyMs }) => healthyMs)),
    dampingMs: Math.max(...monitors.map((monitor) => monitor?.damping ?? policy.dampingMs)),
  };
}

function firingHold(hold: Hold | undefined, policy: IncidentPolicy, windowMs: number): number {
  if (hold === undefined) return policy.pendingMs;
  return "windows" in hold ? hold.windows * windowMs : hold.for;
}

function resolvedHold(
  hold: Hold | undefined,
  { healthyWindows, healthyMs }: IncidentPolicy,
): Pick<IncidentPolicy, "healthyWindows" | "healthyMs"> {
  if (hold === undefined) return { healthyWindows, healthyMs };
  // One healthy window at least: without any, nothing says that it is over.
  return "windows" in hold
    ? { healthyWindows: hold.windows, healthyMs: 0 }
    : { healthyWindows: 1, healthyMs: hold.for };
}
