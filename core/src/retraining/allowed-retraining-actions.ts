import type { Retraining } from "../records/index.ts";

/** RetrainingAction is what a person may do about a retraining: let it run, or decide about the version it made. */
export type RetrainingAction = "approve" | "promote" | "archive";

/** allowedRetrainingActions returns what may be done about a retraining as it stands. O(1). */
export function allowedRetrainingActions(
  run: Pick<Retraining, "status" | "notification_id" | "new_version" | "acted">,
): RetrainingAction[] {
  if (run.status === "awaiting_approval" && run.notification_id !== undefined) return ["approve"];
  const hasVersion = run.status === "succeeded" && run.new_version !== undefined;
  return hasVersion && run.acted === undefined ? ["promote", "archive"] : [];
}
