import { CHANNEL_KINDS, type Channel } from "@leeway/core/channels";
import type { DeliveryAttempt } from "@leeway/core/delivery";
import type { Incident, Notification } from "@leeway/core/records";
import { describe, expect, it } from "vitest";
import { deliverNotification, type Outbox } from "./deliver-notification.ts";
import { exampleChannel, exampleDelivery } from "./example-delivery.ts";
import { exampleIncident } from "./example-incident.ts";
import type { DeliveryResult } from "./retry/delivery-result.ts";
import type { Delivery, Transports } from "./transport.ts";

const channel = exampleChannel("webhook");
const fired = exampleDelivery(channel).notification;
const resolved: Notification = {
  ...fired,
  id: "incident-1-resolved",
  transition: "resolved",
  created_at: fired.created_at + 1,
};

describe("deliverNotification", () => {
  it("records a delivery as sent only after the receiver accepted it", async () => {
    const world = createWorld({
      notifications: [fired],
      results: [{ outcome: "sent", receipt: { ts: "1" } }],
    });
    expect(await world.deliver(fired.id)).toEqual({ outcome: "done", status: "sent" });
    expect(world.log).toEqual(["send incident-1-fired-channel-webhook", "save sent"]);
    expect(world.saved(fired.id)).toMatchObject({ attempts: 1, receipt: { ts: "1" }, sent_at: 1_000 });
  });

  it("sends nothing again once it is recorded as sent", async () => {
    const world = createWorld({ notifications: [{ ...fired, status: "sent" }] });
    expect(await world.deliver(fired.id)).toEqual({ outcome: "done", status: "sent" });
    expect(world.log).toEqual([]);
  });

  it("keeps the count of attempts and the reason between attempts, and then gives up visibly", async () => {
    const retry: DeliveryResult = { outcome: "retry", reason: "the receiver answered 503" };
    const world = createWorld({ notifications: [fired], results: [retry, retry, retry] });
    expect(await world.deliver(fired.id)).toMatchObject({ outcome: "later", delayMs: 10 });
    expect(world.saved(fired.id)).toMatchObject({ status: "queued", attempts: 1, last_error: retry.reason });
    expect(await world.deliver(fired.id)).toMatchObject({ outcome: "later", delayMs: 20 });
    expect(await world.deliver(fired.id)).toEqual({ outcome: "done", status: "failed" });
    expect(world.saved(fired.id)).toMatchObject({
      status: "failed",
      attempts: 3,
      last_error: expect.stringContaining("503"),
    });
  });

  it("does not try again what can never work", async () => {
    const world = createWorld({ notifications: [fired], results: [{ outcome: "refused", reason: "410" }] });
    expect(await world.deliver(fired.id)).toEqual({ outcome: "done", status: "failed" });
  });

  it("tells a channel of an incident in order", async () => {
    const sent: DeliveryResult = { outcome: "sent", receipt: { ts: "1" } };
    const world = createWorld({ notifications: [fired, resolved], results: [sent, sent] });
    expect((await world.deliver(resolved.id)).outcome).toBe("later");
    await world.deliver(fired.id);
    await world.deliver(resolved.id);
    expect(world.deliveries.map((delivery) => delivery.head?.id)).toEqual([undefined, fired.id]);
  });

  it("sends of a queue of updates only the newest, and says of the others which one", async () => {
    const sent: DeliveryResult = { outcome: "sent", receipt: { ts: "1" } };
    const updates = [1, 2, 3].map(
      (n): Notification => ({
        ...{ ...fired, id: `update-${n}`, transition: "updated", created_at: fired.created_at + n },
      }),
    );
    const world = createWorld({ notifications: [fired, ...updates], results: [sent, sent] });
    for (const { id } of [fired, ...updates]) await world.deliver(id);
    expect(world.log.filter((line) => line.startsWith("send"))).toEqual([
      `send ${fired.id}`,
      "send update-3",
    ]);
    expect(world.saved("update-1")).toMatchObject({
      status: "superseded",
      last_error: "update-3 says it too",
    });
  });

  it("always says that an incident fired and that it resolved", async () => {
    const sent: DeliveryResult = { outcome: "sent", receipt: { ts: "1" } };
    const world = createWorld({ notifications: [fired, resolved], results: [sent, sent] });
    await world.deliver(fired.id);
    await world.deliver(resolved.id);
    expect(world.deliveries.map(({ notification }) => notification.transition)).toEqual([
      "fired",
      "resolved",
    ]);
  });

  it("records the beginning of an attempt where the receiver can be asked afterwards, and says so to the next", async () => {
    const retry: DeliveryResult = { outcome: "retry", reason: "no answer" };
    const slack = exampleChannel("slack");
    const world = createWorld({
      notifications: [fired],
      channel: slack,
      results: [retry, retry],
      canLook: true,
    });
    await world.deliver(fired.id);
    await world.deliver(fired.id);
    expect(world.log.slice(0, 2)).toEqual(["save queued", `send ${fired.id}`]);
    expect(world.deliveries.map(({ mayHaveArrived }) => mayHaveArrived)).toEqual([false, true]);
  });

  it("tries a channel out once, with a message that says TEST", async () => {
    const test: Notification = { ...fired, transition: "test" };
    const world = createWorld({
      notifications: [test],
      results: [{ outcome: "retry", reason: "no answer" }],
    });
    expect(await world.deliver(test.id)).toEqual({ outcome: "done", status: "failed" });
    expect(world.saved(test.id)).toMatchObject({ attempts: 1, last_error: "no answer", took_ms: 0 });
    expect(world.deliveries[0]?.incident).toMatchObject({
      ...{ title: "TEST of the channel webhook", severity: "notice" },
      summary: expect.stringMatching(/^TEST: .* Nothing is wrong/),
    });
  });

  it("switches a channel off whose receiver says that it is gone for good", async () => {
    const gone: DeliveryResult = { outcome: "refused", reason: "the receiver answered 410", isGone: true };
    const world = createWorld({ notifications: [fired], results: [gone] });
    expect(await world.deliver(fired.id)).toEqual({ outcome: "done", status: "failed" });
    expect(world.log).toContain("switch webhook off: the receiver answered 410");
  });

  it("logs each attempt with what was sent and answered, without the channel's secrets", async () => {
    const { secret } = channel;
    const refused: DeliveryResult = { outcome: "refused", reason: `the receiver answered 400: no ${secret}` };
    const world = createWorld({ notifications: [fired], results: [refused], sends: { key: secret, a: 1 } });
    await world.deliver(fired.id);
    expect(world.attempts).toMatchObject([
      {
        ...{ notification_id: fired.id, channel_id: channel.id, attempt: 1, outcome: "refused" },
        answer: "the receiver answered 400: no •••",
        request: 'to the receiver\n{\n  "key": "•••",\n  "a": 1\n}',
      },
    ]);
    expect(JSON.stringify(world.saved(fired.id))).not.toContain(secret);
  });

  it("holds what is no page in quiet hours, sends it at their end, and a page at once", async () => {
    const quiet_hours = {
      days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const,
      ...{ from: "00:00", to: "06:00", time_zone: "UTC" },
    };
    const quiet = exampleChannel("webhook", { quiet_hours: { ...quiet_hours, days: [...quiet_hours.days] } });
    const sent: DeliveryResult = { outcome: "sent", receipt: {} };
    const world = (severity: "page" | "ticket", transition: Notification["transition"] = "fired") =>
      createWorld({
        ...{ notifications: [{ ...fired, transition }], channel: quiet, results: [sent] },
        incident: exampleIncident({ severity }),
      });
    const held = world("ticket");
    expect(await held.deliver(fired.id)).toEqual({
      ...{ outcome: "later", delayMs: 30_000, reason: "its channel has its quiet hours" },
    });
    expect(held.log).toEqual([]);
    expect((await world("page").deliver(fired.id)).outcome).toBe("done");
    expect((await world("ticket", "test").deliver(fired.id)).outcome).toBe("done");
  });

  it("gives a message that is sent once more a whole schedule of attempts", async () => {
    const old = { ...fired, created_at: 1_000 - 27 * 3_600_000, resent_at: 900 };
    const world = createWorld({ notifications: [old], results: [{ outcome: "retry", reason: "no answer" }] });
    expect((await world.deliver(old.id)).outcome).toBe("later");
  });

  it("keeps what a failed attempt already achieved for the next one", async () => {
    const partly: DeliveryResult = {
      outcome: "retry",
      reason: "450",
      receipt: { delivered: "a@example.com" },
    };
    const world = createWorld({ notifications: [fired], results: [partly] });
    await world.deliver(fired.id);
    expect(world.saved(fired.id)).toMatchObject({
      status: "queued",
      receipt: { delivered: "a@example.com" },
    });
  });

  it("gives up at the next failure what waited for more than a day behind a receiver that is left alone", async () => {
    const old = { ...fired, created_at: 1_000 - 27 * 3_600_000 };
    const world = createWorld({ notifications: [old], results: [{ outcome: "retry", reason: "no answer" }] });
    expect(await world.deliver(old.id)).toEqual({ outcome: "done", status: "failed" });
  });

  it("waits for an incident that is not stored yet", async () => {
    const world = createWorld({ notifications: [fired], incident: undefined });
    expect((await world.deliver(fired.id)).outcome).toBe("later");
  });

  it("fails visibly when the channel was switched off", async () => {
    const world = createWorld({ notifications: [fired], channel: { ...channel, enabled: false } });
    await world.deliver(fired.id);
    expect(world.saved(fired.id)).toMatchObject({
      status: "failed",
      last_error: expect.stringContaining("switched off"),
    });
  });
});

