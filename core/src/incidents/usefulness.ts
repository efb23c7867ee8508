import { z } from "zod";
import type { Incident } from "../records/index.ts";

/** usefulShareSchema says how many of the incidents that people were notified of they marked, and how. */
export const usefulShareSchema = z.object({
  notified: z.number().int(),
  marked: z.number().int(),
  yes: z.number().int(),
  no: z.number().int(),
  expected: z.number().int(),
  /** Useful among the marked ones, 0..1; null where none is marked. */
  share: z.number().nullable(),
});

export type UsefulShare = z.infer<typeof usefulShareSchema>;

/**
 * usefulShare returns the share of useful alarms: of the incidents that people marked, those that they marked useful. An expected one was right, and still nobody needed it.
 * O(incidents).
 *
 * @example usefulShare([{ fired_at: 1, useful: { mark: "yes", by: "ann", at: 2 } }, { fired_at: 3 }]).share; // 1
 */
export function usefulShare(incidents: readonly Pick<Incident, "fired_at" | "useful">[]): UsefulShare {
  const notified = incidents.filter(({ fired_at }) => fired_at !== undefined);
  const count = (mark: "yes" | "no" | "expected") =>
    notified.filter(({ useful }) => useful?.mark === mark).length;
  const [yes, no, expected] = [count("yes"), count("no"), count("expected")];
  const marked = yes + no + expected;
  return { notified: notified.length, marked, yes, no, expected, share: marked === 0 ? null : yes / marked };
}

/** usefulWords returns the share in words: "3 of 4 marked alarms were useful". Undefined where nothing is marked. */
export function usefulWords({ marked, yes }: UsefulShare): string | undefined {
  if (marked === 0) return undefined;
  if (marked === 1)
    return yes === 1 ? "The one marked alarm was useful" : "The one marked alarm was not useful";
  return `${yes} of ${marked} marked alarms were useful`;
}

/** ExpectedOffers is what keeps an alarm from coming again that was right but expected. */
export interface ExpectedOffers {
  /** What a silence would match. */
  silence: { model: string; cause: Incident["cause"]; feature?: string };
  /** Windows that could be the new reference; absent where the inputs are not what changed for good. */
  reference?: { model: string; version: string; from: number; to: number };
}

/** expectedOffers returns what to offer for an incident that somebody marked as expected, undefined for any other. O(1). */
export function expectedOffers(incident: Incident): ExpectedOffers | undefined {
  if (incident.useful?.mark !== "expected") return undefined;
  const { model, version, cause, features, started_at: from, last_failing_at: to } = incident;
  const [first, ...others] = features;
  const feature = first !== undefined && others.length === 0 ? { feature: first.name } : {};
  const silence = { model, cause, ...feature };
  const isNewNormal = cause === "input_drift" || cause === "concept_drift";
  return isNewNormal ? { silence, reference: { model, version, from, to } } : { silence };
}
