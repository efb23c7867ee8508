import { type Channel, type ChannelKind, type ChannelOf, heldUntil } from "@leeway/core/channels";
import { channelSecrets, type DeliveryAttempt, type SentRequest } from "@leeway/core/delivery";
import type { Incident, Notification } from "@leeway/core/records";
import { attemptOf } from "./attempt-of.ts";
import { withoutSecretsIn } from "./clean-result.ts";
import type { DeliveryResult, Receipt } from "./retry/delivery-result.ts";
import { LONGEST_TRIED_MS, retryDelay } from "./retry/retry-delay.ts";
import { newerThan } from "./stale-update.ts";
import { testIncident } from "./test-incident.ts";
import type { Delivery, Transports } from "./transport.ts";

/** Outbox is what delivery reads and writes; a notification's state lives here and nowhere else. */
export interface Outbox {
  notification(id: string): Promise<Notification | undefined>;
  channel(id: string): Promise<Channel | undefined>;
  incident(id: string): Promise<Incident | undefined>;
  /** The notifications of one incident to one channel, oldest first. */
  thread(incidentId: string, channelId: string): Promise<Notification[]>;
  save(notification: Notification): Promise<void>;
  /** Switches a channel off whose receiver is gone; one that somebody changed meanwhile stays. */
  switchOff(channel: Channel, reason: string): Promise<void>;
}

/** DeliveryStep is what the queue does next with a notification: nothing more, or look at it again after a while. */
export type DeliveryStep =
  | { outcome: "done"; status: Notification["status"] | "unknown" }
  | { outcome: "later"; delayMs: number; reason: string };

const TURN_MS = 500;
const BEHIND_A_RETRY_MS = 5_000;
const HELD_MS = 30_000;

/** DeliveryDeps is what delivering takes from outside. */
export interface DeliveryDeps {
  outbox: Outbox;
  transports: Transports;
  now: () => number;
  random: () => number;
  retryDelaysMs?: readonly number[];
  /** Called with what each attempt at a channel gave. */
  onAttempt?: (channel: Channel, result: DeliveryResult) => void;
  /** Called with each attempt for the log, once what became of it is recorded. */
  logAttempt?: (attempt: DeliveryAttempt) => Promise<void>;
}

/**
 * deliverNotification sends one notification of the outbox and records what became of it: `sent` only after the receiver accepted it, `failed`
 * with the reason once no further attempt can help. Within an incident a channel is notified in order, and an update is left out where a newer message waits.
 */
export async function deliverNotification(deps: DeliveryDeps, notificationId: string): Promise<DeliveryStep> {
  const { outbox } = deps;
  const notification = await outbox.notification(notificationId);
  if (notification === undefined) return { outcome: "done", status: "unknown" };
  if (notification.status !== "queued") return { outcome: "done", status: notification.status };
  const isTest = notification.transition === "test";
  const [channel, stored, thread] = await Promise.all([
    outbox.channel(notification.channel_id),
    isTest ? undefined : outbox.incident(notification.incident_id),
    outbox.thread(notification.incident_id, notification.channel_id),
  ]);
  if (channel === undefined || !channel.enabled) {
    return close(deps, notification, "the channel was removed or switched off");
  }
  const incident = isTest ? testIncident(notification, channel) : stored;
  // Written just before its incident is: the incident follows within the same evaluation.
  if (incident === undefined)
    return { outcome: "later", delayMs: TURN_MS, reason: "its incident is not stored yet" };
  const releasedAt = isTest ? undefined : heldUntil(channel, incident, deps.now());
  if (releasedAt !== undefined) {
    // An incident that becomes a page releases what is held: it is looked at again before the end.
    const delayMs = Math.min(releasedAt - deps.now(), HELD_MS);
    return { outcome: "later", delayMs, reason: "its channel has its quiet hours" };
  }
  const newer = newerThan(notification, thread);
  if (newer !== undefined) {
    await outbox.save({ ...notification, status: "superseded", last_error: `${newer.id} says it too` });
    return { outcome: "done", status: "superseded" };
  }
  const earlier = thread.find((other) => other.status === "queued" && isBefore(other, notification));
  if (earlier !== undefined) {
    const delayMs = earlier.attempts === 0 ? TURN_MS : BEHIND_A_RETRY_MS;
    return { outcome: "later", delayMs, reason: `${earlier.id} goes first` };
  }
  const head =
    notification.transition === "test"
      ? undefined
      : thread.find((other) => other.status === "sent" && isBefore(other, notification));
  const canLook = deps.transports[channel.kind].canLook === true;
  const begun = canLook ? { ...notification, started_at: deps.now() } : notification;
  if (canLook) await outbox.save(begun);
  return attempt(deps, {
    channel,
    incident,
    notification: begun,
    head,
    mayHaveArrived: notification.started_at !== undefined,
  });
}

