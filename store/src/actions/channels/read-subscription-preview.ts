import { previewSubscription, type Subscription, type SubscriptionPreview } from "@leeway/core/channels";
import type { Store } from "../../create-store.ts";
import { loadIncidents } from "../incidents/load-incidents.ts";

/** readSubscriptionPreview returns what a channel that takes such incidents would have received in the last 30 days; it stores nothing. */
export async function readSubscriptionPreview(
  store: Pick<Store, "records">,
  project: string,
  subscription: Subscription,
  now: number,
): Promise<SubscriptionPreview> {
  const { incidents } = await loadIncidents(store, project);
  return previewSubscription(subscription, incidents, now);
}
