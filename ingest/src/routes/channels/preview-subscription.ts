import { subscriptionSchema } from "@leeway/core/channels";
import { incidentSchema } from "@leeway/core/records";
import { readSubscriptionPreview } from "@leeway/store";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const incident = incidentSchema.pick({ id: true, title: true, severity: true, state: true, fired_at: true });

/** previewSubscription is `POST /v1/channels/preview`. */
export function previewSubscription({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/channels/preview",
    tag: "channels",
    summary:
      "Which incidents of the last 30 days a channel that subscribes so would have received, and of how many",
    scope: "read",
    body: { schema: z.strictObject({ subscribes: subscriptionSchema.default({}) }), reads: "json" },
    answer: z.object({ received: z.array(incident), of: z.number().int(), days: z.number().int() }),
    async handle({ body, principal }) {
      const preview = await readSubscriptionPreview(store, principal.project, body.subscribes, now());
      return {
        ...preview,
        received: preview.received.map(({ id, title, severity, state, fired_at }) => ({
          ...{ id, title, severity, state },
          ...(fired_at === undefined ? {} : { fired_at }),
        })),
      };
    },
  });
}
