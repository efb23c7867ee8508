import { describe, expect, it } from "vitest";
import type { Channel } from "../channels/index.ts";
import type { Incident, Notification, Silence } from "../records/index.ts";
import { escalationNotifications } from "./index.ts";

const MINUTE = 60_000;
const FIRED = 100 * MINUTE;
const channel = (id: string, rest: object = {}): Channel => ({
  ...{ id, name: id, enabled: true, created_at: 0, kind: "slack", slack_channel: "C1" },
  ...rest,
});
const first = channel("first");
const second = channel("second", { notify_after: 15 * MINUTE });
const third = channel("third", { notify_after: 30 * MINUTE });
const incident = {
  ...{
    id: "i",
    model: "fraud",
    version: "1",
    environment: "production",
    cause: "pipeline",
    severity: "page",
  },
  ...{ state: "firing", fired_at: FIRED, features: [] },
} as unknown as Incident;
const row = (channel_id: string, rest: Partial<Notification> = {}): Notification => ({
  ...{
    id: `n-${channel_id}`,
    incident_id: "i",
    channel_id,
    transition: "fired",
    status: "sent",
    attempts: 1,
  },
  ...{ created_at: FIRED, ...rest },
});
const waits = row("second", { status: "not_subscribed" });
const silence: Silence = {
  ...{ id: "s", comment: "work", created_by: "ada", starts_at: FIRED, ends_at: FIRED + 20 * MINUTE },
};

// Fired at 01:40, quiet until 02:40.
const quiet_hours = { days: ["thu"] as const, from: "00:00", to: "02:40", time_zone: "UTC" };
const heldTicket = {
  incident: { severity: "ticket" as const },
  channels: [channel("first", { quiet_hours }), second],
  rows: [row("first", { status: "queued" })],
};
const job = channel("job", { kind: "retrain", url: "https://ci.example.com" });
const reopened = row("first", {
  ...{ id: "again", transition: "updated", created_at: FIRED + 60 * MINUTE },
  occasion: { reason: "reopen" },
});
const sentLate = row("first", { sent_at: FIRED + 10 * MINUTE });

interface Case {
  after: number;
  incident?: Partial<Incident>;
  channels?: Channel[];
  rows?: Notification[];
  silences?: Silence[];
  named?: string[];
}

const due = (one: Case) =>
  escalationNotifications({
    incidents: [{ ...incident, ...one.incident }],
    notifications: one.rows ?? [row("first"), waits],
    channels: one.channels ?? [first, second, third],
    silences: one.silences ?? [],
    channelIdsOf: () => one.named,
    now: FIRED + one.after * MINUTE,
  });

describe("an incident that nobody acknowledges", () => {
  it.each<[string, Case, string[]]>([
    ["goes to nobody else before its time", { after: 14 }, []],
    ["goes to the next channel then", { after: 15 }, ["second"]],
    ["goes on to the one after it", { after: 30, rows: [row("first"), row("second")] }, ["third"]],
    ["goes to all that are due after an outage", { after: 90 }, ["second", "third"]],
    ["goes to each once", { after: 29, rows: [row("first"), row("second")] }, []],
    ["was acknowledged", { after: 60, incident: { state: "acknowledged" } }, []],
    ["is snoozed", { after: 60, incident: { snoozed_until: FIRED + 61 * MINUTE } }, []],
    ["is silenced", { after: 19, silences: [silence] }, []],
    [
      "was kept back by a silence from everybody",
      { after: 25, rows: [row("first", { status: "silenced" })] },
      [],
    ],
    [
      "was kept back at first, and waits from when the first was notified",
      {
        after: 34,
        rows: [
          row("first", { status: "silenced" }),
          row("first", { id: "n", created_at: FIRED + 20 * MINUTE }),
        ],
      },
      [],
    ],
    [
      "was kept back by a silence from a channel that is off by now",
      {
        after: 15,
        channels: [{ ...first, enabled: false }, second],
        rows: [row("first", { status: "silenced" }), waits],
      },
      ["second"],
    ],
    [
      "was kept back from a job that waits for approval, and from nobody else",
      { after: 15, channels: [job, second], rows: [row("job", { status: "silenced" }), waits] },
      ["second"],
    ],
    ["was opened again, and waits from then", { after: 74, rows: [row("first"), waits, reopened] }, []],
    ["was opened again long enough ago", { after: 75, rows: [row("first"), waits, reopened] }, ["second"]],
    ["is a ticket that quiet hours hold back from the first", { after: 60, ...heldTicket }, []],
    ["is such a ticket, and they are over", { after: 60 + 15, ...heldTicket }, ["second"]],
    ["was sent later than it was queued", { after: 20, rows: [sentLate] }, []],
    ["has only channels that wait", { after: 15, rows: [waits] }, ["second"]],
    ["fired anew", { after: 14, rows: [row("first", { created_at: 0 }), row("first")] }, []],
    [
      "is none that the channel takes",
      {
        after: 60,
        channels: [channel("second", { notify_after: MINUTE, subscribes: { models: ["churn"] } })],
      },
      [],
    ],
    ["is of monitors that name others", { after: 60, named: ["first"] }, []],
    ["is of monitors that name it", { after: 20, named: ["first", "second"] }, ["second"]],
    ["has a channel that is off", { after: 60, channels: [{ ...second, enabled: false }] }, []],
  ])("%s", (_, one, channels) => {
    expect(due(one).map(({ channel_id }) => channel_id)).toEqual(channels);
  });

  it("says so, once for each firing", () => {
    const [one] = due({ after: 15 });
    expect(one).toMatchObject({
      ...{ transition: "fired", status: "queued", note: "Nobody acknowledged this for 15m." },
      occasion: { reason: "escalated" },
    });
    expect(due({ after: 16 })[0]?.id).toBe(one?.id);
    expect(due({ after: 40, incident: { fired_at: FIRED + MINUTE }, rows: [] })[0]?.id).not.toBe(one?.id);
  });
});
