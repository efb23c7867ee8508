export { type BatchAnswer, batchAnswerSchema, type Rejection, rejectionSchema } from "./batch.ts";
export { durationInput } from "./duration-input.ts";
export * from "./event-limits.ts";
export { type Label, type LabelInput, labelSchema } from "./label.ts";
export {
  classSchema,
  environmentSchema,
  featureValueSchema,
  type Prediction,
  type PredictionInput,
  predictionSchema,
} from "./prediction.ts";
export {
  durationSchema,
  EARLIEST_MS,
  identifierSchema,
  nameSchema,
  parseTimestamp,
  timestampSchema,
} from "./scalars.ts";
export { shareLimit, shareProblem } from "./share-range.ts";
export { type TelemetrySample, telemetrySampleSchema } from "./telemetry.ts";
export { TEXT_PATTERNS, textMessage } from "./text-patterns.ts";
export { anyTextSchema, lineSchema, paragraphsSchema } from "./texts.ts";
