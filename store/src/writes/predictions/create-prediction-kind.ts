import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { FeatureSightings } from "../evidence/feature-sightings.ts";
import { murmurHash3, murmurHash3OfBytes } from "../keys/murmur-hash.ts";
import { xxHash, xxHashOfBytes } from "../keys/xx-hash.ts";
import type { EventKey, EventKind } from "../writers/batch-writer.ts";
import { type FoundPrediction, lookupPredictions } from "./lookup-predictions.ts";
import { PredictionBlock } from "./prediction-block.ts";
import type { PredictionEvent } from "./prediction-event.ts";
import { createScopes, type Scope } from "./scope.ts";
import { ShapedPrediction } from "./shaped-predictions.ts";
import { touchHours } from "./touch-hours.ts";

/** ScopedPrediction is a prediction with the project it belongs to; its timestamp is epoch milliseconds. */
export interface ScopedPrediction {
  project: string;
  event: PredictionEvent & { timestamp: number };
}

/** StoredPrediction is a prediction on its way to the store: as an object, or as a row of values cut out of a body. */
export type StoredPrediction = ScopedPrediction | ShapedPrediction;

/** createPredictionKind returns how predictions are encoded, known again and looked up. */
export function createPredictionKind(
  client: ClickHouseClient,
  onRefused: (project: string, model: string, code: string, message: string) => void,
  now: () => number,
): EventKind<PredictionBlock, StoredPrediction> {
  const scopeOf = createScopes();
  const scopeOfPrediction = (prediction: StoredPrediction) => {
    if (!(prediction instanceof ShapedPrediction)) {
      const { project, event } = prediction;
      return scopeOf(project, event.model, event.version);
    }
    const { all } = prediction;
    const { model, version } = all.shape.parts;
    all.scope ??= scopeOf(all.project, model, version);
    return all.scope;
  };
  const append = (block: PredictionBlock, scope: Scope, prediction: StoredPrediction) =>
    prediction instanceof ShapedPrediction
      ? block.appendShaped(scope, prediction)
      : block.append(scope, prediction.event, prediction.event.timestamp);
  return {
    append(block, prediction, key) {
      const scope = scopeOfPrediction(prediction);
      const problem = append(block, scope, prediction);
      if (problem === undefined) setKey(key, scope, prediction, block);
      return problem;
    },
    dropLast: (block) => block.dropLast(),
    carry: (block, record) => block.carry(record),
    timestampOf: (prediction) =>
      prediction instanceof ShapedPrediction ? prediction.timestamp : prediction.event.timestamp,
    async existing(predictions) {
      const byScope = new Map<Scope, string[]>();
      for (const prediction of predictions) {
        const scope = scopeOfPrediction(prediction);
        byScope.set(scope, [...(byScope.get(scope) ?? []), idOf(prediction)]);
      }
      const stored = new Map<Scope, Map<string, FoundPrediction>>();
      for (const [scope, ids] of byScope) {
        const found = await lookupPredictions(client, scope, ids);
        await touchHours(client, scope, found.values(), now());
        stored.set(scope, found);
      }
      const scratch = new PredictionBlock(new FeatureSightings());
      return predictions.map((prediction) => {
        const scope = scopeOfPrediction(prediction);
        const found = stored.get(scope)?.get(idOf(prediction));
        if (found === undefined) return "absent";
        append(scratch, scope, prediction);
        const isSame = found.hash === decimal(scratch.hash.low, scratch.hash.high);
        scratch.clear();
        return isSame ? "same" : "other";
      });
    },
    conflictMessage: (prediction) =>
      `id: ${idOf(prediction)} was used before with another payload; the first one stands`,
    onRefused(prediction, code, message) {
      const { project, model } = scopeOfPrediction(prediction);
      onRefused(project, model, code, message);
    },
  };
}

function idOf(prediction: StoredPrediction): string {
  return prediction instanceof ShapedPrediction ? prediction.id : prediction.event.id;
}

function setKey(key: EventKey, scope: Scope, prediction: StoredPrediction, block: PredictionBlock): void {
  if (prediction instanceof ShapedPrediction) {
    const { bytes, numbers, tags, shape } = prediction.all;
    const slot = prediction.row * shape.parts.slots + shape.parts.id;
    const start = numbers[slot] as number;
    const size = tags[slot] as number;
    key.low = scope.hashLow ^ murmurHash3OfBytes(bytes, start, size);
    key.high = scope.hashHigh ^ xxHashOfBytes(bytes, start, size);
  } else {
    key.low = scope.hashLow ^ murmurHash3(prediction.event.id);
    key.high = scope.hashHigh ^ xxHash(prediction.event.id);
  }
  key.payloadLow = block.hash.low;
  key.payloadHigh = block.hash.high;
}

function decimal(low: number, high: number): string {
  return ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString();
}
