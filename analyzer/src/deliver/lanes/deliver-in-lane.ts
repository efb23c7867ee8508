import type { DeliveryStep } from "../deliver-notification.ts";
import type { ChannelLanes } from "./channel-lanes.ts";

/** deliverInLane runs one delivery in its channel's lane, or says when the lane is to be asked again; without a channel it runs at once, as a test does. */
export async function deliverInLane(
  lanes: ChannelLanes,
  channelId: string | undefined,
  deliver: () => Promise<DeliveryStep>,
): Promise<DeliveryStep> {
  if (channelId === undefined) return deliver();
  const turn = lanes.enter(channelId);
  if (turn.outcome === "wait") return { outcome: "later", delayMs: turn.delayMs, reason: turn.reason };
  try {
    return await deliver();
  } finally {
    lanes.leave(channelId);
  }
}
