import type { ChannelOf } from "@leeway/core/channels";
import type { Retraining } from "@leeway/core/records";
import { decideRetraining, type RetrainingDecision, retrainingRequest } from "@leeway/core/retraining";
import { addressWords } from "../address-words.ts";
import { messageOf } from "../message-of.ts";
import type { RetrainingRecords } from "../retraining-records.ts";
import type { DeliveryResult } from "../retry/delivery-result.ts";
import type { WebhookSettings } from "../standard-webhooks/send-webhook.ts";
import type { Delivery, Transport } from "../transport.ts";
import { type StartedRun, startRun } from "./start-run.ts";

type RetrainDelivery = Delivery<ChannelOf<"retrain">>;

/** RetrainSettings are what every request to a training job needs. */
export interface RetrainSettings extends WebhookSettings {
  publicUrl: string;
  /** Address of Leeway's API, where jobs report. */
  apiUrl: string;
}

/** retrainingId returns the id of the run that a notification asks for: a repeated delivery names the same run. */
export function retrainingId(notificationId: string): string {
  return `retraining-${notificationId}`;
}

/**
 * createRetrainTransport returns the transport that asks a training job to run: it records the run, sends the target's request, and marks the run failed
 * where the job can never be reached. A test sends the same request, marked as a test, and records nothing.
 */
export function createRetrainTransport(deps: {
  settings: RetrainSettings;
  retrainings: RetrainingRecords;
}): Transport<"retrain"> {
  const { settings, retrainings } = deps;
  return {
    kind: "retrain",
    async send(delivery) {
      const requested = requestedRun(delivery, settings.now());
      if (delivery.notification.transition === "test") {
        return resultOf(
          await start(deps, delivery, requested, { isTest: true, isRepeated: false }),
          requested,
        );
      }
      // The job may already have reported on an earlier attempt whose answer was lost.
      const known = await retrainings.get(requested.id);
      if (known?.run_id !== undefined) return sent(known, {});
      if (known === undefined) {
        const decision = await decide(retrainings, delivery);
        const run = decidedRun(requested, decision);
        await retrainings.put(run);
        if (decision.decision !== "start") return withheld(run);
      } else if (known.status === "awaiting_approval" || known.status === "refused") return withheld(known);
      const isRepeated = known !== undefined;
      const begun = await start(deps, delivery, known ?? requested, { isTest: false, isRepeated });
      await record(deps, requested.id, begun);
      return resultOf(begun, requested);
    },
  };
}

async function start(
  { settings, retrainings }: Parameters<typeof createRetrainTransport>[0],
  delivery: RetrainDelivery,
  retraining: Retraining,
  attempt: { isTest: boolean; isRepeated: boolean },
): Promise<StartedRun> {
  const { publicUrl, apiUrl } = settings;
  const { isTest, isRepeated } = attempt;
  const incidents = isTest ? [] : await retrainings.incidentsOf(retraining.model);
  const { incident } = messageOf(delivery, publicUrl);
  const request = retrainingRequest(incident, retraining, { publicUrl, apiUrl, isTest, incidents });
  delivery.noteRequest({ to: addressWords(delivery.channel.url), body: request });
  return startRun(settings, delivery.channel, request, { id: delivery.notification.id, isRepeated });
}

/** record notes what the target answered; a job that has reported meanwhile knows better. */
async function record(
  { settings, retrainings }: Parameters<typeof createRetrainTransport>[0],
  id: string,
  begun: StartedRun,
): Promise<void> {
  const current = await retrainings.get(id);
  if (current === undefined || begun.outcome === "retry") return;
  const updated_at = settings.now();
  if (begun.outcome === "refused") {
    if (current.status !== "requested") return;
    return retrainings.put({ ...current, status: "failed", message: begun.reason, updated_at });
  }
  const { runId, url } = begun;
  if (runId === undefined && url === undefined) return;
  await retrainings.put({
    ...current,
    ...(runId === undefined ? {} : { run_id: runId }),
    ...(url === undefined || current.url !== undefined ? {} : { url }),
    updated_at,
  });
}

function resultOf(begun: StartedRun, retraining: Retraining): DeliveryResult {
  return begun.outcome === "started" ? sent(retraining, { status: String(begun.status) }) : begun;
}

function sent({ id }: Retraining, receipt: Record<string, string>): DeliveryResult {
  return { outcome: "sent", receipt: { ...receipt, retraining_id: id } };
}

async function decide(
  retrainings: RetrainingRecords,
  delivery: RetrainDelivery,
): Promise<RetrainingDecision> {
  const { incident, channel: policy } = delivery;
  const [runs, incidents] = await Promise.all([
    retrainings.ofModel(incident.model),
    retrainings.incidentsOf(incident.model),
  ]);
  return decideRetraining({ policy, incident, runs, incidents });
}

function decidedRun(requested: Retraining, decision: RetrainingDecision): Retraining {
  switch (decision.decision) {
    case "start":
      return requested;
    case "ask":
      return { ...requested, status: "awaiting_approval" };
    case "refuse":
      return { ...requested, status: "refused", refusal: decision.code, message: decision.reason };
    default:
      return decision satisfies never;
  }
}

function withheld({ status, message }: Retraining): DeliveryResult {
  const reason = status === "awaiting_approval" ? "it waits for a person's approval" : (message ?? status);
  return { outcome: "withheld", reason };
}

function requestedRun({ notification, incident, channel }: RetrainDelivery, at: number): Retraining {
  return {
    id: retrainingId(notification.id),
    incident_id: incident.id,
    model: incident.model,
    version: incident.version,
    channel_id: channel.id,
    status: "requested",
    notification_id: notification.id,
    asked_at: at,
    target: channel.target?.kind ?? "webhook",
    // Event time, so that the cool-down means the same in a replay.
    requested_at: incident.last_failing_at,
    updated_at: at,
  };
}
