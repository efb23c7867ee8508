import { describe, expect, it, test } from "vitest";
import type { Incident } from "../../records/index.ts";
import type { Channel } from "../channel.ts";
import { slackButtons } from "./slack-buttons.ts";
import { decideSlackClick, type SlackInteraction } from "./slack-click.ts";

const channel = (people: Record<string, string>, changes: object = {}): Channel => ({
  ...{ kind: "slack", id: "c", name: "alerts", enabled: true, created_at: 0, slack_channel: "C1" },
  ...{ people, ...changes },
});
const click = (action_id: string, value = "inc_1"): SlackInteraction => ({
  type: "block_actions",
  user: { id: "U1" },
  actions: [{ action_id, value, action_ts: "1700000000.250000" }],
});
const ada = channel({ U1: "ada@example.com" });
const user = { email: "Ada@example.com", role: "admin" } as const;

describe("a click in Slack", () => {
  it.each(["acknowledge", "resolve"] as const)("is %s by the person whom a channel names", (action) => {
    expect(decideSlackClick(click(`leeway_${action}`), [ada], [user])).toEqual({
      outcome: "act",
      id: "slack_U1_1700000000.250000",
      incidentId: "inc_1",
      action,
      actor: "ada@example.com",
    });
  });

  it("snoozes for an hour from the click on, however often it is reported", () => {
    expect(decideSlackClick(click("leeway_snooze"), [ada], [])).toMatchObject({
      action: "snooze",
      until: 1_700_000_000_250 + 3_600_000,
    });
  });

  it.each(["yes", "no", "expected"] as const)("marks the incident: %s", (useful) => {
    expect(decideSlackClick(click(`leeway_useful_${useful}`), [ada], [])).toMatchObject({
      ...{ action: "mark", useful },
    });
  });

  it.each<[string, Channel[], object[], string]>([
    ["nobody named", [channel({ U2: "bob@example.com" })], [], "no channel names"],
    ["a name that every object has", [channel({})], [], "no channel names"],
    [
      "a channel that is switched off",
      [channel({ U1: "ada@example.com" }, { enabled: false })],
      [],
      "no channel",
    ],
    ["two people for one member", [ada, channel({ U1: "bob@example.com" })], [], "different people"],
    ["a user who may only look", [ada], [{ ...user, role: "viewer" }], "may look at incidents"],
    ["a disabled user", [ada], [{ ...user, disabled_at: 1 }], "may look at incidents"],
  ])("is refused with the reason: %s", (_, channels, users, reason) => {
    expect(decideSlackClick(click("leeway_resolve"), channels, users as never)).toEqual({
      outcome: "refused",
      reason: expect.stringContaining(reason),
    });
  });

  it("does nothing for the link to the page, nor for what every object has", () => {
    expect(decideSlackClick(click("open_incident"), [ada], []).outcome).toBe("ignored");
    expect(decideSlackClick(click("constructor"), [ada], []).outcome).toBe("ignored");
  });
});

test.each<[Incident["state"], string[]]>([
  ["firing", ["Acknowledge", "Resolve", "Snooze 1 h", "Useful", "Not useful", "Expected"]],
  ["acknowledged", ["Resolve", "Snooze 1 h", "Useful", "Not useful", "Expected"]],
  ["resolved", ["Useful", "Not useful", "Expected"]],
])("a message of an incident that is %s has the buttons %j", (state, texts) => {
  const buttons = slackButtons({ id: "inc_1", state }, "fired");
  expect(buttons.map(({ text }) => text.text)).toEqual(texts);
});

test("a test message has no buttons", () => {
  expect(slackButtons({ id: "inc_1", state: "firing" }, "test")).toEqual([]);
});
