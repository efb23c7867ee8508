import {
  CHANNEL_KINDS,
  type Channel,
  type ChannelKind,
  type ChannelOf,
  channelSchema,
} from "@leeway/core/channels";
import type { Notification } from "@leeway/core/records";
import { exampleIncident } from "./example-incident.ts";
import type { Delivery } from "./transport.ts";

const AT = Date.UTC(2026, 0, 5);

/** exampleChannel returns a valid channel of one kind with `changes` applied, for tests. */
export function exampleChannel<K extends ChannelKind>(
  kind: K,
  changes: Partial<ChannelOf<K>> = {},
): ChannelOf<K> {
  const base = { id: `channel-${kind}`, name: kind, enabled: true, created_at: AT };
  const { example } = CHANNEL_KINDS[kind];
  return channelSchema.parse({ ...base, kind, ...example, ...changes }) as ChannelOf<K>;
}

/** exampleDelivery returns the first notification of the example incident on its way to `channel`. */
export function exampleDelivery<C extends Channel>(channel: C): Delivery<C> {
  const notification: Notification = {
    id: `incident-1-fired-${channel.id}`,
    incident_id: "incident-1",
    channel_id: channel.id,
    transition: "fired",
    status: "queued",
    attempts: 0,
    created_at: AT,
  };
  return {
    notification,
    channel,
    incident: exampleIncident(),
    mayHaveArrived: false,
    noteRequest: () => undefined,
  };
}
