export {
  assessDriftWindow,
  createDriftAssessor,
  type DriftAssessor,
  type DriftVerdict,
  MINIMUM_WINDOW_ROWS,
  type WindowEvidence,
} from "./assess-drift-window.ts";
export {
  assessLabelsWindow,
  type LabelsState,
  type LabelsVerdict,
  labelsStateSchema,
} from "./assess-labels-window.ts";
export {
  assessPerformanceWindow,
  type InputHealth,
  type PerformanceInput,
  type PerformanceVerdict,
} from "./assess-performance-window.ts";
export { assessSloWindow, type SloState, type SloVerdict, sloStateSchema } from "./assess-slo-window.ts";
export type { SourceProfile } from "./assess-sources.ts";
export {
  assessVolumeWindow,
  type VolumeState,
  type VolumeVerdict,
  volumeStateSchema,
} from "./assess-volume-window.ts";
export {
  calibrateDrift,
  DEFAULT_FALSE_ALARMS_PER_MONTH,
  watchedFeatures,
} from "./calibrate-drift.ts";
export { calibratePerformance, type ReferencePerformance } from "./calibrate-performance.ts";
export { type CountedGroup, describeBreakdown } from "./describe-breakdown.ts";
export { type DriftCalibration, driftCalibrationSchema } from "./drift-calibration.ts";
export { type DriftState, driftStateSchema, initialDriftState } from "./drift-state.ts";
export { assessEmbedding, type EmbeddingAssessment } from "./embeddings/assess-embedding.ts";
export {
  createEmbeddingBaseline,
  EMBEDDING_TESTS,
  type EmbeddingBaseline,
  embeddingNames,
  embeddingShortage,
} from "./embeddings/embedding-baseline.ts";
export { EMBEDDING_ROWS, MINIMUM_EMBEDDINGS } from "./embeddings/measure-embedding.ts";
export { fixedThresholds } from "./fixed-thresholds.ts";
export { assessJoint, JOINT_TESTS, type JointAssessment } from "./joint/assess-joint.ts";
export { createJointBaseline, type JointBaseline } from "./joint/joint-baseline.ts";
export { jointRowLimit, jointShortage, MINIMUM_JOINT_ROWS } from "./joint/joint-reference.ts";
export { measureJoint } from "./joint/measure-joint.ts";
export { BUDGET_SHARES, deriveOperatingPoint, sustainedTail } from "./operating-point.ts";
export { type PerformanceCalibration, performanceCalibrationSchema } from "./performance-calibration.ts";
export { performanceMetrics, toMetricValue } from "./performance-metrics.ts";
export {
  type PerformanceAggregate,
  type PerformanceSignal,
  performanceSignals,
  type SignalName,
} from "./performance-signals.ts";
export {
  initialPerformanceState,
  type PerformanceState,
  performanceStateSchema,
} from "./performance-state.ts";
export { previewMonitor } from "./preview-monitor.ts";
export { type PreviewedWindow, previewedWindow } from "./previewed-window.ts";
export { type ReplayedDrift, replayDrift } from "./replay-drift.ts";
export { replayPerformance } from "./replay-performance.ts";
export { NO_THRESHOLD, type SampledKinds, sampledKinds } from "./sampled-kinds.ts";
export { segmentShortage } from "./segment-reference.ts";
export { assessText, type TextAssessment } from "./text/assess-text.ts";
export { MINIMUM_TEXTS, textLimit, textShortage } from "./text/measure-text.ts";
export { createTextBaseline, TEXT_TESTS, type TextBaseline } from "./text/text-baseline.ts";
export type { Verdict } from "./verdict.ts";
export { monitorBudget, withFamilyShare } from "./with-family-share.ts";
