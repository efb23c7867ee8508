import { describe, expect, test } from "vitest";
import type { Channel } from "../channels/index.ts";
import type { Incident, Notification, Silence } from "../records/index.ts";
import { repeatNotifications } from "./repeat-notifications.ts";

const HOUR = 3_600_000;
const base = { name: "a channel", enabled: true, created_at: 0 };
const slack: Channel = { ...base, id: "slack", kind: "slack", slack_channel: "C1" };
const retrain: Channel = {
  ...base,
  ...{ id: "retrain", kind: "retrain", url: "https://trainer.example/", secret: "x".repeat(24) },
  ...{ causes: ["concept_drift"], cool_down: 0 },
  ...{ least_confidence: 0, least_severity: "notice", approval: false, time_limit: 86_400_000 },
  ...{ auto_promote: false, auto_archive: false },
};
const incident: Incident = {
  ...{ id: "inc", model: "flights", version: "1", environment: "production", cause: "concept_drift" },
  ...{
    confidence: 0.9,
    severity: "page",
    state: "firing",
    title: "",
    summary: "",
    next_steps: [],
    features: [],
  },
  ...{ started_at: 0, last_failing_at: HOUR, fired_at: 0, healthy_windows: 0 },
  ...{ evaluations: [], evaluation_count: 0 },
};

const row = (status: Notification["status"], at: number, channel_id = "slack"): Notification => ({
  ...{ id: `${status} ${at} ${channel_id}`, incident_id: "inc", channel_id, transition: "fired", status },
  ...{ attempts: 0, created_at: at, ...(status === "sent" ? { sent_at: at } : {}) },
});
const silence = (from: number, to: number, changes: Partial<Silence> = {}): Silence => ({
  ...{ id: `${from} ${to}`, starts_at: from * HOUR, ends_at: to * HOUR, comment: "", created_by: "ana" },
  ...changes,
});

const repeat = (now: number, changes: Partial<Parameters<typeof repeatNotifications>[0]> = {}) =>
  repeatNotifications({
    ...{ incidents: [incident], notifications: [row("sent", 0)], channels: [slack, retrain], silences: [] },
    ...{ now: now * HOUR, repeatMs: 24 * HOUR },
    ...changes,
  });

test("a channel is reminded as often as it wants", () => {
  const often: Channel = { ...slack, remind_every: 4 * HOUR };
  expect([3, 4, 8].map((now) => repeat(now, { channels: [often] }).length)).toEqual([0, 1, 1]);
  expect(repeat(4, { channels: [often] })[0]?.id).not.toBe(repeat(8, { channels: [often] })[0]?.id);
  expect(repeat(8)).toEqual([]);
});

describe("a snooze", () => {
  const snoozed = (state: Incident["state"], until: number) => ({
    incidents: [{ ...incident, state, snoozed_until: until * HOUR, snoozed_by: "ana" }],
  });

  test("keeps reminders away until it is over, and then people are notified again, once", () => {
    expect(repeat(25, snoozed("firing", 26))).toEqual([]);
    const [row1, ...more] = repeat(26, snoozed("firing", 26));
    expect(row1).toMatchObject({ channel_id: "slack", occasion: { reason: "snooze_over" } });
    expect(more).toEqual([]);
    const notifications = [row("sent", 0), row("sent", 26 * HOUR)];
    expect(repeat(27, { ...snoozed("firing", 26), notifications })).toEqual([]);
  });

  test("of an incident that somebody took on ends with a message, too, but not of a resolved one", () => {
    expect(repeat(3, snoozed("acknowledged", 2))).toHaveLength(1);
    expect(repeat(3, snoozed("resolved", 2))).toEqual([]);
  });
});

describe("repeatNotifications", () => {
  test("reminds once a day of what fires and nobody acknowledged", () => {
    const changed = (state: Incident["state"]) => ({ incidents: [{ ...incident, state }] });
    expect(repeat(23)).toEqual([]);
    expect(repeat(25)).toHaveLength(1);
    expect(repeat(25)[0]?.id).toBe(repeat(26)[0]?.id);
    expect(repeat(25, changed("acknowledged"))).toEqual([]);
    expect(repeat(25, changed("resolved"))).toEqual([]);
  });

  type Rows = Notification[];
  const kept = row("silenced", 0);
  test.each<[string, number, Rows, Silence[], number]>([
    ["an alarm was kept back and the silence is over", 3, [kept], [silence(-1, 2)], 1],
    ["an alarm was kept back and the silence ends at this moment", 2, [kept], [silence(-1, 2)], 1],
    ["the silence goes on", 1, [kept], [silence(-1, 2)], 0],
    ["another silence goes on", 3, [kept], [silence(-1, 2), silence(1, 9)], 0],
    ["the second of two silences is over", 10, [kept], [silence(-1, 2), silence(1, 9)], 1],
    ["the silence was deleted", 1, [kept], [], 1],
    ["people knew of it before the silence", 3, [row("sent", 0)], [silence(1, 2)], 1],
    ["people were notified after the silence", 4, [kept, row("sent", 3 * HOUR)], [silence(-1, 2)], 0],
    [
      "a notification after the silence waits to be sent",
      4,
      [kept, row("queued", 3 * HOUR)],
      [silence(-1, 2)],
      0,
    ],
    ["a change was kept back later", 6, [row("sent", 0), row("silenced", 4 * HOUR)], [silence(3, 5)], 1],
    ["the silence was over before it fired", 3, [row("sent", 0)], [silence(-2, 0)], 0],
    ["the silence has not begun", 3, [row("sent", 0)], [silence(5, 9)], 0],
    ["the silence was of another model", 3, [row("sent", 0)], [silence(1, 2, { model: "another" })], 0],
    ["the silence was of another cause", 3, [row("sent", 0)], [silence(1, 2, { cause: "serving" })], 0],
    ["the silence was never in force", 3, [row("sent", 0)], [silence(2, 1)], 0],
    ["its channel does not take it", 60, [row("not_subscribed", 0)], [], 0],
    ["only a retraining was kept back", 3, [row("silenced", 0, "retrain")], [silence(-1, 2)], 0],
  ])("after a silence: %s", (_, now, notifications, silences, expected) => {
    const due = repeat(now, { notifications, silences });
    expect(due.map(({ channel_id, status }) => [channel_id, status])).toEqual(
      Array.from({ length: expected }, () => ["slack", "queued"]),
    );
    // Once it is in the outbox, it is not due again.
    expect(repeat(now, { notifications: [...notifications, ...due], silences })).toEqual([]);
    expect(repeat(now + 0.1, { notifications: [...notifications, ...due], silences })).toEqual([]);
  });

  test("comes to the same id when a step is repeated by another clock", () => {
    const ids = (now: number) =>
      repeat(now, { notifications: [kept], silences: [silence(-1, 2)] }).map(({ id }) => id);
    expect(ids(3)).toEqual(ids(4));
  });

  test("notifies nobody of an acknowledged incident when its silence is over", () => {
    const acknowledged: Incident = { ...incident, state: "acknowledged" };
    const silences = [silence(-1, 2)];
    expect(repeat(3, { incidents: [acknowledged], notifications: [kept], silences })).toEqual([]);
  });
});
