import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { insertRows, toDateTime64 } from "../../client/insert-rows.ts";
import { UNSURE_MS } from "../unsure.ts";

const HOUR_MS = 3_600_000;

/**
 * touchReceipts says once more when stored labels that are sent again came, for the same reason as `touchHours`: an insert that was broken off may have left
 * them without what tells that they are to be joined to their predictions.
 */
export async function touchReceipts(
  client: ClickHouseClient,
  { project, model }: { project: string; model: string },
  labels: Iterable<{ timestamp: number; receivedAt: number }>,
  now: number,
): Promise<void> {
  const hours = new Map<number, { received: number; timestamp: number }>();
  for (const { timestamp, receivedAt } of labels) {
    if (now - receivedAt > UNSURE_MS) continue;
    const hour = Math.floor(receivedAt / HOUR_MS) * HOUR_MS;
    const known = hours.get(hour) ?? { received: receivedAt, timestamp };
    known.received = Math.max(known.received, receivedAt);
    known.timestamp = Math.max(known.timestamp, timestamp);
    hours.set(hour, known);
  }
  await insertRows(
    client,
    "label_receipts",
    [...hours].map(([hour, { received, timestamp }]) => ({
      ...{ project, model },
      hour: toDateTime64(hour).slice(0, 19),
      last_received_at: toDateTime64(received),
      last_timestamp: toDateTime64(timestamp),
    })),
  );
}
