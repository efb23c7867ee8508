import { CLASS_LIMIT, EMBEDDING_LIMIT, FEATURE_LIMIT, TAG_LIMIT } from "@leeway/core/wire";
import { ShapedPrediction } from "@leeway/store";
import { FeatureSightings } from "../../../store/src/writes/evidence/feature-sightings.ts";
import { PredictionBlock } from "../../../store/src/writes/predictions/prediction-block.ts";
import { createScopes } from "../../../store/src/writes/predictions/scope.ts";
import { Refusal } from "../events/read-outcome.ts";
import { createPredictionReader, type ReadPrediction } from "../events/read-prediction.ts";
import { createPredictionScanner } from "../events/shapes/scan-predictions.ts";

const members = (count: number, value: unknown) =>
  Object.fromEntries(Array.from({ length: count }, (_unused, at) => [`name-${at}`, value]));

/** HOLDERS are the members of a prediction that hold names of the caller's own, with how many they may hold. */
export const HOLDERS = {
  features: { limit: FEATURE_LIMIT, of: (count: number) => ({ features: members(count, 1) }) },
  tags: { limit: TAG_LIMIT, of: (count: number) => ({ tags: members(count, "x") }) },
  "prediction.scores": {
    limit: CLASS_LIMIT,
    of: (count: number) => ({ prediction: { scores: members(count, 0.5) } }),
  },
  embeddings: { limit: EMBEDDING_LIMIT, of: (count: number) => ({ embeddings: members(count, [1, 2]) }) },
};

const TIME = Date.UTC(2026, 0, 15);
const read = createPredictionReader();

/** bodyOf returns a body of one prediction. */
export function bodyOf(change: object): Buffer {
  const event = { id: "p-1", timestamp: TIME, model: "m", version: "1", features: { a: 1 }, prediction: {} };
  return Buffer.from(JSON.stringify({ predictions: [{ ...event, ...change }] }));
}

/** takeBody takes a body of one prediction all the way into a block of rows; it returns what became of the event and how many features were noted. */
export function takeBody(body: Buffer): { outcome: unknown; seen: number } {
  const sightings = new FeatureSightings();
  const block = new PredictionBlock(sightings);
  const [value] = createPredictionScanner(read)(body, "p")?.events ?? [];
  const outcome = value instanceof ShapedPrediction ? value : read(value, TIME);
  const scope = createScopes()("p", "m", "1");
  if (outcome instanceof ShapedPrediction) block.appendShaped(scope, outcome);
  else if (!(outcome instanceof Refusal)) block.append(scope, outcome as ReadPrediction, TIME);
  return { outcome, seen: sightings.size };
}
