import type { Retraining } from "@leeway/core/records";
import type { ChannelOf, Delivery, Transport } from "../transport.ts";
import { sendWebhook, type WebhookSettings } from "./send-webhook.ts";

/** RetrainingRecords is where runs are kept: they exist before the job is told of them, so that its first report finds its record. */
export interface RetrainingRecords {
  get(id: string): Promise<Retraining | undefined>;
  put(retraining: Retraining): Promise<void>;
}

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
}): Transport<"retrain"> {
  const { settings, retrainings } = deps;
  return {
    kind: "retrain",
    async send(delivery) {
      const requested = requestedRun(delivery, settings.now());
      // The job may already have reported on an earlier attempt whose answer was lost.
      const known = await retrainings.get(requested.id);
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

function requestedRun(delivery: Delivery<ChannelOf<"retrain">>, at: number): Retraining {
  return {
    id: retrainingId(delivery.notification.id),
    incident_id: delivery.incident.id,
    model: delivery.incident.model,
    version: delivery.incident.version,
    channel_id: delivery.channel.id,
    status: "requested",
    requested_at: at,
    updated_at: at,
  };
}
