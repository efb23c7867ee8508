import type { ChannelOf } from "@leeway/core/channels";
import {
  type RetrainingRequest,
  type Target,
  type TargetKind,
  type TargetOf,
  type TargetPlace,
  targetOf,
} from "@leeway/core/retraining";
import { decideRetry } from "../retry/decide-retry.ts";
import type { DeliveryResult } from "../retry/delivery-result.ts";
import type { WebhookSettings } from "../standard-webhooks/send-webhook.ts";
import { sendTargetRequest } from "./send-target-request.ts";

/** StartedRun is a run that its target has begun, or why it has not. */
export type StartedRun =
  | { outcome: "started"; runId: string | undefined; url: string | undefined; status: number }
  | Extract<DeliveryResult, { outcome: "retry" | "refused" }>;

const CONFLICT = 409;

/** placeOf returns where a channel's target is and how one is let in; a channel without a target is a signed webhook. */
export function placeOf({ target, url, token }: ChannelOf<"retrain">): TargetPlace<Target> {
  return { url, token, settings: target ?? { kind: "webhook" } };
}

/**
 * startRun asks a channel's target to begin a run. A repeated request (`isRepeated`) first asks whether the earlier one has begun it, where the run's
 * id is known before; else the target gets the same id again.
 */
export function startRun(
  settings: WebhookSettings,
  channel: ChannelOf<"retrain">,
  request: RetrainingRequest,
  message: { id: string; isRepeated: boolean },
): Promise<StartedRun> {
  const place = placeOf(channel);
  return startAt(place.settings.kind, place, settings, request, { ...message, secret: channel.secret });
}

async function startAt<Kind extends TargetKind>(
  kind: Kind,
  place: TargetPlace<TargetOf<Kind>>,
  settings: WebhookSettings,
  request: RetrainingRequest,
  message: { id: string; isRepeated: boolean; secret: string },
): Promise<StartedRun> {
  const target = targetOf(kind);
  const ownId = target.runId?.(request.data.retraining_id);
  if (message.isRepeated && ownId !== undefined && target.poll !== undefined) {
    const found = await sendTargetRequest(settings, target.poll.request(place, ownId), message);
    if (found.outcome === "accepted") return started(ownId, undefined, found.status);
  }
  const answer = await sendTargetRequest(settings, target.start(place, request), message);
  if (answer.outcome === "failed") {
    const { symptom } = answer;
    const exists = symptom.kind === "http" && symptom.status === CONFLICT && ownId !== undefined;
    return exists ? started(ownId, undefined, symptom.status) : decideRetry(symptom);
  }
  const reading = target.readStart(answer.answer, place);
  return reading.outcome === "started"
    ? started(reading.runId ?? ownId, reading.url, answer.status)
    : reading;
}

function started(runId: string | undefined, url: string | undefined, status: number): StartedRun {
  return { outcome: "started", runId, url, status };
}
