import type { IncomingMessage } from "node:http";
import type { AlertOccasion, AlertRequest, ChannelKind, ChannelOf } from "@leeway/core/channels";
import { toAlertmanager } from "@leeway/core/channels/alertmanager";
import { toDiscord } from "@leeway/core/channels/discord";
import { toOpsgenie } from "@leeway/core/channels/opsgenie";
import { toPagerDuty } from "@leeway/core/channels/pagerduty";
import { toTeams } from "@leeway/core/channels/teams";
import { createRequestTransport } from "../create-request-transport.ts";
import { exampleChannel, exampleDelivery } from "../example-delivery.ts";
import { createRetrainTransport } from "../retrain/retrain-transport.ts";
import { memoryRetrainings } from "../retrain/testing/memory-retrainings.ts";
import type { DeliveryResult } from "../retry/delivery-result.ts";
import type { Delivery } from "../transport.ts";
import { createWebhookTransport } from "../webhook/webhook-transport.ts";
import { type Listening, listenHttp, listenSmtp } from "./listen.ts";
import { httpReceiver, type Misbehaviour, slackReceiver, smtpReceiver } from "./misbehaving-receivers.ts";
import { emailSender, receiverSettings, retrainSettings, slackSender, timeoutFor } from "./test-senders.ts";

type Outcome = DeliveryResult["outcome"];

/** OUTCOMES are what a sender of every kind must make of how its receiver misbehaves. */
export const OUTCOMES: readonly (readonly [Misbehaviour, Outcome])[] = [
  ["accepts", "sent"],
  ["rate limits", "retry"],
  ["is broken", "retry"],
  ["refuses", "refused"],
  ["never answers", "retry"],
  ["hangs up", "retry"],
];

/** RetryRow is how one kind's receiver is started and sent something. */
interface RetryRow {
  /** What becomes of a receiver that redirects; absent where the protocol knows none. */
  redirects?: Outcome;
  /** Whether the receiver can say how long to wait. */
  asksToWait: boolean;
  start(what: Misbehaviour): Promise<{
    listening: Listening;
    /** `note` takes what is sent. */
    attempt(note: Delivery["noteRequest"]): Promise<{ result: DeliveryResult; trace: readonly unknown[] }>;
  }>;
  /** What an attempt leaves behind beside its result. */
  expectedTrace(outcome: Outcome): readonly unknown[];
}

type Attempt = Awaited<ReturnType<RetryRow["start"]>>["attempt"];

/** RETRY_TABLE has a row for every kind of channel; the compiler asks for a missing one. */
export const RETRY_TABLE: Readonly<Record<ChannelKind, RetryRow>> = {
  slack: {
    asksToWait: true,
    async start(what) {
      const listening = await listenHttp(slackReceiver(what));
      const transport = slackSender(`${listening.url}/api/`, timeoutFor(what));
      const attempt: Attempt = async (noteRequest) => ({
        result: await transport.send({ ...exampleDelivery(exampleChannel("slack")), noteRequest }),
        trace: [],
      });
      return { listening, attempt };
    },
    expectedTrace: () => [],
  },
  email: {
    asksToWait: false,
    async start(what) {
      const listening = await listenSmtp(smtpReceiver(what, []));
      const transport = emailSender(listening.url, timeoutFor(what));
      const attempt: Attempt = async (noteRequest) => ({
        result: await transport.send({ ...exampleDelivery(exampleChannel("email")), noteRequest }),
        trace: [],
      });
      return { listening, attempt };
    },
    expectedTrace: () => [],
  },
  webhook: {
    redirects: "refused",
    asksToWait: true,
    async start(what) {
      const seen: IncomingMessage[] = [];
      const listening = await listenHttp(httpReceiver(what, seen));
      const transport = createWebhookTransport({
        settings: receiverSettings("127.0.0.1", timeoutFor(what)),
        render: () => ({ type: "incident.fired" }),
      });
      const attempt: Attempt = async (noteRequest) => ({
        result: await transport.send({
          ...exampleDelivery(exampleChannel("webhook", { url: listening.url })),
          noteRequest,
        }),
        trace: seen.map((request) => request.headers["webhook-id"]),
      });
      return { listening, attempt };
    },
    expectedTrace: () => [exampleDelivery(exampleChannel("webhook")).notification.id],
  },
  pagerduty: requestRow("pagerduty", toPagerDuty),
  opsgenie: requestRow("opsgenie", toOpsgenie),
  teams: requestRow("teams", toTeams),
  discord: requestRow("discord", toDiscord),
  alertmanager: requestRow("alertmanager", toAlertmanager),
  retrain: {
    redirects: "refused",
    asksToWait: true,
    async start(what) {
      const retrainings = memoryRetrainings();
      const listening = await listenHttp(httpReceiver(what, []));
      const transport = createRetrainTransport({
        settings: retrainSettings("127.0.0.1", timeoutFor(what)),
        retrainings,
      });
      const attempt: Attempt = async (noteRequest) => {
        const delivery = exampleDelivery(exampleChannel("retrain", { url: listening.url }));
        const result = await transport.send({ ...delivery, noteRequest });
        return { result, trace: [...retrainings.runs.values()].map((run) => run.status) };
      };
      return { listening, attempt };
    },
    expectedTrace: (outcome) => [outcome === "refused" ? "failed" : "requested"],
  },
};

function requestRow<Kind extends ChannelKind>(
  kind: Kind,
  render: (channel: ChannelOf<Kind>, occasion: AlertOccasion) => AlertRequest[],
): RetryRow {
  return {
    redirects: "refused",
    asksToWait: true,
    async start(what) {
      const seen: IncomingMessage[] = [];
      const listening = await listenHttp(httpReceiver(what, seen));
      const settings = {
        ...receiverSettings("127.0.0.1", timeoutFor(what)),
        publicUrl: "https://leeway.example",
      };
      const transport = createRequestTransport(kind, settings, render);
      const channel = exampleChannel(kind, { url: listening.url } as unknown as Partial<ChannelOf<Kind>>);
      const attempt: Attempt = async (noteRequest) => ({
        result: await transport.send({ ...exampleDelivery(channel), noteRequest }),
        trace: seen.map(({ method }) => method),
      });
      return { listening, attempt };
    },
    expectedTrace: () => ["POST"],
  };
}
