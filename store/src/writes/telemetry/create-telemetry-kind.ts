import { z } from "zod";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { defineQuery } from "../../client/define-query.ts";
import { LOOKUP_PATIENCE_MS } from "../keys/lookup-patience.ts";
import type { EventKey, EventKind } from "../writers/batch-writer.ts";
import { TelemetryBlock } from "./telemetry-block.ts";
import type { TelemetryEvent } from "./telemetry-event.ts";

const storedSamples = defineQuery({
  name: "stored_samples",
  patienceMs: LOOKUP_PATIENCE_MS,
  sql: `SELECT toString(payload_hash) AS hash FROM telemetry
        WHERE project = {project:String} AND metric IN {metrics:Array(String)}
          AND timestamp >= fromUnixTimestamp64Milli({from:Int64}) AND timestamp <= fromUnixTimestamp64Milli({to:Int64})
          AND toString(payload_hash) IN {hashes:Array(String)}`,
  row: z.object({ hash: z.string() }),
  parameters: {} as { project: string; metrics: string[]; from: number; to: number; hashes: string[] },
});
const CHUNK = 200;

/** createTelemetryKind returns how telemetry samples are encoded, known again and looked up. A sample is its own identity, so none conflicts. */
export function createTelemetryKind(client: ClickHouseClient): EventKind<TelemetryBlock, TelemetryEvent> {
  return {
    append(block, event, key) {
      block.append(event, key);
      return undefined;
    },
    dropLast: (block) => block.dropLast(),
    timestampOf: ({ sample }) => sample.timestamp,
    async existing(events) {
      const hashes = hashesOf(events);
      const stored = new Set<string>();
      for (let start = 0; start < events.length; start += CHUNK) {
        const part = events.slice(start, start + CHUNK);
        const times = part.map(({ sample }) => sample.timestamp);
        const rows = await storedSamples(client, {
          project: (part[0] as TelemetryEvent).project,
          metrics: [...new Set(part.map(({ sample }) => sample.metric))],
          from: Math.min(...times),
          to: Math.max(...times),
          hashes: hashes.slice(start, start + CHUNK),
        });
        for (const { hash } of rows) stored.add(hash);
      }
      return hashes.map((hash) => (stored.has(hash) ? "same" : "absent"));
    },
    conflictMessage: () => "the sample exists already",
  };
}

function hashesOf(events: readonly TelemetryEvent[]): string[] {
  const scratch = new TelemetryBlock();
  const key: EventKey = { low: 0, high: 0, payloadLow: 0, payloadHigh: 0 };
  return events.map((event) => {
    scratch.append(event, key);
    return ((BigInt(key.high >>> 0) << 32n) | BigInt(key.low >>> 0)).toString();
  });
}
