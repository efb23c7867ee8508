export {
  calibrateDrift,
  DEFAULT_FALSE_ALARMS_PER_MONTH,
  watchedFeatures,
} from "./bars/calibrate-drift.ts";
export { BUDGET_SHARES, deriveOperatingPoint, sustainedTail } from "./bars/derive-operating-point.ts";
export { type DriftCalibration, driftCalibrationSchema } from "./bars/drift-calibration.ts";
export { fixedThresholds } from "./bars/fixed-thresholds.ts";
export { monitorBudget, withFamilyShare } from "./bars/with-family-share.ts";
export {
  assessDriftWindow,
  createDriftAssessor,
  type DriftAssessor,
  type DriftVerdict,
  MINIMUM_WINDOW_ROWS,
} from "./drift/assess-drift-window.ts";
export type { SourceProfile } from "./drift/assess-sources.ts";
export { type ReplayedDrift, replayDrift } from "./drift/replay-drift.ts";
export { NO_THRESHOLD, type SampledKinds, sampledKinds } from "./drift/sampled-kinds.ts";
export { segmentShortage } from "./drift/segment-reference.ts";
export type { WindowEvidence } from "./drift/window-evidence.ts";
export { assessEmbedding, type EmbeddingAssessment } from "./embeddings/assess-embedding.ts";
export {
  createEmbeddingBaseline,
  EMBEDDING_TESTS,
  type EmbeddingBaseline,
  embeddingNames,
  embeddingShortage,
} from "./embeddings/embedding-baseline.ts";
export { EMBEDDING_ROWS, MINIMUM_EMBEDDINGS } from "./embeddings/measure-embedding.ts";
export { type DriftState, driftStateSchema, initialDriftState } from "./feature/drift-state.ts";
export { assessJoint, JOINT_TESTS, type JointAssessment } from "./joint/assess-joint.ts";
export { createJointBaseline, type JointBaseline } from "./joint/joint-baseline.ts";
export { jointRowLimit, jointShortage, MINIMUM_JOINT_ROWS } from "./joint/joint-reference.ts";
export { measureJoint } from "./joint/measure-joint.ts";
export {
  assessLabelsWindow,
  type LabelsState,
  type LabelsVerdict,
  labelsStateSchema,
} from "./labels/assess-labels-window.ts";
export {
  assessSloWindow,
  type CountOver,
  type SloState,
  type SloVerdict,
  sloStateSchema,
} from "./latency-slo/assess-slo-window.ts";
export {
  assessPerformanceWindow,
  type PerformanceInput,
  type PerformanceVerdict,
} from "./performance/assess-performance-window.ts";
export { calibratePerformance, type ReferencePerformance } from "./performance/calibrate-performance.ts";
export { type CountedGroup, describeBreakdown } from "./performance/describe-breakdown.ts";
export { haveFailed, type InputHealth, inputHealthOf } from "./performance/input-health.ts";
export {
  type PerformanceCalibration,
  performanceCalibrationSchema,
} from "./performance/performance-calibration.ts";
export { performanceMetrics, toMetricValue } from "./performance/performance-metrics.ts";
export {
  type PerformanceSignal,
  performanceSignals,
  type SignalName,
} from "./performance/performance-signals.ts";
export {
  initialPerformanceState,
  type PerformanceState,
  performanceStateSchema,
} from "./performance/performance-state.ts";
export { replayPerformance } from "./performance/replay-performance.ts";
export { previewMonitor } from "./preview/preview-monitor.ts";
export { type PreviewedWindow, previewedWindow } from "./preview/previewed-window.ts";
export { replayVerdict, type VerdictReplay, verdictReplaySchema } from "./replay/replay-verdict.ts";
export { assessText, type TextAssessment } from "./text/assess-text.ts";
export { MINIMUM_TEXTS, textLimit, textShortage } from "./text/measure-text.ts";
export { createTextBaseline, TEXT_TESTS, type TextBaseline } from "./text/text-baseline.ts";
export type { Verdict } from "./verdict.ts";
export {
  assessVolumeWindow,
  type VolumeState,
  type VolumeVerdict,
  volumeStateSchema,
} from "./volume/assess-volume-window.ts";
