import type { Notification } from "@leeway/core/records";
import type { Store } from "../../create-store.ts";

/** DeliveryFilter chooses notifications of the outbox. */
export interface DeliveryFilter {
  channelId?: string | undefined;
  incidentId?: string | undefined;
  status?: Notification["status"] | undefined;
  /** Only those after this one, in the order of the answer. */
  after?: string | undefined;
  limit: number;
}

/** readDeliveries returns notifications of a project's outbox, newest first, and the id to go on after where there are more. Tests are left out. */
export async function readDeliveries(
  { records }: Pick<Store, "records">,
  project: string,
  filter: DeliveryFilter,
): Promise<{ deliveries: Notification[]; next: string | undefined }> {
  const { channelId, incidentId, status, after, limit } = filter;
  const all = (await records.notification.list(project))
    .filter(
      (one) =>
        one.transition !== "test" &&
        (channelId === undefined || one.channel_id === channelId) &&
        (incidentId === undefined || one.incident_id === incidentId) &&
        (status === undefined || one.status === status),
    )
    .sort((a, b) => b.created_at - a.created_at || a.id.localeCompare(b.id));
  const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  const deliveries = all.slice(from, from + limit);
  const hasMore = from + limit < all.length;
  return { deliveries, next: hasMore ? deliveries.at(-1)?.id : undefined };
}
