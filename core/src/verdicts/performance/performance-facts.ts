import type { PerformanceBasis, PerformanceWindow } from "../../evaluation/index.ts";

/** PerformanceFacts are what a performance verdict is decided from: they are stored with it. */
export type PerformanceFacts = Omit<
  PerformanceWindow,
  "outcome" | "reason" | "revision" | "mature" | "estimated" | "basis"
> & { basis: PerformanceBasis };
