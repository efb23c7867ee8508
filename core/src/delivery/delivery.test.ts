import { describe, expect, it } from "vitest";
import { CHANNEL_KINDS, type Channel, type ChannelKind, channelSchema } from "../channels/index.ts";
import type { Notification, Severity } from "../records/index.ts";
import {
  type ChannelTally,
  channelHealth,
  channelSecrets,
  type DeliveryAttempt,
  decideResend,
  requestText,
  withoutSecrets,
} from "./index.ts";

const NOW = Date.UTC(2026, 0, 5, 12);
const MINUTE = 60_000;

const channelOf = (kind: ChannelKind, changes: object = {}): Channel =>
  channelSchema.parse({
    ...{ id: "c", name: "ml alerts", enabled: true, created_at: 0, kind, ...CHANNEL_KINDS[kind].example },
    ...changes,
  });
const notification = (changes: Partial<Notification>): Notification => ({
  ...{ id: "n", incident_id: "i", channel_id: "c", transition: "fired", status: "queued", attempts: 0 },
  ...{ created_at: NOW - 10 * MINUTE, ...changes },
});
const failed = (at: number): DeliveryAttempt => ({
  ...{ notification_id: "n", channel_id: "c", incident_id: "i", transition: "fired", attempt: 1, at },
  ...{ took_ms: 0, outcome: "retry", concerns_message: false, retry_after_ms: 0, answer: "no answer" },
  request: "",
});

describe("channelHealth", () => {
  const success = { at: NOW - 5 * MINUTE, answer: "status 200" };
  const failure = { at: NOW - 3 * MINUTE, answer: "the receiver answered 503" };
  const tally = (changes: Partial<ChannelTally>): ChannelTally => ({
    ...{ attemptsLastDay: 4, failuresLastDay: 2, recent: [], ...changes },
  });
  it.each<[string, object, ChannelTally | undefined, string, RegExp]>([
    ["is off", { enabled: false }, undefined, "off", /nobody is notified/],
    [
      "was switched off because its receiver is gone",
      { enabled: false, disabled_reason: "the receiver answered 410" },
      tally({ lastFailure: failure }),
      "off",
      /Switched off by Leeway: the receiver answered 410\./,
    ],
    ["was never tried", {}, undefined, "untried", /Send a test/],
    ["arrived last", {}, tally({ lastSuccess: success }), "healthy", /arrived 5 minutes ago/],
    [
      "arrived again after a failure",
      {},
      tally({ lastSuccess: { ...success, at: NOW }, lastFailure: failure }),
      "healthy",
      /arrived 0 seconds/,
    ],
    [
      "failed last",
      {},
      tally({ lastSuccess: success, lastFailure: failure }),
      "failing",
      /failed 3 minutes ago: the receiver answered 503\./,
    ],
    [
      "is left alone after three failures in a row",
      {},
      tally({
        lastFailure: failure,
        recent: [failed(NOW - 3_000), failed(NOW - 2_000), failed(NOW - 1_000)],
      }),
      "paused",
      /did not answer 3 times in a row/,
    ],
    [
      "was left alone and may be asked again",
      {},
      tally({
        lastFailure: failure,
        recent: [failed(NOW - 9_000), failed(NOW - 8_000), failed(NOW - 7_000)],
      }),
      "failing",
      /failed/,
    ],
  ])("says of a channel that %s what it is and why", (_, changes, known, state, sentence) => {
    const health = channelHealth({
      channel: channelOf("webhook", changes),
      ...{ notifications: [], incidents: new Map() },
      tally: known,
      now: NOW,
    });
    expect(health.state).toBe(state);
    expect(health.sentence).toMatch(sentence);
  });

  it("counts what waits, since when, and what never arrived; a test is no dead letter", () => {
    const notifications = [
      notification({ created_at: NOW - 2 * MINUTE }),
      notification({ created_at: NOW - 7 * MINUTE }),
      notification({ status: "failed" }),
      notification({ status: "failed", transition: "test" }),
      notification({ status: "sent" }),
    ];
    expect(
      channelHealth({
        ...{ channel: channelOf("slack"), notifications, incidents: new Map(), tally: undefined, now: NOW },
      }),
    ).toMatchObject({
      ...{ queued: 2, oldest_queued_at: NOW - 7 * MINUTE, dead_letters: 1, failures_last_day: 0 },
      circuit: { failures: 0 },
    });
  });
});

