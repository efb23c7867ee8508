import { z } from "zod";
import { type Channel, waitsSince } from "../channels/index.ts";
import { ageWords } from "../duration/index.ts";
import type { Incident, Notification } from "../records/index.ts";
import { circuitAfter } from "./circuit.ts";
import type { DeliveryAttempt } from "./delivery-attempt.ts";

/** channelHealthSchema is how a channel does. */
export const channelHealthSchema = z.object({
  /** `off`; `untried`: nothing was sent in 30 days; `healthy`: its last attempt arrived; `failing`: it did not; `paused`: its receiver is left alone for a while. */
  state: z.enum(["off", "untried", "healthy", "failing", "paused"]),
  sentence: z.string(),
  /** When the newest message arrived, epoch ms, and what the receiver answered. */
  last_success: z.object({ at: z.number(), answer: z.string() }).optional(),
  last_failure: z.object({ at: z.number(), answer: z.string() }).optional(),
  /** How often in a row the receiver did not answer; `open_until` while it is left alone. */
  circuit: z.object({ failures: z.number().int(), open_until: z.number().optional() }),
  /** Messages that wait, how many of them for the end of quiet hours, and since when the oldest of the others could be sent. */
  queued: z.number().int(),
  held: z.number().int(),
  oldest_queued_at: z.number().optional(),
  attempts_last_day: z.number().int(),
  failures_last_day: z.number().int(),
  /** Messages that never arrived and can be sent once more. */
  dead_letters: z.number().int(),
});

export type ChannelHealth = z.infer<typeof channelHealthSchema>;

/** ChannelTally is what the log of attempts says of a channel. */
export interface ChannelTally {
  lastSuccess?: { at: number; answer: string };
  lastFailure?: { at: number; answer: string };
  attemptsLastDay: number;
  failuresLastDay: number;
  /** The newest attempts, oldest first. */
  recent: readonly DeliveryAttempt[];
}

/** channelHealth returns how a channel does, from its outbox and the log of its attempts. O(notifications + attempts). */
export function channelHealth(input: {
  channel: Channel;
  /** Those of the channel. */
  notifications: readonly Notification[];
  /** Those of which something waits, by id. */
  incidents: ReadonlyMap<string, Pick<Incident, "severity">>;
  tally: ChannelTally | undefined;
  now: number;
}): ChannelHealth {
  const { channel, notifications, incidents, tally, now } = input;
  const queued = notifications.filter(({ status }) => status === "queued");
  const waiting = queued
    .map((one) => waitsSince(channel, incidents.get(one.incident_id), one, now))
    .filter((since) => since !== undefined);
  const deadLetters = notifications.filter(
    ({ status, transition }) => status === "failed" && transition !== "test",
  ).length;
  const { failures, openUntil } = circuitAfter(tally?.recent ?? []);
  const state = stateOf(channel, tally, openUntil > now);
  const facts = {
    ...(tally?.lastSuccess === undefined ? {} : { last_success: tally.lastSuccess }),
    ...(tally?.lastFailure === undefined ? {} : { last_failure: tally.lastFailure }),
    circuit: { failures, ...(openUntil > now ? { open_until: openUntil } : {}) },
    queued: queued.length,
    held: queued.length - waiting.length,
    ...(waiting.length === 0 ? {} : { oldest_queued_at: Math.min(...waiting) }),
    attempts_last_day: tally?.attemptsLastDay ?? 0,
    failures_last_day: tally?.failuresLastDay ?? 0,
    dead_letters: deadLetters,
  };
  return { state, sentence: sentenceOf(channel, state, facts, now), ...facts };
}

function stateOf(channel: Channel, tally: ChannelTally | undefined, isOpen: boolean): ChannelHealth["state"] {
  if (!channel.enabled) return "off";
  if (isOpen) return "paused";
  const { lastSuccess, lastFailure } = tally ?? {};
  if (lastFailure !== undefined && lastFailure.at > (lastSuccess?.at ?? 0)) return "failing";
  return lastSuccess === undefined ? "untried" : "healthy";
}

function sentenceOf(
  channel: Channel,
  state: ChannelHealth["state"],
  facts: Omit<ChannelHealth, "state" | "sentence">,
  now: number,
): string {
  const ago = (at: number | undefined) => ageWords(now - (at ?? now));
  const why = (facts.last_failure?.answer ?? "no answer").replace(/\.$/, "");
  switch (state) {
    case "off":
      return channel.disabled_reason === undefined
        ? "Switched off: nobody is notified here."
        : `Switched off by Leeway: ${channel.disabled_reason}.`;
    case "paused":
      return `The receiver did not answer ${facts.circuit.failures} times in a row and is left alone for a while: ${why}.`;
    case "failing":
      return `The last attempt failed ${ago(facts.last_failure?.at)}: ${why}.`;
    case "untried":
      return "Nothing was sent here in the last 30 days. Send a test.";
    case "healthy":
      return `The last message arrived ${ago(facts.last_success?.at)}.`;
    default:
      return state satisfies never;
  }
}
