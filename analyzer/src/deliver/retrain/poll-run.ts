import type { ChannelOf } from "@leeway/core/channels";
import {
  type RunReading,
  type TargetKind,
  type TargetOf,
  type TargetPlace,
  targetOf,
} from "@leeway/core/retraining";
import { decideRetry } from "../retry/decide-retry.ts";
import type { WebhookSettings } from "../standard-webhooks/send-webhook.ts";
import { sendTargetRequest } from "./send-target-request.ts";
import { placeOf } from "./start-run.ts";

/** PolledRun is how a run goes; `unanswered` where the target did not say, `not_asked` where its API cannot be asked. */
export type PolledRun =
  | ({ outcome: "answered" } & RunReading)
  | { outcome: "unanswered"; reason: string }
  | { outcome: "not_asked" };

/** pollRun asks a channel's target how a run goes. */
export function pollRun(
  settings: WebhookSettings,
  channel: ChannelOf<"retrain">,
  runId: string,
): Promise<PolledRun> {
  const place = placeOf(channel);
  return pollAt(place.settings.kind, place, settings, { id: runId, secret: channel.secret });
}

async function pollAt<Kind extends TargetKind>(
  kind: Kind,
  place: TargetPlace<TargetOf<Kind>>,
  settings: WebhookSettings,
  run: { id: string; secret: string },
): Promise<PolledRun> {
  const { poll } = targetOf(kind);
  if (poll === undefined) return { outcome: "not_asked" };
  const answer = await sendTargetRequest(settings, poll.request(place, run.id), run);
  return answer.outcome === "accepted"
    ? { outcome: "answered", ...poll.read(answer.answer) }
    : { outcome: "unanswered", reason: decideRetry(answer.symptom).reason };
}