describe("a message that quiet hours hold", () => {
  // Quiet from 11:00 to 13:00, and it is noon.
  const quiet_hours = { days: ["mon"], from: "11:00", to: "13:00", time_zone: "UTC" };
  const QUIET_UNTIL = NOW + 60 * MINUTE;
  it.each<[string, Severity, Partial<Notification>, number, number, number | undefined]>([
    ["is not late", "ticket", {}, NOW, 1, undefined],
    ["waits from their end", "ticket", {}, QUIET_UNTIL + MINUTE, 0, QUIET_UNTIL],
    ["is none where it is a page", "page", {}, NOW, 0, NOW - 10 * MINUTE],
    ["is none where it is a test", "ticket", { transition: "test" }, NOW, 0, NOW - 10 * MINUTE],
    ["waits from when it was sent once more", "page", { resent_at: NOW - MINUTE }, NOW, 0, NOW - MINUTE],
  ])("%s", (_, severity, changes, now, held, oldest) => {
    const health = channelHealth({
      ...{ channel: channelOf("slack", { quiet_hours }), notifications: [notification(changes)] },
      ...{ incidents: new Map([["i", { severity }]]), tally: undefined, now },
    });
    expect([health.queued, health.held, health.oldest_queued_at]).toEqual([1, held, oldest]);
  });
});

describe("decideResend", () => {
  const by = { actor: "ada@example.com", now: NOW };
  it("puts a dead letter back with its id and its place, for a whole schedule of attempts", () => {
    const dead = notification({ status: "failed", attempts: 11, last_error: "gave up" });
    const decision = decideResend(dead, channelOf("slack"), by);
    const { last_error: _gone, ...rest } = dead;
    expect(decision).toEqual({
      outcome: "resend",
      notification: { ...rest, status: "queued", attempts: 0, resent_at: NOW, resent_by: by.actor },
    });
  });

  it.each<[string, Partial<Notification>, Channel | undefined]>([
    ["it is sent", { status: "sent" }, channelOf("slack")],
    ["it was a test", { status: "failed", transition: "test" }, channelOf("slack")],
    ["its channel was removed", { status: "failed" }, undefined],
    ["its channel is off", { status: "failed" }, channelOf("slack", { enabled: false })],
  ])("refuses because %s", (reason, changes, channel) => {
    expect(decideResend(notification(changes), channel, by)).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining(reason),
    });
  });
});

describe("the log", () => {
  it.each<[ChannelKind, object, string[]]>([
    ["slack", { people: { U012AB3CD: "ada@example.com" } }, []],
    ["email", {}, []],
    [
      "webhook",
      { secret: "s".repeat(30), previous_secret: "p".repeat(30) },
      ["s".repeat(30), "p".repeat(30), "https://receiver.example/"],
    ],
    ["pagerduty", {}, ["0123456789abcdef0123456789ABCDEF"]],
    ["opsgenie", {}, ["eb243592-faa2-4ba2-a551-1afdf565c889"]],
    ["discord", {}, ["https://discord.example/api/webhooks/1/token"]],
    ["alertmanager", { token: "a token" }, ["a token"]],
    [
      "retrain",
      { token: "another token", secret: "r".repeat(30) },
      ["r".repeat(30), "another token", "https://receiver.example/"],
    ],
  ])("knows what is secret of a channel of kind %s", (kind, changes, secrets) => {
    expect(channelSecrets(channelOf(kind, changes)).sort()).toEqual([...secrets].sort());
  });

  it("shows dots in place of a secret, also where JSON writes it differently", () => {
    const secret = 'a"secret';
    expect(withoutSecrets(`${secret} ${JSON.stringify({ secret })}`, [secret])).toBe('••• {"secret":"•••"}');
  });

  it("cuts what is very long, and says how long it was", () => {
    const text = requestText([{ to: "POST https://a.example/…", body: "x".repeat(20_000) }]);
    expect(text.length).toBeLessThan(16_100);
    expect(text).toMatch(/cut; 20025 characters in all/);
  });
});
