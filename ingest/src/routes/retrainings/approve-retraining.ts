import { retrainingSchema } from "@leeway/core/records";
import { approveRetraining as approve } from "@leeway/store";
import { actorOf } from "../../auth/principal.ts";
import { idParams } from "../../http/base-schemas.ts";
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
      const act = { id, actor: actorOf(principal), now: now() };
      const { run, notificationId } = await approve(store, project, act);
      await queues.deliver({ project, notification_id: notificationId });
      return run;
    },
  });
}
