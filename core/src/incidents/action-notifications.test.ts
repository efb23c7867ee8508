import { describe, expect, test } from "vitest";
import type { Channel } from "../channels/index.ts";
import type { Incident, IncidentAction, Notification } from "../records/index.ts";
import { actionNotifications } from "./action-notifications.ts";

const slack: Channel = {
  ...{ id: "slack", name: "team", enabled: true, created_at: 0 },
  ...{ kind: "slack", slack_channel: "C1" },
};
const incident = { id: "inc", state: "acknowledged", fired_at: 5 } as Incident;
const sent: Notification = {
  ...{ id: "n", incident_id: "inc", channel_id: "slack", transition: "fired", status: "sent" },
  ...{ attempts: 1, created_at: 5 },
};
const done = (action: IncidentAction["action"], rest: Partial<IncidentAction> = {}): IncidentAction => ({
  ...{ id: "a", incident_id: "inc", action, actor: "ana@example.com", at: 9 },
  ...rest,
});
const due = (
  action: IncidentAction,
  rest: Partial<Parameters<typeof actionNotifications>[0]> = {},
): Notification[] =>
  actionNotifications({
    ...{ incident, action, before: [], channels: [slack], notifications: [sent], now: 9 },
    ...rest,
  });

describe("what a person does reaches every channel that was notified", () => {
  test.each<[IncidentAction, Notification["transition"], string]>([
    [done("acknowledge"), "updated", "Acknowledged by ana@example.com."],
    [done("resolve", { text: "rolled back" }), "resolved", "Resolved by ana@example.com: rolled back"],
    [done("undo"), "updated", "ana@example.com took the resolution back."],
    [done("reopen"), "updated", "Reopened by ana@example.com."],
    [
      done("snooze", { until: 3_600_000 }),
      "updated",
      "Snoozed by ana@example.com until 1970-01-01 01:00 UTC.",
    ],
    [done("assign", { assignee: "bo" }), "updated", "Assigned to bo by ana@example.com."],
    [done("assign"), "updated", "No longer assigned, says ana@example.com."],
  ])("$action", (action, transition, words) => {
    expect(due(action)).toMatchObject([
      { channel_id: "slack", transition, status: "queued", occasion: { by: action.actor, words } },
    ]);
  });

  test("but a note stays on the page", () => {
    expect(due(done("note", { text: "x" }))).toEqual([]);
  });

  test("and not one that was never notified: switched off, silenced, or added later", () => {
    expect(due(done("resolve"), { channels: [{ ...slack, enabled: false }] })).toEqual([]);
    expect(due(done("resolve"), { notifications: [{ ...sent, status: "silenced" }] })).toEqual([]);
    expect(due(done("resolve"), { notifications: [] })).toEqual([]);
    expect(due(done("resolve"), { notifications: [{ ...sent, status: "queued" }] })).toHaveLength(1);
  });
});

test("two people who do the same at once are one message", () => {
  const first = due(done("acknowledge", { id: "a" }));
  const second = done("acknowledge", { id: "b", actor: "bo@example.com" });
  expect(due(second).map(({ id }) => id)).toEqual(first.map(({ id }) => id));
  expect(due(second, { notifications: [sent, ...first] })).toEqual([]);
});

test("a second resolution, after the first was taken back, is a message of its own", () => {
  const before = [done("resolve", { id: "a" }), done("undo", { id: "b" })];
  expect(due(done("resolve", { id: "c" }), { before })[0]?.id).not.toBe(due(done("resolve"))[0]?.id);
});
