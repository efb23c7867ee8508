import type { ClickHouseSettings } from "@clickhouse/client";
import type { ClickHouseClient } from "./clickhouse.ts";
import { toStoreError } from "./store-error.ts";
import { wellFormed } from "./well-formed.ts";

/** insertRows inserts a few rows as JSON and returns when they are stored; halves of characters in their texts are replaced. `token` makes a repetition of the same insert a no-op. */
export async function insertRows(
  client: ClickHouseClient,
  table: string,
  rows: readonly Record<string, unknown>[],
  token?: string,
): Promise<void> {
  if (rows.length === 0) return;
  const settings: ClickHouseSettings = {
    log_comment: `insert_${table}`,
    ...(token === undefined ? {} : { insert_deduplication_token: token }),
  };
  try {
    await client.insert({
      table,
      values: rows.map(wellFormed),
      format: "JSONEachRow",
      clickhouse_settings: settings,
    });
  } catch (error) {
    throw toStoreError(error, `insert_${table}`);
  }
}

/** toDateTime64 returns epoch milliseconds in the form ClickHouse reads a DateTime64(3) from JSON. */
export function toDateTime64(time: number): string {
  return new Date(time).toISOString().replace("T", " ").replace("Z", "");
}
