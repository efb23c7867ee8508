import { z } from "zod";
import { metricRange } from "../performance/index.ts";
import { DRIFT_THRESHOLDS, type MonitorKind, type MonitorThresholds } from "../records/index.ts";
import { lineSchema } from "../wire/index.ts";

type DriftSize = keyof typeof DRIFT_THRESHOLDS;

const limit = z.number().optional();

/** thresholdsInputSchema is the fixed thresholds of a monitor that is to be saved, each within the range of what it is for. */
export const thresholdsInputSchema = z.strictObject({
  psi: driftSize("psi"),
  text_shift: driftSize("text_shift"),
  embedding_mmd: driftSize("embedding_mmd"),
  joint_auc: driftSize("joint_auc"),
  metric: lineSchema(64).optional().describe("performance: the metric that the limits are for"),
  minimum: limit.describe("performance: an alarm where the metric's whole interval lies below"),
  maximum: limit.describe("performance: an alarm where the metric's whole interval lies above"),
});

function driftSize(name: DriftSize) {
  const { above, below, of } = DRIFT_THRESHOLDS[name];
  const message = `must be above ${above} and below ${below}: it is compared with ${of}`;
  return z.number().gt(above, message).lt(below, message).optional().describe(`drift: a limit on ${of}`);
}

/** ThresholdProblem is one field of a monitor's thresholds that can't be, and why. */
export interface ThresholdProblem {
  path: string[];
  message: string;
}

/** thresholdProblems returns what is wrong with a monitor's thresholds as a whole: of another kind of monitor, half given, or beyond what the metric can be. O(1). */
export function thresholdProblems(
  kind: MonitorKind,
  thresholds: MonitorThresholds | undefined,
): ThresholdProblem[] {
  const given = Object.entries(thresholds ?? {}).filter(([, value]) => value !== undefined);
  const foreign = given.flatMap(([name]): ThresholdProblem[] => {
    const owner = name in DRIFT_THRESHOLDS ? "drift" : "performance";
    return owner === kind
      ? []
      : [{ path: [name], message: `only ${owner} monitors have it, this one is of kind ${kind}` }];
  });
  return kind === "performance" && given.length > 0
    ? [...foreign, ...metricProblems(thresholds ?? {})]
    : foreign;
}

function metricProblems({ metric, minimum, maximum }: MonitorThresholds): ThresholdProblem[] {
  if (metric === undefined)
    return [{ path: ["metric"], message: "must name the metric that the limits are for" }];
  const range = metricRange(metric);
  if (range === undefined) return [{ path: ["metric"], message: `no task has a metric "${metric}"` }];
  if (minimum === undefined && maximum === undefined) {
    return [{ path: ["minimum"], message: "a metric needs a minimum or a maximum" }];
  }
  const [lowest, highest] = range;
  const words = `${metric} lies between ${lowest} and ${highest}`;
  return [
    // A limit on the edge itself is never passed.
    ...(minimum !== undefined && !(minimum > lowest && minimum <= highest)
      ? [{ path: ["minimum"], message: `can't be ${minimum}: ${words}` }]
      : []),
    ...(maximum !== undefined && !(maximum >= lowest && maximum < highest)
      ? [{ path: ["maximum"], message: `can't be ${maximum}: ${words}` }]
      : []),
    ...(minimum !== undefined && maximum !== undefined && minimum > maximum
      ? [{ path: ["minimum"], message: "must not be above the maximum" }]
      : []),
  ];
}
