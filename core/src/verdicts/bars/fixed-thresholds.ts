import { type DriftThresholds, driftThresholdsSchema, type Monitor } from "../../records/index.ts";

/** fixedThresholds returns the sizes that a drift monitor's windows are held to instead of calibrated bars, or undefined where it has none. O(1). */
export function fixedThresholds(
  monitor: Pick<Monitor, "thresholds"> | undefined,
): DriftThresholds | undefined {
  const fixed = driftThresholdsSchema.parse(monitor?.thresholds ?? {});
  return Object.values(fixed).some((value) => value !== undefined) ? fixed : undefined;
}
