import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { createEmailTransport } from "./email/email-transport.ts";
import { exampleChannel, exampleDelivery } from "./example-delivery.ts";
import { exampleIncident } from "./example-incident.ts";
import type { DeliveryResult } from "./retry/delivery-result.ts";
import { createSlackTransport } from "./slack/slack-transport.ts";
import { parseAllowList } from "./target/allow-list.ts";
import { createRetrainTransport } from "./webhook/retrain-transport.ts";
import { createWebhookTransport } from "./webhook/webhook-transport.ts";

// One table over every receiver: how it misbehaves, and what the sender must make of it.
type Misbehaviour =
  | "accepts"
  | "rate limits"
  | "is broken"
  | "refuses"
  | "never answers"
  | "hangs up"
  | "redirects";
const TABLE: readonly [Misbehaviour, DeliveryResult["outcome"]][] = [
  ["accepts", "sent"],
  ["rate limits", "retry"],
  ["is broken", "retry"],
  ["refuses", "refused"],
  ["never answers", "retry"],
  ["hangs up", "retry"],
];
const TIMEOUT_MS = 300;
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

describe("a webhook receiver that", () => {
  it.each<[Misbehaviour, DeliveryResult["outcome"]]>([...TABLE, ["redirects", "refused"]])(
    "%s → %s",
    async (what, outcome) => {
      const seen: IncomingMessage[] = [];
      const url = await listen(httpReceiver(what, seen));
      const transport = createWebhookTransport({
        settings: settings("127.0.0.1"),
        render: () => ({ type: "incident.fired" }),
      });
      const delivery = exampleDelivery(exampleChannel("webhook", { url }));
      const result = await transport.send(delivery);
      expect(result.outcome).toBe(outcome);
      expect(seen.map((request) => request.headers["webhook-id"])).toEqual([delivery.notification.id]);
      if (what === "rate limits") expect(result).toMatchObject({ retryAfterMs: 7_000 });
    },
  );

  it("lives at a private address is refused before a byte is sent", async () => {
    const seen: IncomingMessage[] = [];
    const url = await listen(httpReceiver("accepts", seen));
    const transport = createWebhookTransport({ settings: settings(""), render: () => ({}) });
    const byAddress = await transport.send(exampleDelivery(exampleChannel("webhook", { url })));
    const byName = await transport.send(
      exampleDelivery(exampleChannel("webhook", { url: url.replace("127.0.0.1", "localhost") })),
    );
    expect([byAddress.outcome, byName.outcome]).toEqual(["refused", "refused"]);
    expect(seen).toEqual([]);
  });
});

describe("a retraining job that", () => {
  it.each<[Misbehaviour, DeliveryResult["outcome"]]>([...TABLE, ["redirects", "refused"]])(
    "%s → %s",
    async (what, outcome) => {
      const url = await listen(httpReceiver(what, []));
      const runs = new Map();
      const transport = createRetrainTransport({
        settings: settings("127.0.0.1"),
        retrainings: {
          get: async (id) => runs.get(id),
          ofModel: async () => [],
          put: async (run) => void runs.set(run.id, run),
        },
        render: (_delivery, retraining) => ({ type: "retraining.requested", data: { id: retraining.id } }),
        renderTest: () => ({ type: "incident.test" }),
      });
      const delivery = exampleDelivery(exampleChannel("retrain", { url }));
      expect((await transport.send(delivery)).outcome).toBe(outcome);
      const statuses = [...runs.values()].map((run) => run.status);
      expect(statuses).toEqual([outcome === "refused" ? "failed" : "requested"]);
    },
  );

  it("has already reported keeps its report when the request is sent again", async () => {
    const url = await listen(httpReceiver("accepts", []));
    const delivery = exampleDelivery(exampleChannel("retrain", { url }));
    const reported = { id: `retraining-${delivery.notification.id}`, status: "running" as const };
    const puts: unknown[] = [];
    const transport = createRetrainTransport({
      settings: settings("127.0.0.1"),
      retrainings: {
        get: async () => reported as never,
        ofModel: async () => [],
        put: async (run) => void puts.push(run),
      },
      render: () => ({}),
      renderTest: () => ({}),
    });
    expect((await transport.send(delivery)).outcome).toBe("sent");
    expect(puts).toEqual([]);
  });

  it("is only tried out is sent a test message and asked for no run", async () => {
    const seen: IncomingMessage[] = [];
    const url = await listen(httpReceiver("accepts", seen));
    const puts: unknown[] = [];
    const transport = createRetrainTransport({
      settings: settings("127.0.0.1"),
      retrainings: {
        get: async () => undefined,
        ofModel: async () => [],
        put: async (run) => void puts.push(run),
      },
      render: () => ({}),
      renderTest: () => ({ type: "incident.test" }),
    });
    const delivery = exampleDelivery(exampleChannel("retrain", { url }));
    const test = { ...delivery.notification, transition: "test" as const };
    expect((await transport.send({ ...delivery, notification: test })).outcome).toBe("sent");
    expect([seen.length, puts.length]).toEqual([1, 0]);
  });

  it("ran a short while ago is left alone until its cool-down is over", async () => {
    const seen: IncomingMessage[] = [];
    const url = await listen(httpReceiver("accepts", seen));
    const earlier = {
      model: "flight-delays",
      id: "other",
      status: "succeeded",
      requested_at: exampleIncident().last_failing_at - 1_000,
    };
    const transport = createRetrainTransport({
      settings: settings("127.0.0.1"),
      retrainings: {
        get: async () => undefined,
        ofModel: async () => [earlier as never],
        put: async () => undefined,
      },
      render: () => ({}),
      renderTest: () => ({}),
    });
    const send = (coolDown: number) =>
      transport.send(exampleDelivery(exampleChannel("retrain", { url, cool_down: coolDown })));
    expect((await send(1_001)).outcome).toBe("withheld");
    expect(seen).toEqual([]);
    expect((await send(1_000)).outcome).toBe("sent");
  });
});

