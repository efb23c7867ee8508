import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { insertRows, toDateTime64 } from "../../client/insert-rows.ts";
import { UNSURE_MS } from "../unsure.ts";
import type { FoundPrediction } from "./lookup-predictions.ts";

const HOUR_MS = 3_600_000;

/**
 * touchHours has roll-ups count the hours of stored predictions again. An insert that was broken off may have left rows without what the view beside them
 * tells of their hour; they are found when they are sent again, and nothing else would ever tell. Rows received more than a day ago are left alone.
 */
export async function touchHours(
  client: ClickHouseClient,
  { project, model, version }: { project: string; model: string; version: string },
  found: Iterable<FoundPrediction>,
  now: number,
): Promise<void> {
  const hours = new Map<string, { environment: string; hour: number; first: number; last: number }>();
  for (const { environment, timestamp, receivedAt } of found) {
    if (now - receivedAt > UNSURE_MS) continue;
    const hour = Math.floor(timestamp / HOUR_MS) * HOUR_MS;
    const key = `${hour} ${environment}`;
    const known = hours.get(key) ?? { environment, hour, first: timestamp, last: timestamp };
    known.first = Math.min(known.first, timestamp);
    known.last = Math.max(known.last, timestamp);
    hours.set(key, known);
  }
  await insertRows(
    client,
    "prediction_activity",
    [...hours.values()].map(({ environment, hour, first, last }) => ({
      ...{ project, model, version, environment },
      hour: toDateTime64(hour).slice(0, 19),
      first_timestamp: toDateTime64(first),
      last_timestamp: toDateTime64(last),
      last_received_at: toDateTime64(now),
      rows: 0,
    })),
  );
}
