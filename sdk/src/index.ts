export type { DropPolicy } from "./buffer/ring.ts";
export { createLeeway } from "./client/create-leeway.ts";
export type { Leeway } from "./client/leeway.ts";
export type { LeewayOptions } from "./client/options.ts";
export type { Problem, ProblemKind } from "./client/problem.ts";
export type { EventCounts, LeewayStats, SpoolStats } from "./client/stats.ts";
export type {
  FeatureValue,
  HistogramBucket,
  LabelEvent,
  PredictionEvent,
  PredictionOutput,
  TelemetrySample,
  Timestamp,
} from "./events/types.ts";
export {
  createGpuSampler,
  type GpuSampler,
  type GpuSamplerOptions,
  type GpuState,
} from "./gpu/create-gpu-sampler.ts";
export type { HttpAnswer, HttpPost, HttpRequest, SdkRuntime } from "./runtime.ts";
