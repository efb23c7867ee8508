import { findLeewayError } from "@leeway/core/errors";
import { toDateTime64 } from "../../client/insert-rows.ts";
import type { FeatureSightings } from "./feature-sightings.ts";
import type { RefusedEvents } from "./refused-events.ts";

/** EvidenceSaverOptions are where evidence is gathered, and how it is stored. */
export interface EvidenceSaverOptions {
  sightings: FeatureSightings;
  refused: RefusedEvents;
  /** Stores rows; a repetition under the same token is a no-op. */
  insert: (table: string, rows: readonly Record<string, unknown>[], token: string) => Promise<void>;
  /** Returns a text that no other process or call ever gets. */
  newId: () => string;
}

interface Evidence {
  token: string;
  features: Record<string, unknown>[];
  events: Record<string, unknown>[];
}

/**
 * createEvidenceSaver returns a function that stores which features were seen and which events were refused since it was last called. What could not be
 * stored while the store was away or overloaded goes out first when it is called again, under the token it had: counted once, whether or not the first try
 * took effect.
 */
export function createEvidenceSaver({ sightings, refused, insert, newId }: EvidenceSaverOptions) {
  let unsaved: Evidence | undefined;
  let saving: Promise<void> | undefined;

  function drain(): Evidence {
    return {
      token: newId(),
      features: sightings.drain().map(({ firstSeen, lastSeen, ...row }) => ({
        ...wellFormed(row),
        first_seen: toDateTime64(firstSeen),
        last_seen: toDateTime64(lastSeen),
      })),
      // Counts must not be added twice should an insert be tried again, and the same counts of another replica or minute must be.
      events: refused.drain().map(({ minute, ...row }) => ({ ...wellFormed(row), minute: minute / 1_000 })),
    };
  }

  async function save({ token, features, events }: Evidence): Promise<void> {
    try {
      await Promise.all([insert("feature_types", features, token), insert("refused_events", events, token)]);
      unsaved = undefined;
    } catch (error) {
      // What the store cannot read it would refuse again and again, and all that comes after it would wait.
      if (!isPassing(error)) unsaved = undefined;
      throw error;
    }
  }

  async function saveAll(): Promise<void> {
    if (unsaved !== undefined) await save(unsaved);
    unsaved = drain();
    await save(unsaved);
  }

  return (): Promise<void> => {
    saving ??= saveAll().finally(() => {
      saving = undefined;
    });
    return saving;
  };
}

// Names and examples are somebody's texts, cut anywhere: ClickHouse reads no row with half of a surrogate pair, and would refuse all the others with it.
function wellFormed(row: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      typeof value === "string" ? Buffer.from(value).toString() : value,
    ]),
  );
}

function isPassing(error: unknown): boolean {
  const isAway = findLeewayError(error, "store_unavailable") !== undefined;
  return isAway || findLeewayError(error, "store_overloaded") !== undefined;
}
