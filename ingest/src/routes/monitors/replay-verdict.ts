import { segmentKey, segmentSchema } from "@leeway/core/segment";
import { verdictReplaySchema } from "@leeway/core/verdicts";
import { environmentSchema, nameSchema, timestampSchema } from "@leeway/core/wire";
import { replayStoredVerdict } from "@leeway/store";
import { z } from "zod";
import { idParams } from "../../http/base-schemas.ts";
import { found } from "../../http/found.ts";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const body = z.strictObject({
  /** Start of the verdict's window. */
  start: timestampSchema,
  version: nameSchema.optional(),
  environment: environmentSchema.optional(),
  segment: segmentSchema.optional(),
});

const answer = verdictReplaySchema.extend({
  model: z.string(),
  version: z.string(),
  environment: z.string(),
  start: z.number(),
  end: z.number(),
});

/** replayVerdictRoute is `POST /v1/monitors/{id}/replay`: one stored verdict, decided again from the numbers stored with it. */
export function replayVerdictRoute({ store }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/monitors/:id/replay",
    tag: "monitors",
    summary: "One stored verdict, decided again from the numbers stored with it",
    scope: "read",
    params: idParams,
    body: { schema: body, reads: "json" },
    answer,
    async handle({ params: { id }, body: { segment, ...asked }, principal: { project } }) {
      const monitor = found(await store.records.monitor.get(project, id), `monitor ${id}`);
      const wanted = { ...asked, segment: segmentKey(segment) };
      const { verdict, ...replay } = await replayStoredVerdict(store, project, monitor, wanted);
      const { model, version, environment, window_start: start, window_end: end } = verdict;
      return { ...replay, model, version, environment, start, end };
    },
  });
}