function createWorld(input: {
  notifications: Notification[];
  results?: DeliveryResult[];
  channel?: Channel;
  incident?: Incident | undefined;
  canLook?: boolean;
  sends?: object;
}) {
  const attempts: DeliveryAttempt[] = [];
  const log: string[] = [];
  const deliveries: Delivery[] = [];
  const rows = new Map(input.notifications.map((row) => [row.id, row]));
  const results = [...(input.results ?? [])];
  const outbox: Outbox = {
    notification: async (id) => rows.get(id),
    channel: async () => input.channel ?? channel,
    incident: async () => ("incident" in input ? input.incident : exampleIncident()),
    thread: async () => [...rows.values()],
    switchOff: async ({ name }, reason) => {
      log.push(`switch ${name} off: ${reason}`);
    },
    save: async (row) => {
      log.push(`save ${row.status}`);
      rows.set(row.id, row);
    },
  };
  const send = async (delivery: Delivery): Promise<DeliveryResult> => {
    log.push(`send ${delivery.notification.id}`);
    deliveries.push(delivery);
    delivery.noteRequest({ to: "to the receiver", body: input.sends ?? {} });
    return results.shift() ?? { outcome: "refused", reason: "nothing was to be sent" };
  };
  const transports = Object.fromEntries(
    Object.keys(CHANNEL_KINDS).map((kind) => [kind, { kind, send, canLook: input.canLook ?? false }]),
  ) as unknown as Transports;
  const logAttempt = async (attempt: DeliveryAttempt) => void attempts.push(attempt);
  const deps = { outbox, transports, now: () => 1_000, random: () => 0, retryDelaysMs: [10, 20], logAttempt };
  return {
    attempts,
    log,
    deliveries,
    saved: (id: string) => rows.get(id),
    deliver: (id: string) => deliverNotification(deps, id),
  };
}
