import type { Model, Monitor } from "../../records/index.ts";
import { DEFAULT_FALSE_ALARMS_PER_MONTH } from "./calibrate-drift.ts";
import { BUDGET_SHARES } from "./derive-operating-point.ts";
import { fixedThresholds } from "./fixed-thresholds.ts";

/**
 * withFamilyShare returns the model as one of its monitors sees it: monitors of one kind on one version share what that kind may raise of false alarms,
 * whether they watch all traffic, segments or windows of another length. One with fixed thresholds answers to those instead, and takes no share.
 */
export function withFamilyShare(model: Model, monitor: Monitor, monitors: readonly Monitor[]): Model {
  const family = monitors.filter((one) => one.kind === monitor.kind && isCalibrated(one));
  if (family.length <= 1 || !isCalibrated(monitor)) return model;
  const budget = model.false_alarms_per_month ?? DEFAULT_FALSE_ALARMS_PER_MONTH;
  return { ...model, false_alarms_per_month: budget / family.length };
}

/** monitorBudget returns how many false alarms a monitor allows itself in 30 days; 0 where fixed thresholds or an error budget decide. O(monitors). */
export function monitorBudget(model: Model, monitor: Monitor, monitors: readonly Monitor[]): number {
  const { kind } = monitor;
  if (kind === "latency_slo" || !isCalibrated(monitor)) return 0;
  const { false_alarms_per_month: budget = DEFAULT_FALSE_ALARMS_PER_MONTH } = withFamilyShare(
    model,
    monitor,
    monitors,
  );
  return budget * BUDGET_SHARES[kind];
}

function isCalibrated(monitor: Monitor): boolean {
  return fixedThresholds(monitor) === undefined && monitor.thresholds?.metric === undefined;
}
