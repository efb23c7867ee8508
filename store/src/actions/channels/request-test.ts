import { LeewayError } from "@leeway/core/errors";
import type { Notification } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

/** requestTest puts a message that says it is a test into the outbox, for one attempt, and returns it. It throws `not_found` where there is no such channel. */
export async function requestTest(
  { records }: Pick<Store, "records">,
  project: string,
  { id, channelId, actor, now }: { id: string; channelId: string; actor: string; now: number },
): Promise<Notification> {
  const channel = await records.channel.get(project, channelId);
  if (channel === undefined) throw new LeewayError("not_found", `there is no channel ${channelId}`);
  const notification: Notification = {
    ...{ id, incident_id: "example", channel_id: channelId, transition: "test" },
    ...{ status: "queued", attempts: 0, created_at: now },
  };
  await records.notification.put(project, id, notification, actor);
  return notification;
}
