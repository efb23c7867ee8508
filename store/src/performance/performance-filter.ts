import type { Segment } from "@leeway/core/segment";

/** One version in one environment over `[from, to)` of prediction time, epoch milliseconds; all of its traffic or a segment. */
export interface PerformanceFilter {
  model: string;
  version: string;
  environment: string;
  from: number;
  to: number;
  segment?: Segment | undefined;
}
