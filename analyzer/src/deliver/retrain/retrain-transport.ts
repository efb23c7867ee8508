import type { ChannelOf } from "@leeway/core/channels";
import { formatDuration } from "@leeway/core/duration";
import type { Retraining } from "@leeway/core/records";
import type { RetrainingRecords } from "../retraining-records.ts";
import { sendWebhook, type WebhookSettings } from "../standard-webhooks/send-webhook.ts";
import type { Delivery, Transport } from "../transport.ts";

/** retrainingId returns the id of the run that a notification asks for: a repeated delivery names the same run. */
export function retrainingId(notificationId: string): string {
  return `retraining-${notificationId}`;
}

/**
 * createRetrainTransport returns the transport that asks a training job to run: it records the run, posts the signed request, and marks the
 * run failed where the job can never be reached.
 */
export function createRetrainTransport(deps: {
  settings: WebhookSettings;
  retrainings: RetrainingRecords;
  render: (delivery: Delivery<ChannelOf<"retrain">>, retraining: Retraining) => unknown;
  /** The message that tries the channel out; it asks for no run. */
  renderTest: (delivery: Delivery<ChannelOf<"retrain">>) => unknown;
}): Transport<"retrain"> {
  const { settings, retrainings } = deps;
  return {
    kind: "retrain",
    async send(delivery) {
      if (delivery.notification.transition === "test") {
        return sendWebhook(settings, {
          url: delivery.channel.url,
          secret: delivery.channel.secret,
          id: delivery.notification.id,
          payload: deps.renderTest(delivery),
        });
      }
      const requested = requestedRun(delivery, settings.now());
      // The job may already have reported on an earlier attempt whose answer was lost.
      const known = await retrainings.get(requested.id);
      if (known === undefined) {
        const runs = await retrainings.ofModel(requested.model);
        const cooling = coolingDown(runs, requested, delivery.channel.cool_down);
        if (cooling !== undefined) return { outcome: "withheld", reason: cooling };
      }
      const retraining = known ?? requested;
      if (known === undefined) await retrainings.put(retraining);
      const result = await sendWebhook(settings, {
        url: delivery.channel.url,
        secret: delivery.channel.secret,
        id: delivery.notification.id,
        payload: deps.render(delivery, retraining),
      });
      if (result.outcome === "refused" && retraining.status === "requested") {
        await retrainings.put({
          ...retraining,
          status: "failed",
          message: result.reason,
          updated_at: settings.now(),
        });
      }
      return result.outcome === "sent"
        ? { ...result, receipt: { ...result.receipt, retraining_id: retraining.id } }
        : result;
    },
  };
}

/** coolingDown returns why `requested` comes too soon after another run of the model, undefined where it doesn't; times are event time. */
export function coolingDown(
  runs: readonly Retraining[],
  requested: Retraining,
  coolDownMs: number,
): string | undefined {
  const recent = runs.find(
    (run) =>
      run.id !== requested.id &&
      run.status !== "failed" &&
      Math.abs(requested.requested_at - run.requested_at) < coolDownMs,
  );
  if (recent === undefined) return undefined;
  return `${requested.model} was asked to retrain ${new Date(recent.requested_at).toISOString()}; the next run may start ${formatDuration(coolDownMs)} later`;
}

function requestedRun(delivery: Delivery<ChannelOf<"retrain">>, at: number): Retraining {
  return {
    id: retrainingId(delivery.notification.id),
    incident_id: delivery.incident.id,
    model: delivery.incident.model,
    version: delivery.incident.version,
    channel_id: delivery.channel.id,
    status: "requested",
    // Event time, so that the cool-down means the same in a replay.
    requested_at: delivery.incident.last_failing_at,
    updated_at: at,
  };
}
