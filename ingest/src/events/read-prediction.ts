import { className } from "@leeway/core/spelling";
import { FEATURE_LIMIT, type Prediction, predictionSchema } from "@leeway/core/wire";
import { z } from "zod";
import { compileValidator } from "./compile-validator.ts";
import { tooDeepField } from "./event-depth.ts";
import { eventTime } from "./event-time.ts";
import { type EventReader, type ReadOutcome, Refusal } from "./read-outcome.ts";
import { settleMap, settleMembers } from "./settle-members.ts";

/** ReadPrediction is a prediction whose envelope is checked; its features are checked while they are encoded, in the same pass. */
export type ReadPrediction = Omit<Prediction, "features" | "environment"> & {
  environment?: Prediction["environment"] | undefined;
  features: Readonly<Record<string, unknown>>;
};

/** spelled returns the prediction with its classes in their one spelling, or why that is not possible. */
function spelled(event: ReadPrediction): ReadOutcome<ReadPrediction> {
  const { label, scores } = event.prediction;
  const name = className(label);
  if (name === undefined) delete event.prediction.label;
  else event.prediction.label = name;
  const respelled = scores === undefined ? undefined : respelledScores(scores);
  if (typeof respelled === "string") {
    return new Refusal(
      "invalid_event",
      `prediction.scores: ${JSON.stringify(respelled)} is given in two spellings`,
    );
  }
  if (respelled !== undefined) event.prediction.scores = respelled;
  return event;
}

type Scores = NonNullable<ReadPrediction["prediction"]["scores"]>;

/** respelledScores returns the scores by canonical class names, undefined where they are by those already, or the class that has two. */
function respelledScores(scores: Scores): Scores | string | undefined {
  const isSpelled = (name: string) => (className(name) ?? name) === name;
  if (Object.keys(scores).every(isSpelled)) return undefined;
  const respelled = new Map<string, number>();
  for (const [key, score] of Object.entries(scores)) {
    const name = className(key) ?? key;
    if (respelled.has(name)) return name;
    respelled.set(name, score);
  }
  return Object.fromEntries(respelled);
}

/** createPredictionReader returns the hot path's check of one prediction: the compiled wire schema, less its features. */
export function createPredictionReader(): EventReader<ReadPrediction> {
  const envelope = predictionSchema.omit({ features: true }).extend({ features: z.looseObject({}) });
  const problemOf = compileValidator(envelope);
  const known = new Set(Object.keys(envelope.shape));
  const knownOutputs = new Set(Object.keys(envelope.shape.prediction.shape));
  return (value, now, noteUnknown) => {
    const problem = problemOf(value);
    if (problem !== undefined) return new Refusal("invalid_event", problem);
    const prediction = value as ReadPrediction;
    const features = Object.keys(prediction.features).length;
    if (features > FEATURE_LIMIT) {
      return new Refusal("too_many_features", `features: at most ${FEATURE_LIMIT} features, not ${features}`);
    }
    const time = eventTime(prediction.timestamp, now);
    if (typeof time === "string") return new Refusal("timestamp_out_of_range", time);
    const deep = tooDeepField(prediction, known);
    if (deep !== undefined) return new Refusal("too_deep", `${deep}: nested too deep`);
    const unknown: string[] = [];
    settleMembers(prediction, known, unknown);
    settleMembers(prediction.prediction, knownOutputs, unknown, "prediction.");
    settleMap(prediction.prediction.scores);
    settleMap(prediction.tags);
    settleMap(prediction.embeddings);
    if (unknown.length > 0) noteUnknown?.(prediction.model, unknown);
    prediction.timestamp = time;
    return spelled(prediction);
  };
}
