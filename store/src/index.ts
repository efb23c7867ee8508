export type { ActiveHour, Activity, VersionActivity } from "./activity/activity.ts";
export { createStore, type Store, type StoreOptions } from "./create-store.ts";
export type { EvaluationFilter, Evaluations } from "./evaluations/evaluations.ts";
export type { EvaluationProgress } from "./evaluations/progress.ts";
export type { RecordRevision, Records } from "./records/records.ts";
export type { Serving, ServingFilter, ServingWindow } from "./serving/serving.ts";
export type { TelemetryFilter, TelemetryPoint, TelemetryReads } from "./telemetry/telemetry.ts";
export * from "./writes/index.ts";
