import type { Channel } from "@leeway/core/channels";
import type { Silence } from "@leeway/core/records";
import { expect, it } from "vitest";
import { exampleIncident } from "../deliver/example-incident.ts";
import { createMemoryStore } from "../evaluate/testing/memory-store.ts";
import { createReadConfigurations } from "./model-configuration.ts";
import { planWork, storeReminders } from "./plan-work.ts";

const PROJECT = "default";
const HOUR = 3_600_000;
const channel: Channel = {
  ...{ id: "team", name: "team", enabled: true, created_at: 0, kind: "slack", slack_channel: "C1" },
};

it("sends what a silence kept back in the first tick after its end, once, and nothing before", async () => {
  const store = createMemoryStore();
  const { incident, notification, silence } = store.records;
  const firing = exampleIncident({ state: "firing", fired_at: 1 });
  const kept = {
    ...{ id: "kept", incident_id: firing.id, channel_id: channel.id, transition: "fired" as const },
    ...{ status: "silenced" as const, attempts: 0, created_at: 1 },
  };
  const work: Silence = { id: "s", starts_at: 0, ends_at: HOUR, comment: "work", created_by: "ada" };
  await store.records.channel.put(PROJECT, channel.id, channel, "ada");
  await silence.put(PROJECT, work.id, work, "ada");
  await incident.put(PROJECT, firing.id, firing, "leeway");
  await notification.put(PROJECT, kept.id, kept, "leeway");
  const tick = async (now: number) => {
    const clocks = { all: async () => [], one: async () => undefined };
    const readConfigurations = createReadConfigurations(store.records);
    const plan = await planWork({
      ...{ store, clocks, readConfigurations, project: PROJECT, memory: new Map(), now: () => now },
    });
    await storeReminders(store, PROJECT, plan.reminders);
    return plan.deliver;
  };
  expect(await tick(HOUR - 1)).toEqual([]);
  const due = await tick(HOUR);
  expect(due).toHaveLength(1);
  // The outbox holds it until it was sent.
  expect(await tick(HOUR + 1_000)).toEqual(due);
  const [queued] = (await notification.list(PROJECT)).filter(({ status }) => status === "queued");
  expect(queued).toMatchObject({ incident_id: firing.id, transition: "updated" });
  await notification.put(
    PROJECT,
    queued!.id,
    { ...queued!, status: "sent", sent_at: HOUR + 2_000 },
    "leeway",
  );
  expect(await tick(HOUR + 3_000)).toEqual([]);
});

it("counts no message as late that quiet hours hold", async () => {
  const store = createMemoryStore();
  const quiet_hours = { days: ["thu" as const], from: "00:00", to: "02:00", time_zone: "UTC" };
  const quiet = { ...channel, quiet_hours };
  const ticket = exampleIncident({ severity: "ticket", state: "acknowledged" });
  const held = {
    ...{ id: "held", incident_id: ticket.id, channel_id: quiet.id, transition: "fired" as const },
    ...{ status: "queued" as const, attempts: 0, created_at: HOUR },
  };
  await store.records.channel.put(PROJECT, quiet.id, quiet, "ada");
  await store.records.incident.put(PROJECT, ticket.id, ticket, "leeway");
  await store.records.notification.put(PROJECT, held.id, held, "leeway");
  const oldestAt = async (now: number) => {
    const clocks = { all: async () => [], one: async () => undefined };
    const readConfigurations = createReadConfigurations(store.records);
    const plan = await planWork({
      ...{ store, clocks, readConfigurations, project: PROJECT, memory: new Map(), now: () => now },
    });
    expect(plan.deliver).toHaveLength(1);
    return plan.oldestQueuedAt;
  };
  expect([await oldestAt(2 * HOUR - 1), await oldestAt(3 * HOUR)]).toEqual([undefined, 2 * HOUR]);
});
