import { z } from "zod";
import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { defineQuery } from "../../client/define-query.ts";
import type { KeyIndex } from "./key-index.ts";
import { streamRows } from "./stream-rows.ts";

/** KeySource says where keys lie and how SQL works them out, equal to what the encoders do. */
export interface KeySource {
  table: string;
  /** Which rows have a key; all of them where absent. */
  where?: string;
  time: string;
  low: string;
  high: string;
}

const SCOPE = "concat(toString(project), '\\0', toString(model), '\\0', toString(version))";
const LABEL_SCOPE = "concat(toString(project), '\\0', toString(model))";
const CARRIED_BATCH = "concat(toString(project), '\\0predictions\\0', batch_id)";
const BATCH = "concat(toString(project), '\\0', toString(kind), '\\0', batch_id)";

export const KEY_SOURCES = {
  predictions: {
    table: "predictions",
    time: "timestamp",
    low: `bitXor(murmurHash3_32(id), murmurHash3_32(${SCOPE}))`,
    high: `bitXor(xxHash32(id), xxHash32(${SCOPE}))`,
  },
  labels: {
    table: "labels",
    time: "timestamp",
    low: `bitXor(bitXor(murmurHash3_32(prediction_id), murmurHash3_32(${LABEL_SCOPE})), toUInt32(bitAnd(payload_hash, 4294967295)))`,
    high: `bitXor(bitXor(xxHash32(prediction_id), xxHash32(${LABEL_SCOPE})), toUInt32(bitShiftRight(payload_hash, 32)))`,
  },
  telemetry: {
    table: "telemetry",
    time: "timestamp",
    low: "toUInt32(bitAnd(payload_hash, 4294967295))",
    high: "toUInt32(bitShiftRight(payload_hash, 32))",
  },
  batches: {
    table: "batches",
    time: "received_at",
    low: `murmurHash3_32(${BATCH})`,
    high: `xxHash32(${BATCH})`,
  },
  carriedBatches: {
    table: "predictions",
    where: "batch_id != ''",
    time: "received_at",
    low: `murmurHash3_32(${CARRIED_BATCH})`,
    high: `xxHash32(${CARRIED_BATCH})`,
  },
} as const satisfies Record<string, KeySource>;

const ROW_BYTES = 12;

/**
 * loadKeys fills a key index from what a table holds, newest first, at most `limit` keys, and returns how many. It streams twelve bytes a row;
 * ten million rows take seconds.
 */
export async function loadKeys(
  client: ClickHouseClient,
  source: KeySource,
  index: KeyIndex,
  limit: number,
): Promise<number> {
  const since = await oldestToLoad(client, source, limit);
  if (since > 0) index.forgetUntil(since - 1);
  const { table, where = "1", time, low, high } = source;
  let loaded = 0;
  await streamRows(
    client,
    {
      name: `load_keys_${table}`,
      sql: `SELECT ${low}, ${high}, toUInt32(toUnixTimestamp(${time})) FROM ${table}
            WHERE ${where} AND ${time} >= fromUnixTimestamp64Milli({since:Int64})`,
      parameters: { since },
      rowBytes: ROW_BYTES,
    },
    (bytes, at) => {
      index.load(bytes.readInt32LE(at), bytes.readInt32LE(at + 4), bytes.readUInt32LE(at + 8) * 1_000);
      loaded++;
    },
  );
  return loaded;
}

async function oldestToLoad(client: ClickHouseClient, source: KeySource, limit: number): Promise<number> {
  const days = defineQuery({
    name: `count_keys_${source.table}`,
    sql: `SELECT toUnixTimestamp(toStartOfDay(${source.time})) * 1000 AS day, count() AS rows
          FROM ${source.table} WHERE ${source.where ?? "1"} GROUP BY day ORDER BY day DESC LIMIT 100000`,
    row: z.object({ day: z.coerce.number(), rows: z.coerce.number() }),
  });
  let rows = 0;
  for (const day of await days(client, {})) {
    rows += day.rows;
    if (rows > limit) return day.day + 86_400_000;
  }
  return 0;
}
