import type { Incident, Silence } from "../records/index.ts";
import { matchesIncident, type SilenceMatchers } from "./match-silence.ts";
import { isInRhythm } from "./silence-span.ts";

/** SilencePreview is what a silence would keep back: incidents that are open now, and those of the last days that it would have kept back. */
export interface SilencePreview {
  open: Incident[];
  past: Incident[];
  days: number;
}

const DAY_MS = 86_400_000;

/** PREVIEW_DAYS is how far back a preview looks. */
export const PREVIEW_DAYS = 30;

/**
 * previewSilence returns the incidents that a silence means, newest first: those that people would be notified of now, and those that fired in the last 30 days
 * within its hours, as if it had been there. O(incidents).
 */
export function previewSilence(
  silence: SilenceMatchers & Pick<Silence, "recurs">,
  incidents: readonly Incident[],
  now: number,
): SilencePreview {
  const matching = incidents
    .filter((incident) => incident.fired_at !== undefined && matchesIncident(silence, incident))
    .sort((a, b) => b.fired_at! - a.fired_at!);
  const isOpen = ({ state }: Incident) => state === "firing" || state === "acknowledged";
  const past = matching
    .filter((incident) => !isOpen(incident) && incident.fired_at! >= now - PREVIEW_DAYS * DAY_MS)
    .filter(({ fired_at }) => silence.recurs === undefined || isInRhythm(silence.recurs, fired_at!));
  return { open: matching.filter(isOpen), past, days: PREVIEW_DAYS };
}
