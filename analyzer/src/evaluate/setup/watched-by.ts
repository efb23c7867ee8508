import type { Monitor } from "@leeway/core/records";
import type { VersionTraffic } from "../model-store/model-store.ts";

/** watchedBy returns the enabled monitors that watch one version in one environment. */
export function watchedBy(
  { model, version, environment }: VersionTraffic,
  monitors: readonly Monitor[],
): Monitor[] {
  return monitors.filter(
    (monitor) =>
      monitor.model === model &&
      monitor.enabled &&
      monitor.environment === environment &&
      (monitor.version ?? version) === version,
  );
}
