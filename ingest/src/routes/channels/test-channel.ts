import { notificationSchema } from "@leeway/core/records";
import { awaitTest, requestTest } from "@leeway/store";
import { z } from "zod";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { newId } from "../../http/new-id.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const answer = z.object({
  notification_id: z.string(),
  status: notificationSchema.shape.status,
  error: z.string().optional(),
  /** What the receiver answered. */
  answer: z.record(z.string(), z.string()).optional(),
  /** How long the attempt took. */
  took_ms: z.number().optional(),
});

/** testChannel is `POST /v1/channels/{id}/test`: one attempt to send a message that says it is a test; the answer says what became of it. */
export function testChannel({ store, queues, now, sleep, randomBytes }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/channels/:id/test",
    tag: "channels",
    summary: "Send a test message through a channel, once",
    scope: "admin",
    params: idParams,
    answer,
    async handle({ params, principal }) {
      const { project } = principal;
      const notification = await requestTest(store, project, {
        ...{ id: newId("test", randomBytes), channelId: params.id },
        ...{ actor: actorOf(principal), now: now() },
      });
      await queues.deliver({ project, notification_id: notification.id });
      return awaitTest(store, project, { test: notification, now, sleep });
    },
  });
}
