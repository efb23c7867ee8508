import { z } from "zod";
import { environmentSchema } from "../wire/index.ts";
import { outcomeSchema } from "./evaluation.ts";

/**
 * stopReasonSchema is the closed set of reasons why an alarm went no further than where it is.
 * `not_due`: it was evaluated by hand, in a window that the schedule does not judge. `revised`: a later revision replaced it before it was folded.
 * `grouped`: it joined an incident that was open already. `silenced`, `not_subscribed`, `no_channel`: the incident changed, and nobody was to be notified of it.
 * `unexplained`: the verdict names no cause, so no incident could take it. `burn_in`: its monitor is new, and notifies nobody yet.
 */
export const stopReasonSchema = z.enum([
  "not_due",
  "revised",
  "grouped",
  "silenced",
  "not_subscribed",
  "no_channel",
  "unexplained",
  "burn_in",
]);

/** foldedVerdictSchema is what became of one revision of a verdict: the incident it was folded into, the notifications that this queued, or why it went no further. */
export const foldedVerdictSchema = z.object({
  model: z.string(),
  version: z.string(),
  environment: environmentSchema,
  monitor_id: z.string(),
  segment: z.string(),
  window_start: z.number(),
  window_end: z.number(),
  revision: z.number().int(),
  outcome: outcomeSchema,
  /** Real time, epoch ms: when the verdict was made, and when it was folded. */
  judged_at: z.number(),
  folded_at: z.number(),
  incident_id: z.string().optional(),
  notification_ids: z.array(z.string()),
  stopped: stopReasonSchema.optional(),
});

/** foldJournalSchema is the last step of a model's folding, stored in one insert with the incidents and notifications it made, so that none is folded twice. */
export const foldJournalSchema = z.object({ model: z.string(), folded: z.array(foldedVerdictSchema) });

export type StopReason = z.infer<typeof stopReasonSchema>;
export type FoldedVerdict = z.infer<typeof foldedVerdictSchema>;
export type FoldJournal = z.infer<typeof foldJournalSchema>;
