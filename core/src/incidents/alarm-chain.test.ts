import { describe, expect, it } from "vitest";
import type { FoldedVerdict } from "../evaluation/index.ts";
import type { IncidentAction, Notification } from "../records/index.ts";
import { alarmChain } from "./alarm-chain.ts";

const alarm: FoldedVerdict = {
  ...{ model: "m", version: "1", environment: "production", monitor_id: "drift", segment: "" },
  ...{ window_start: 0, window_end: 10, revision: 1, outcome: "alarm" },
  ...{ judged_at: 100, folded_at: 110, incident_id: "inc", notification_ids: ["n"] },
};
const notification = (rest: Partial<Notification>): Notification => ({
  ...{ id: "n", incident_id: "inc", channel_id: "team", transition: "fired", attempts: 1 },
  ...{ status: "sent", created_at: 110, sent_at: 130 },
  ...rest,
});
const acknowledged: IncidentAction = {
  ...{ id: "a", incident_id: "inc", action: "acknowledge", actor: "ada", at: 200 },
};

describe("what became of an alarm", () => {
  it("names every step with its time", () => {
    const { links, stops } = alarmChain(alarm, [notification({})], [acknowledged]);
    expect(links.map(({ step, at }) => [step, at])).toEqual([
      ["judged", 100],
      ["folded", 110],
      ["queued", 110],
      ["sent", 130],
      ["answered", 200],
    ]);
    expect(stops).toEqual([]);
  });

  it.each<[string, Partial<FoldedVerdict>, Partial<Notification>, object[]]>([
    [
      "under a silence",
      { stopped: "silenced" },
      { status: "silenced" },
      [{ after: "folded", reason: "silenced", channel_id: "team" }],
    ],
    [
      "at a channel that does not take it",
      { stopped: "not_subscribed" },
      { status: "not_subscribed", last_error: "it is a notice" },
      [{ after: "folded", reason: "not_subscribed", channel_id: "team", detail: "it is a notice" }],
    ],
    [
      "at a channel that refused it",
      {},
      { status: "failed", last_error: "404" },
      [{ after: "queued", reason: "failed", channel_id: "team", detail: "404" }],
    ],
    [
      "where there is nobody to notify",
      { stopped: "no_channel", notification_ids: [] },
      {},
      [{ after: "folded", reason: "no_channel" }],
    ],
    [
      "in an incident that was open already",
      { stopped: "grouped", notification_ids: [] },
      {},
      [{ after: "folded", reason: "grouped" }],
    ],
  ])("says where it stopped: %s", (_, folded, sent, stops) => {
    expect(alarmChain({ ...alarm, ...folded }, [notification(sent)], []).stops).toEqual(stops);
  });

  it("is answered by what was done before to the incident that it joined", () => {
    const grouped = { ...alarm, stopped: "grouped" as const, judged_at: 300, folded_at: 310 };
    expect(alarmChain(grouped, [], [acknowledged]).links.at(-1)).toEqual({
      ...{ step: "answered", at: 200, by: "ada" },
    });
    expect(alarmChain({ ...alarm, folded_at: 310 }, [], [acknowledged]).links).toHaveLength(2);
  });
});
