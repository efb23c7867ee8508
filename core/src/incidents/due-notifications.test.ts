import { describe, expect, test } from "vitest";
import type { Channel } from "../channels/index.ts";
import type { Silence } from "../records/index.ts";
import { dueNotifications } from "./due-notifications.ts";
import type { IncidentTransition } from "./incident-step.ts";
import { stepIncidents } from "./step-incidents.ts";

const HOUR_MS = 3_600_000;
const base = { name: "a channel", enabled: true, created_at: 0 };
const slack: Channel = { ...base, id: "slack", kind: "slack", slack_channel: "C1" };
const retrain: Channel = {
  ...base,
  id: "retrain",
  kind: "retrain",
  url: "https://trainer.example/",
  secret: "x".repeat(24),
  causes: ["concept_drift"],
  cool_down: 0,
  ...{ least_confidence: 0, least_severity: "notice", approval: false, time_limit: 86_400_000 },
  ...{ auto_promote: false, auto_archive: false },
};

function fired(cause: "pipeline" | "concept_drift", now = 1_000): IncidentTransition {
  return stepIncidents({
    incidents: [],
    now,
    evaluations: [
      {
        model: "flights",
        version: "1",
        environment: "production",
        monitor_id: "m",
        kind: "drift",
        window_start: 0,
        window_end: HOUR_MS,
        outcome: "alarm",
        cause,
        confidence: 0.9,
        reason: "because",
      },
    ],
  }).transitions[0]!;
}

const due = (transition: IncidentTransition, rest: Partial<Parameters<typeof dueNotifications>[0]> = {}) =>
  dueNotifications({ transition, channels: [slack, retrain], silences: [], now: 5, ...rest });

describe("dueNotifications", () => {
  test("tells every enabled channel, and retraining only of causes it retrains for", () => {
    expect(due(fired("pipeline")).map(({ channel_id }) => channel_id)).toEqual(["slack"]);
    expect(due(fired("concept_drift")).map(({ channel_id }) => channel_id)).toEqual(["slack", "retrain"]);
    const off = { ...slack, enabled: false };
    expect(due(fired("pipeline"), { channels: [off] })).toEqual([]);
    expect(due(fired("pipeline"), { channelIds: ["elsewhere"] })).toEqual([]);
  });

  test("stores for a channel that does not take the incident why, unless it was notified of it before", () => {
    const picky: Channel = { ...slack, subscribes: { models: ["fraud-*"] } };
    const transition = fired("pipeline");
    const [row] = due(transition, { channels: [picky] });
    expect(row).toMatchObject({
      ...{ status: "not_subscribed", channel_id: "slack" },
      last_error: "its model is flights, and the channel takes fraud-*",
    });
    const silent = due(transition, { channels: [picky], earlier: [row!] });
    expect(silent.map(({ status }) => status)).toEqual(["not_subscribed"]);
    const reached = due(transition, { channels: [picky], earlier: [{ ...row!, status: "sent" }] });
    expect(reached.map(({ status }) => status)).toEqual(["queued"]);
  });

  test("does not start a retraining because an incident resolved", () => {
    const transition: IncidentTransition = {
      ...fired("concept_drift"),
      transition: "resolved",
      reason: "recovered",
    };
    expect(due(transition).map(({ channel_id }) => channel_id)).toEqual(["slack"]);
  });

  test("starts none of a model that the trigger is not for", () => {
    const channels = [{ ...retrain, models: ["another"] }];
    expect(due(fired("concept_drift"), { channels })).toEqual([]);
  });

  test("comes to the same ids when a step is repeated by another clock, so that nobody is notified twice", () => {
    const ids = (now: number) => due(fired("concept_drift", now), { now }).map(({ id }) => id);
    expect(ids(1)).toEqual(ids(2));
    expect(new Set(ids(1)).size).toBe(2);
    // Standard Webhooks signs `id.timestamp.body`: an id must hold no dot.
    expect(ids(1).join("")).not.toContain(".");
  });

  test.each<[string, Partial<IncidentTransition>, number, string]>([
    ["nothing is sent", {}, 4, "silenced"],
    ["its end is", { transition: "resolved", reason: "recovered" }, 4, "queued"],
    ["what is worse is", { transition: "updated", reason: "severity_raised" }, 4, "queued"],
    ["another cause is not", { transition: "updated", reason: "cause_changed" }, 4, "silenced"],
    [
      "another cause that is worse is",
      { transition: "updated", reason: "cause_changed", is_raised: true },
      4,
      "queued",
    ],
    ["and all is once it is over", {}, 5, "queued"],
  ])("while an incident is snoozed %s", (_, changes, now, status) => {
    const transition = { ...fired("pipeline"), ...changes };
    const snoozed = { ...transition, incident: { ...transition.incident, snoozed_until: 5 } };
    expect(due(snoozed, { now })[0]?.status).toBe(status);
  });

  test.each<[string, Partial<Silence>, string]>([
    ["of the model", { model: "flights" }, "silenced"],
    ["of everything", {}, "silenced"],
    ["of another model", { model: "another" }, "queued"],
    ["of another cause", { cause: "serving" }, "queued"],
    ["that is over", { ends_at: 5 }, "queued"],
    ["that has not begun", { starts_at: 6 }, "queued"],
  ])("writes down but does not send under a silence %s", (_, changes, status) => {
    const silence = {
      id: "s",
      starts_at: 0,
      ends_at: 10,
      comment: "maintenance",
      created_by: "ana",
      ...changes,
    };
    const row = due(fired("pipeline"), { silences: [silence] })[0];
    expect([row?.status, row?.silence_id]).toEqual([status, status === "silenced" ? "s" : undefined]);
  });

  test("notifies of the end whom it notified of the beginning, also where its monitor names other channels by then", () => {
    const beginning = fired("pipeline");
    const earlier = due(beginning).map((row) => ({ ...row, status: "sent" as const }));
    const end: IncidentTransition = { ...beginning, transition: "resolved", reason: "recovered" };
    const told = (rest: object) =>
      due(end, { channelIds: ["elsewhere"], ...rest }).map((row) => row.channel_id);
    expect([told({ earlier }), told({ earlier: [] })]).toEqual([["slack"], []]);
  });

  test.each([
    ["sent", "queued"],
    ["queued", "queued"],
    ["failed", "queued"],
    ["silenced", "silenced"],
  ] as const)(
    "notifies of the end under a silence where the beginning was %s: it is %s",
    (before, status) => {
      const silences = [{ id: "s", starts_at: 0, ends_at: 10, comment: "maintenance", created_by: "ana" }];
      const beginning = fired("pipeline");
      const earlier = due(beginning).map((row) => ({ ...row, status: before }));
      const end: IncidentTransition = { ...beginning, transition: "resolved", reason: "recovered" };
      expect(due(end, { silences, earlier })[0]?.status).toBe(status);
    },
  );
});
