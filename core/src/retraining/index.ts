export { allowedRetrainingActions, type RetrainingAction } from "./allowed-retraining-actions.ts";
export { decideRetrained, isSettled } from "./decide-retrained.ts";
export { decideRetraining, type RetrainingDecision, type RetrainingPolicy } from "./decide-retraining.ts";
export { type NextLook, nextLook } from "./next-look.ts";
export { type RetrainingData, type RetrainingRequest, retrainingRequest } from "./retraining-request.ts";
export type { RunReading, Signing, TargetPlace, TargetRequest } from "./targets/target-definition.ts";
export {
  TARGET_KINDS,
  type Target,
  type TargetKind,
  type TargetOf,
  targetOf,
  targetSchema,
} from "./targets/target-kinds.ts";
export { brokenSpans, trainingRanges } from "./training-ranges.ts";
