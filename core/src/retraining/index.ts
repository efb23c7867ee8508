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
