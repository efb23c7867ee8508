import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { FeatureSightings } from "../evidence/feature-sightings.ts";
import { murmurHash3 } from "../keys/murmur-hash.ts";
import { xxHash } from "../keys/xx-hash.ts";
import type { EventKey, EventKind } from "../writers/batch-writer.ts";
import { lookupPredictions } from "./lookup-predictions.ts";
import { PredictionBlock } from "./prediction-block.ts";
import type { PredictionEvent } from "./prediction-event.ts";
import { createScopes, type Scope } from "./scope.ts";

/** ScopedPrediction is a prediction with the project it belongs to; its timestamp is epoch milliseconds. */
export interface ScopedPrediction {
  project: string;
  event: PredictionEvent & { timestamp: number };
}

/** createPredictionKind returns how predictions are encoded, known again and looked up. */
export function createPredictionKind(
  client: ClickHouseClient,
  onRefused: (project: string, model: string, code: string, message: string) => void,
): EventKind<PredictionBlock, ScopedPrediction> {
  const scopeOf = createScopes();
  const scopeOfEvent = ({ project, event }: ScopedPrediction) => scopeOf(project, event.model, event.version);
  return {
    append(block, scoped, key) {
      const scope = scopeOfEvent(scoped);
      const problem = block.append(scope, scoped.event, scoped.event.timestamp);
      if (problem === undefined) setKey(key, scope, scoped.event.id, block);
      return problem;
    },
    dropLast: (block) => block.dropLast(),
    timestampOf: ({ event }) => event.timestamp,
    async existing(events) {
      const byScope = new Map<Scope, string[]>();
      for (const scoped of events) {
        const scope = scopeOfEvent(scoped);
        byScope.set(scope, [...(byScope.get(scope) ?? []), scoped.event.id]);
      }
      const stored = new Map<Scope, Map<string, string>>();
      for (const [scope, ids] of byScope) stored.set(scope, await lookupPredictions(client, scope, ids));
      const scratch = new PredictionBlock(new FeatureSightings());
      return events.map((scoped) => {
        const scope = scopeOfEvent(scoped);
        const hash = stored.get(scope)?.get(scoped.event.id);
        if (hash === undefined) return "absent";
        scratch.append(scope, scoped.event, scoped.event.timestamp);
        const isSame = hash === decimal(scratch.hash.low, scratch.hash.high);
        scratch.clear();
        return isSame ? "same" : "other";
      });
    },
    conflictMessage: ({ event }) =>
      `id: ${event.id} was used before with another payload; the first one stands`,
    onRefused: ({ project, event }, code, message) => onRefused(project, event.model, code, message),
  };
}

function setKey(key: EventKey, scope: Scope, id: string, block: PredictionBlock): void {
  key.low = scope.hashLow ^ murmurHash3(id);
  key.high = scope.hashHigh ^ xxHash(id);
  key.payloadLow = block.hash.low;
  key.payloadHigh = block.hash.high;
}

function decimal(low: number, high: number): string {
  return ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)).toString();
}
