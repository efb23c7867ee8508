/** A little more than everything, because samplers round and average. */
const TOLERANCE = 1.05;
const SHARE_NAME = /utili[sz]ation|_util($|_)|_perc($|ent)/i;
// Of a processor with several cores, more than all of one is usual.
const CPU_NAME = /(^|[._])cpu([._]|$)/i;
const UNITS_OF_ONE = new Set(["ratio", "1", ""]);
const UNITS_OF_HUNDRED = new Set(["percent", "%", "pct"]);
/** Utilisations that their exporters give in percent without saying so. */
const PERCENT_METRICS = new Set(["DCGM_FI_DEV_GPU_UTIL", "DCGM_FI_DEV_MEM_COPY_UTIL"]);

/**
 * shareLimit returns the largest value of a metric that is a share of something, in its own unit (1.05, or 105 percent), or undefined for a metric
 * that is no share. Samplers that have no value give 4294967295 or -1, which would be charted as one. O(1).
 */
export function shareLimit(metric: string, unit: string): number | undefined {
  if (CPU_NAME.test(metric)) return undefined;
  if (PERCENT_METRICS.has(metric) || UNITS_OF_HUNDRED.has(unit)) return 100 * TOLERANCE;
  if (unit === "ratio") return TOLERANCE;
  if (!UNITS_OF_ONE.has(unit) || !SHARE_NAME.test(metric)) return undefined;
  // A name says percent and the unit nothing: both scales are met in practice (vLLM's `_perc` is a share).
  return /perc/i.test(metric) ? 100 * TOLERANCE : TOLERANCE;
}

/** shareProblem says why `value` can't be a share, naming its metric, or returns undefined where it can or the metric is none. */
export function shareProblem(metric: string, unit: string, value: number): string | undefined {
  const limit = shareLimit(metric, unit);
  if (limit === undefined || (value >= 0 && value <= limit)) return undefined;
  return `${metric}: ${value} is no share; expected 0 to ${limit} (unit ${unit === "" ? "not given" : unit})`;
}
