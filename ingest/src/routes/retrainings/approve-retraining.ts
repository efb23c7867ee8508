import { LeewayError } from "@leeway/core/errors";
import { type Retraining, retrainingSchema } from "@leeway/core/records";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

/** approveRetraining is `POST /v1/retrainings/{id}/approve`: a run that waits for a person is started. */
export function approveRetraining({ store, queues, now }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/retrainings/:id/approve",
    tag: "retrainings",
    summary: "Approve a retraining that waits for it; the job is asked to run",
    scope: "admin",
    params: idParams,
    answer: retrainingSchema,
    async handle({ params: { id }, principal }) {
      const { project } = principal;
      const { records } = store;
      const current = found(await records.retraining.get(project, id), `retraining ${id}`);
      if (current.status !== "awaiting_approval" || current.notification_id === undefined) {
        throw new LeewayError("conflict", `the retraining is ${current.status}, it waits for no approval`);
      }
      const notificationId = current.notification_id;
      const notification = found(
        await records.notification.get(project, notificationId),
        `notification ${notificationId}`,
      );
      const actor = actorOf(principal);
      const at = now();
      const approved: Retraining = {
        ...{ ...current, status: "requested", approved_by: actor, asked_at: at, updated_at: at },
      };
      // The run first: a notification that is sent before it would only wait again.
      await records.retraining.put(project, id, approved, actor);
      await records.notification.put(project, notificationId, { ...notification, status: "queued" }, actor);
      await queues.deliver({ project, notification_id: notificationId });
      return approved;
    },
  });
}
