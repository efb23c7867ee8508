import type { Incident, Silence } from "@leeway/core/records";
import { isInForce, previewSilence, type SilenceMatchers, type SilencePreview } from "@leeway/core/silences";
import type { Store } from "../../create-store.ts";
import { loadIncidents } from "../incidents/load-incidents.ts";
import { checkSilencedModel } from "./create-silence.ts";

/** SilenceState is `active` in its hours, `waiting` before its start or between its hours, `over` after its end. */
export type SilenceState = "active" | "waiting" | "over";

/** SilenceRecord is a silence as it stands, with what it kept back so far. */
export interface SilenceRecord extends Silence {
  state: SilenceState;
  /** Notifications that it kept back, and the incidents that they were of, newest first. */
  kept: { notifications: number; incidents: Pick<Incident, "id" | "title" | "state">[] };
}

/** readSilences returns the silences of a project, newest first, each with what it did. */
export async function readSilences(
  store: Pick<Store, "records">,
  project: string,
  now: number,
): Promise<SilenceRecord[]> {
  const [silences, notifications, { incidents }] = await Promise.all([
    store.records.silence.list(project),
    store.records.notification.list(project),
    loadIncidents(store, project),
  ]);
  return [...silences]
    .sort((a, b) => b.starts_at - a.starts_at)
    .map((silence) => {
      const kept = notifications.filter(({ silence_id }) => silence_id === silence.id);
      const ids = new Set(kept.map(({ incident_id }) => incident_id));
      return {
        ...silence,
        state: stateOf(silence, now),
        kept: {
          notifications: kept.length,
          incidents: incidents
            .filter(({ id }) => ids.has(id))
            .map(({ id, title, state }) => ({ id, title, state })),
        },
      };
    });
}

/** readSilencePreview returns what a silence would keep back; it stores nothing. It throws `invalid_request` for a model that does not exist. */
export async function readSilencePreview(
  store: Pick<Store, "records" | "activity">,
  project: string,
  wish: SilenceMatchers & Pick<Silence, "recurs">,
  now: number,
): Promise<SilencePreview> {
  await checkSilencedModel(store, project, wish.model);
  const { incidents } = await loadIncidents(store, project);
  return previewSilence(wish, incidents, now);
}

function stateOf(silence: Silence, now: number): SilenceState {
  if (silence.ends_at <= now) return "over";
  return isInForce(silence, now) ? "active" : "waiting";
}
