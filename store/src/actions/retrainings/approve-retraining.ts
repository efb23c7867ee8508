import { LeewayError } from "@leeway/core/errors";
import type { Retraining } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

/**
 * approveRetraining lets a run start that waits for a person, and returns it with the notification that asks its job; the analyzer sends what is queued.
 * It throws `not_found`, and `conflict` where the run waits for no approval.
 */
export async function approveRetraining(
  { records, putRecordsTogether }: Pick<Store, "records" | "putRecordsTogether">,
  project: string,
  { id, actor, now }: { id: string; actor: string; now: number },
): Promise<{ run: Retraining; notificationId: string }> {
  const current = await records.retraining.get(project, id);
  if (current === undefined) throw new LeewayError("not_found", `there is no retraining ${id}`);
  if (current.status !== "awaiting_approval" || current.notification_id === undefined) {
    throw new LeewayError("conflict", `the retraining is ${current.status}, it waits for no approval`);
  }
  const notificationId = current.notification_id;
  const notification = await records.notification.get(project, notificationId);
  if (notification === undefined)
    throw new LeewayError("not_found", `there is no notification ${notificationId}`);
  const run: Retraining = {
    ...{ ...current, status: "requested", approved_by: actor, asked_at: now, updated_at: now },
  };
  await putRecordsTogether(
    project,
    [
      { kind: "retraining", id, body: run },
      { kind: "notification", id: notificationId, body: { ...notification, status: "queued" } },
    ],
    actor,
  );
  return { run, notificationId };
}