async function attempt(
  deps: DeliveryDeps,
  { head, ...rest }: Omit<Delivery, "noteRequest" | "head"> & { head: Notification | undefined },
): Promise<DeliveryStep> {
  const { channel, notification } = rest;
  const requests: SentRequest[] = [];
  const at = deps.now();
  const answer = await sendThrough(channel.kind, deps.transports, {
    ...rest,
    noteRequest: (request) => requests.push(request),
    ...(head === undefined ? {} : { head }),
  });
  const secrets = channelSecrets(channel);
  const result = withoutSecretsIn(answer, secrets);
  const tookMs = deps.now() - at;
  deps.onAttempt?.(channel, result);
  if (result.outcome === "refused" && result.isGone === true) {
    await deps.outbox.switchOff(channel, result.reason);
  }
  const queuedAt = notification.resent_at ?? notification.created_at;
  const dueAt = heldUntil(channel, rest.incident, queuedAt) ?? queuedAt;
  const step = await record(deps, { ...notification, took_ms: tookMs }, result, dueAt);
  await deps.logAttempt?.(attemptOf({ notification, result, requests, secrets, at, tookMs }));
  return step;
}

async function record(
  deps: DeliveryDeps,
  queued: Notification,
  result: DeliveryResult,
  dueAt: number,
): Promise<DeliveryStep> {
  const attempts = queued.attempts + 1;
  const notification = withReceipt(queued, "receipt" in result ? result.receipt : undefined);
  switch (result.outcome) {
    case "sent": {
      const { last_error: _cleared, ...rest } = notification;
      await deps.outbox.save({
        ...rest,
        status: "sent",
        attempts,
        sent_at: deps.now(),
      });
      return { outcome: "done", status: "sent" };
    }
    case "refused":
      return close(deps, { ...notification, attempts }, result.reason);
    case "withheld":
      await deps.outbox.save({ ...notification, status: "silenced", last_error: result.reason });
      return { outcome: "done", status: "silenced" };
    case "retry": {
      // Whoever tries a channel out waits for the answer.
      if (notification.transition === "test") {
        return close(deps, { ...notification, attempts }, result.reason);
      }
      const delay = retryDelay(attempts, result.retryAfterMs, deps.random(), deps.retryDelaysMs);
      // While its receiver is left alone a delivery makes fewer attempts than its schedule has.
      if (delay.outcome === "exhausted" || deps.now() - dueAt > LONGEST_TRIED_MS) {
        return close(
          deps,
          { ...notification, attempts },
          `gave up after ${attempts} attempts: ${result.reason}`,
        );
      }
      await deps.outbox.save({ ...notification, attempts, last_error: result.reason });
      return { outcome: "later", delayMs: delay.delayMs, reason: result.reason };
    }
    default:
      return result satisfies never;
  }
}

function withReceipt(notification: Notification, receipt: Receipt | undefined): Notification {
  return receipt === undefined
    ? notification
    : { ...notification, receipt: { ...notification.receipt, ...receipt } };
}

async function close(
  deps: { outbox: Outbox },
  notification: Notification,
  reason: string,
): Promise<DeliveryStep> {
  await deps.outbox.save({ ...notification, status: "failed", last_error: reason });
  return { outcome: "done", status: "failed" };
}

function sendThrough<Kind extends ChannelKind>(
  kind: Kind,
  transports: Transports,
  delivery: Delivery<ChannelOf<Kind>>,
): Promise<DeliveryResult> {
  return transports[kind].send(delivery);
}

function isBefore(other: Notification, notification: Notification): boolean {
  if (other.id === notification.id || other.transition === "test") return false;
  return other.created_at < notification.created_at;
}
