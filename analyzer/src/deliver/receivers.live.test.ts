import type { IncomingMessage, RequestListener } from "node:http";
import { CHANNEL_KINDS, type ChannelKind } from "@leeway/core/channels";
import type { SentRequest } from "@leeway/core/delivery";
import type { Retraining } from "@leeway/core/records";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { exampleChannel, exampleDelivery } from "./example-delivery.ts";
import { exampleIncident } from "./example-incident.ts";
import { createRetrainTransport } from "./retrain/retrain-transport.ts";
import { memoryRetrainings } from "./retrain/testing/memory-retrainings.ts";
import { createSlackTransport } from "./slack/slack-transport.ts";
import { listenHttp, listenSmtp as listenMail } from "./testing/listen.ts";
import { httpReceiver, smtpReceiver } from "./testing/misbehaving-receivers.ts";
import { OUTCOMES, RETRY_TABLE } from "./testing/retry-table.ts";
import { emailSender, receiverSettings, retrainSettings, slackSender } from "./testing/test-senders.ts";
import { createWebhookTransport } from "./webhook/webhook-transport.ts";

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

describe.each(Object.keys(CHANNEL_KINDS) as ChannelKind[])("a receiver of the kind %s that", (kind) => {
  const row = RETRY_TABLE[kind];
  const outcomes =
    row.redirects === undefined ? OUTCOMES : [...OUTCOMES, ["redirects", row.redirects] as const];
  it.each(outcomes)("%s → %s", async (what, outcome) => {
    const { listening, attempt } = await row.start(what);
    closers.push(listening.close);
    const requests: SentRequest[] = [];
    const { result, trace } = await attempt((request) => requests.push(request));
    expect(result.outcome).toBe(outcome);
    expect(requests).not.toEqual([]);
    expect(trace).toEqual(row.expectedTrace(outcome));
    if (what === "rate limits" && row.asksToWait) expect(result).toMatchObject({ retryAfterMs: 7_000 });
  });
});

describe("a webhook receiver that", () => {
  it("lives at a private address is refused before a byte is sent", async () => {
    const seen: IncomingMessage[] = [];
    const url = await listen(httpReceiver("accepts", seen));
    const transport = createWebhookTransport({ settings: receiverSettings(""), render: () => ({}) });
    const byAddress = await transport.send(exampleDelivery(exampleChannel("webhook", { url })));
    const byName = await transport.send(
      exampleDelivery(exampleChannel("webhook", { url: url.replace("127.0.0.1", "localhost") })),
    );
    expect([byAddress.outcome, byName.outcome]).toEqual(["refused", "refused"]);
    expect(seen).toEqual([]);
  });
});

describe("a retraining job that", () => {
  it("has already reported keeps its report when the request is sent again", async () => {
    const url = await listen(httpReceiver("accepts", []));
    const delivery = exampleDelivery(exampleChannel("retrain", { url }));
    const reported = exampleRun({ id: `retraining-${delivery.notification.id}`, status: "running" });
    const retrainings = memoryRetrainings([reported]);
    const transport = createRetrainTransport({ settings: retrainSettings("127.0.0.1"), retrainings });
    expect((await transport.send(delivery)).outcome).toBe("sent");
    expect([...retrainings.runs.values()]).toEqual([reported]);
  });

  it("ran a short while ago is left alone until its cool-down is over", async () => {
    const seen: IncomingMessage[] = [];
    const url = await listen(httpReceiver("accepts", seen));
    const earlier = exampleRun({ requested_at: exampleIncident().last_failing_at - 1_000 });
    const send = (coolDown: number) =>
      createRetrainTransport({
        settings: retrainSettings("127.0.0.1"),
        retrainings: memoryRetrainings([earlier]),
      }).send(exampleDelivery(exampleChannel("retrain", { url, cool_down: coolDown })));
    expect((await send(1_001)).outcome).toBe("withheld");
    expect(seen).toEqual([]);
    expect((await send(1_000)).outcome).toBe("sent");
  });
});

function exampleRun(changes: Partial<Retraining>): Retraining {
  return {
    ...{ id: "other", incident_id: "incident-1", model: "flight-delays", version: "1", channel_id: "c" },
    ...{ status: "succeeded", requested_at: 0, updated_at: 0, ...changes },
  };
}

describe("a Slack workspace that", () => {
  it("has no token set is refused with the setting's name", async () => {
    const transport = createSlackTransport({ settings: {}, render: noContent, renderReply: noContent });
    expect(await transport.send(exampleDelivery(exampleChannel("slack")))).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("SLACK_BOT_TOKEN"),
    });
  });

  it("was notified of the incident before gets the first message updated and a reply in its thread", async () => {
    const calls: string[] = [];
    const apiUrl = await listen((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const form = new URLSearchParams(body);
        calls.push(`${request.url} ${form.get("ts") ?? ""} thread=${form.get("thread_ts") ?? ""}`);
        response.setHeader("content-type", "application/json");
        response.end(JSON.stringify({ ok: true, ts: "9.9", channel: "C1" }));
      });
    });
    const delivery = exampleDelivery(exampleChannel("slack"));
    const head = {
      ...delivery.notification,
      id: "first",
      status: "sent" as const,
      receipt: { ts: "1.2", channel: "C1" },
    };
    const result = await slackSender(`${apiUrl}/api/`).send({ ...delivery, head });
    expect(calls).toEqual(["/api/chat.update 1.2 thread=", "/api/chat.postMessage  thread=1.2"]);
    expect(result).toEqual({ outcome: "sent", receipt: { ts: "9.9", channel: "C1", thread_ts: "1.2" } });
  });
});

describe("a mail server that", () => {
  it("gets the same Message-ID on every attempt, and a reference to the incident", async () => {
    const mails: string[] = [];
    const smtpUrl = await listenSmtp(smtpReceiver("accepts", mails));
    const delivery = exampleDelivery(exampleChannel("email"));
    await emailSender(smtpUrl).send(delivery);
    await emailSender(smtpUrl).send(delivery);
    await emailSender(smtpUrl).send({
      ...delivery,
      notification: { ...delivery.notification, id: "another" },
    });
    const header = (name: string) =>
      mails.map((mail) => new RegExp(`^${name}: (.*)$`, "m").exec(mail)?.[1]?.trim());
    const [first, again, other] = header("Message-ID");
    expect(first).toMatch(/^<[0-9a-f]{40}@leeway\.example>$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(new Set(header("References")).size).toBe(1);
  });
});

const noContent = () => ({ text: "", blocks: [] });

async function listen(listener: RequestListener): Promise<string> {
  const listening = await listenHttp(listener);
  closers.push(listening.close);
  return listening.url;
}

async function listenSmtp(options: SMTPServerOptions): Promise<string> {
  const listening = await listenMail(options);
  closers.push(listening.close);
  return listening.url;
}
