import type { ClickHouseClient } from "../../client/clickhouse.ts";
import { insertRows, toDateTime64 } from "../../client/insert-rows.ts";
import type { FeatureSightings } from "./feature-sightings.ts";
import type { RefusedEvents } from "./refused-events.ts";

/**
 * saveEvidence stores which features were seen and which events were refused since it was last called, under a `token` that no other call has.
 * What fails to be stored is lost: it is evidence, not data.
 */
export async function saveEvidence(
  client: ClickHouseClient,
  sightings: FeatureSightings,
  refused: RefusedEvents,
  token: string,
): Promise<void> {
  const features = sightings.drain().map(({ firstSeen, lastSeen, ...row }) => ({
    ...row,
    first_seen: toDateTime64(firstSeen),
    last_seen: toDateTime64(lastSeen),
  }));
  const events = refused.drain().map(({ minute, ...row }) => ({ ...row, minute: minute / 1_000 }));
  await Promise.all([
    insertRows(client, "feature_types", features),
    // Counts must not be added twice should the client try an insert again, and the same counts of another replica or minute must be.
    insertRows(client, "refused_events", events, token),
  ]);
}
