import type { Channel } from "@leeway/core/channels";
import { type DeliveryDeps, type DeliveryStep, deliverNotification } from "./deliver-notification.ts";
import type { DeliveryMetrics } from "./delivery-metrics.ts";
import { createChannelLanes } from "./lanes/channel-lanes.ts";
import { deliverInLane } from "./lanes/deliver-in-lane.ts";
import { RETRY_DELAYS_MS } from "./retry/retry-delay.ts";

/** createDelivery returns what delivers notifications, each in the lane of its channel, and counts what becomes of them. */
export function createDelivery(
  deps: Omit<DeliveryDeps, "onAttempt"> & { metrics: Pick<DeliveryMetrics, "attempt"> },
): (channelId: string | undefined, notificationId: string) => Promise<DeliveryStep> {
  const { outbox, transports, now, random, retryDelaysMs = RETRY_DELAYS_MS, metrics } = deps;
  const logged = deps.logAttempt === undefined ? {} : { logAttempt: deps.logAttempt };
  const lanes = createChannelLanes({ now, pauseMs: retryDelaysMs[0] ?? 0 });
  const onAttempt: NonNullable<DeliveryDeps["onAttempt"]> = (channel, result) => {
    metrics.attempt(channel.kind, result.outcome);
    lanes.note(channel.id, result, paceOf(channel));
  };
  const paceOf = ({ kind }: Channel) => transports[kind].paceMs ?? 0;
  return (channelId, notificationId) =>
    deliverInLane(lanes, channelId, () =>
      deliverNotification(
        { outbox, transports, now, random, retryDelaysMs, onAttempt, ...logged },
        notificationId,
      ),
    );
}
