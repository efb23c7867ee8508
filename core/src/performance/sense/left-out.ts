import { formatNumber } from "../../words/index.ts";
import { LARGEST_VALUE } from "../aggregate-regression-rows.ts";
import type { PerformanceAggregate } from "../merge-aggregates.ts";

/** LeftOut counts the labelled predictions of a window that no metric could be computed from. */
export interface LeftOut {
  /** Labels that carry no class or number, as the task needs it, or one too large to compute with. */
  labels: number;
  /** Outputs that are missing beside a label, too large, or scores that are no probabilities. */
  outputs: number;
}

/** leftOutOf returns how many labelled predictions no metric was computed from; undefined where all could be used. O(1). */
export function leftOutOf(aggregate: PerformanceAggregate): LeftOut | undefined {
  const { seen } = aggregate;
  const invalidScores = aggregate.task === "regression" ? 0 : aggregate.invalidScores;
  const labels = (seen?.labels.unreadable ?? 0) + (seen?.labels.beyond ?? 0);
  const outputs = (seen?.outputs.missing ?? 0) + (seen?.outputs.beyond ?? 0) + invalidScores;
  return labels + outputs === 0 ? undefined : { labels, outputs };
}

/** describeLeftOut returns what was left out as a sentence. O(1). */
export function describeLeftOut({ labels, outputs }: LeftOut): string {
  const limit = `±${LARGEST_VALUE.toExponential().replace("+", "")}`;
  const parts = [
    ...(labels > 0 ? [`${formatNumber(labels)} labels (of another kind, or beyond ${limit})`] : []),
    ...(outputs > 0 ? [`${formatNumber(outputs)} outputs (missing, or out of range)`] : []),
  ];
  return `Left out: ${parts.join(" and ")}`;
}