describe("a Slack workspace that", () => {
  it.each(TABLE)("%s → %s", async (what, outcome) => {
    const apiUrl = await listen(slackReceiver(what));
    const transport = slack(`${apiUrl}/api/`);
    const result = await transport.send(exampleDelivery(exampleChannel("slack")));
    expect(result.outcome).toBe(outcome);
    if (what === "rate limits") expect(result).toMatchObject({ retryAfterMs: 7_000 });
  });

  it("has no token set is refused with the setting's name", async () => {
    const transport = createSlackTransport({ settings: {}, render: content, renderReply: content });
    expect(await transport.send(exampleDelivery(exampleChannel("slack")))).toMatchObject({
      outcome: "refused",
      reason: expect.stringContaining("SLACK_BOT_TOKEN"),
    });
  });

  it("was told of the incident before gets the first message updated and a reply in its thread", async () => {
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
    const result = await slack(`${apiUrl}/api/`).send({ ...delivery, head });
    expect(calls).toEqual(["/api/chat.update 1.2 thread=", "/api/chat.postMessage  thread=1.2"]);
    expect(result).toEqual({ outcome: "sent", receipt: { ts: "9.9", channel: "C1", thread_ts: "1.2" } });
  });
});

describe("a mail server that", () => {
  it.each(TABLE)("%s → %s", async (what, outcome) => {
    const smtpUrl = await listenSmtp(smtpReceiver(what, []));
    const transport = email(smtpUrl);
    expect((await transport.send(exampleDelivery(exampleChannel("email")))).outcome).toBe(outcome);
  });

  it("gets the same Message-ID on every attempt, and a reference to the incident", async () => {
    const mails: string[] = [];
    const smtpUrl = await listenSmtp(smtpReceiver("accepts", mails));
    const delivery = exampleDelivery(exampleChannel("email"));
    await email(smtpUrl).send(delivery);
    await email(smtpUrl).send(delivery);
    await email(smtpUrl).send({ ...delivery, notification: { ...delivery.notification, id: "another" } });
    const header = (name: string) =>
      mails.map((mail) => new RegExp(`^${name}: (.*)$`, "m").exec(mail)?.[1]?.trim());
    const [first, again, other] = header("Message-ID");
    expect(first).toMatch(/^<[0-9a-f]{40}@leeway\.example>$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(new Set(header("References")).size).toBe(1);
  });
});

const content = () => ({ text: "Late flights", blocks: [] });

function slack(apiUrl: string) {
  return createSlackTransport({
    settings: { token: "xoxb-test", apiUrl, timeoutMs: TIMEOUT_MS },
    render: content,
    renderReply: content,
  });
}

function email(smtpUrl: string) {
  return createEmailTransport({
    settings: { smtpUrl, from: "Leeway <alarms@leeway.example>", timeoutMs: TIMEOUT_MS },
    render: () => ({ subject: "Late flights", text: "…", html: "<p>…</p>" }),
  });
}

function settings(allow: string) {
  const parsed = parseAllowList(allow);
  if (parsed.outcome === "refused") throw new Error(parsed.reason);
  return { allowList: parsed.allowList, now: () => Date.UTC(2026, 0, 1), timeoutMs: TIMEOUT_MS };
}

function httpReceiver(what: Misbehaviour, seen: IncomingMessage[]): RequestListener {
  return (request, response) => {
    seen.push(request);
    switch (what) {
      case "accepts":
        return void response.writeHead(204).end();
      case "rate limits":
        return void response.writeHead(429, { "retry-after": "7" }).end();
      case "is broken":
        return void response.writeHead(503).end();
      case "refuses":
        return void response.writeHead(404).end();
      case "redirects":
        return void response.writeHead(302, { location: "http://169.254.169.254/" }).end();
      case "hangs up":
        return void request.socket.destroy();
      case "never answers":
        return undefined;
      default:
        return what satisfies never;
    }
  };
}

function slackReceiver(what: Misbehaviour): RequestListener {
  const plain = httpReceiver(what, []);
  return (request, response) => {
    response.setHeader("content-type", "application/json");
    if (what === "accepts") return void response.end(JSON.stringify({ ok: true, ts: "1.2", channel: "C1" }));
    if (what === "refuses")
      return void response.end(JSON.stringify({ ok: false, error: "channel_not_found" }));
    return plain(request, response);
  };
}

function smtpReceiver(what: Misbehaviour, mails: string[]): SMTPServerOptions {
  const answer = (code: number) => Object.assign(new Error(`${code} no`), { responseCode: code });
  return {
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onConnect: (session, done) => {
      if (what === "never answers") return;
      if (what === "hangs up") return done(answer(421));
      void session;
      done();
    },
    onRcptTo: (_address, _session, done) => {
      if (what === "rate limits") return done(answer(450));
      if (what === "is broken") return done(answer(451));
      return done(what === "refuses" ? answer(550) : undefined);
    },
    onData: (stream, _session, done) => {
      let text = "";
      stream.on("data", (chunk) => {
        text += chunk;
      });
      stream.on("end", () => {
        mails.push(text);
        done();
      });
    },
  };
}

async function listen(listener: RequestListener): Promise<string> {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function listenSmtp(options: SMTPServerOptions): Promise<string> {
  const server = new SMTPServer({ ...options, logger: false, closeTimeout: 10 });
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}
