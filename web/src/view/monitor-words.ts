import { formatDuration } from "@leeway/core/duration";
import type { Monitor, MonitorKind } from "@leeway/core/records";
import { metricName } from "./metric-words.ts";
import { formatMilliseconds, formatPercent } from "./number-words.ts";

/** MONITOR_KINDS names the kinds of monitors, in the order in which they are offered. */
export const MONITOR_KINDS: Record<MonitorKind, string> = {
  drift: "Drift",
  performance: "Performance",
  volume: "Volume",
  labels: "Labels",
  latency_slo: "Latency objective",
};

/** monitorScope returns what traffic a monitor looks at, in words. */
export function monitorScope({ version, environment, segment, features }: Monitor): string {
  const parts = [
    version === undefined ? `every version in ${environment}` : `version ${version} in ${environment}`,
    ...Object.entries(segment ?? {}).map(([name, value]) => `${name} = ${value}`),
    ...(features === undefined
      ? []
      : [features.length > 3 ? `${features.length} features` : features.join(", ")]),
  ];
  return parts.join("; ");
}

/** monitorRule returns what a monitor alerts on, in words. */
export function monitorRule({ kind, thresholds, objective }: Monitor): string {
  if (objective !== undefined) return objectiveWords(objective);
  const { psi, text_shift, embedding_mmd, joint_auc, metric, minimum, maximum } = thresholds ?? {};
  const limits = [
    ...(psi === undefined ? [] : [`PSI above ${psi}`]),
    ...(text_shift === undefined ? [] : [`shift of texts above ${text_shift}`]),
    ...(embedding_mmd === undefined ? [] : [`shift of embeddings above ${embedding_mmd}`]),
    ...(joint_auc === undefined ? [] : [`joint AUC above ${joint_auc}`]),
    ...(metric === undefined || minimum === undefined ? [] : [`${metricName(metric)} below ${minimum}`]),
    ...(metric === undefined || maximum === undefined ? [] : [`${metricName(metric)} above ${maximum}`]),
  ];
  if (limits.length > 0) return limits.join(", ");
  return kind === "drift" || kind === "performance" ? "thresholds learned from the reference" : "learned";
}

/** objectiveWords returns a latency objective as a promise. */
export function objectiveWords(objective: NonNullable<Monitor["objective"]>): string {
  const { target, threshold_ms, period } = objective;
  const share = formatPercent(target, target > 0.99 ? 2 : 1);
  return `${share} of requests within ${formatMilliseconds(threshold_ms)}, over ${formatDuration(period)}`;
}
