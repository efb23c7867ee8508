import type { Channel, ChannelKind, Incident, Notification } from "@leeway/core/records";
import type { ChannelOf, Delivery } from "./transport.ts";

const AT = Date.UTC(2026, 0, 5);

/** exampleChannel returns a valid channel of one kind, with `changes` applied: what tests and a channel's test message use. */
export function exampleChannel<K extends ChannelKind>(
  kind: K,
  changes: Partial<ChannelOf<K>> = {},
): ChannelOf<K> {
  const base = { id: `channel-${kind}`, name: kind, enabled: true, created_at: AT };
  const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  const channels: { [P in ChannelKind]: Extract<Channel, { kind: P }> } = {
    slack: { ...base, kind: "slack", slack_channel: "C1" },
    email: { ...base, kind: "email", to: ["on-call@leeway.example"] },
    webhook: { ...base, kind: "webhook", url: "https://receiver.example/", secret },
    retrain: {
      ...base,
      kind: "retrain",
      url: "https://trainer.example/",
      secret,
      causes: ["concept_drift"],
      cool_down: 0,
    },
  };
  return { ...channels[kind], ...changes } as ChannelOf<K>;
}

/** exampleIncident returns a firing incident, for tests and for the message that tries a channel out. */
export function exampleIncident(changes: Partial<Incident> = {}): Incident {
  return {
    id: "incident-1",
    model: "flight-delays",
    version: "1",
    environment: "production",
    cause: "concept_drift",
    confidence: 0.9,
    state: "firing",
    title: "flight-delays 1: the relation between inputs and outcome changed",
    summary: "Late flights came 29.4 % of the time where the model said 21.9 %.",
    next_steps: ["Compare the segments that got worse"],
    features: [],
    started_at: AT,
    last_failing_at: AT + 86_400_000,
    fired_at: AT + 86_400_000,
    healthy_windows: 0,
    evaluations: [],
    evaluation_count: 0,
    ...changes,
  };
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
  return { notification, channel, incident: exampleIncident() };
}
