import { incidentSchema } from "@leeway/core/records";
import { silenceMatcherInput } from "@leeway/core/silences";
import { readSilencePreview } from "@leeway/store";
import { z } from "zod";
import { defineRoute, type Route } from "../../http/route.ts";
import type { RouteDeps } from "../route-deps.ts";

const incident = incidentSchema.pick({ id: true, title: true, state: true, fired_at: true });

/** previewSilence is `POST /v1/silences/preview`. */
export function previewSilence({ store, now }: RouteDeps): Route {
  return defineRoute({
    method: "POST",
    path: "/v1/silences/preview",
    tag: "silences",
    summary: "What a silence would keep back now, and would have kept back in the last 30 days",
    scope: "read",
    body: { schema: silenceMatcherInput, reads: "json" },
    answer: z.object({ open: z.array(incident), past: z.array(incident), days: z.number().int() }),
    async handle({ body, principal }) {
      const { open, past, days } = await readSilencePreview(store, principal.project, body, now());
      return { open: open.map(summaryOf), past: past.map(summaryOf), days };
    },
  });
}

function summaryOf({ id, title, state, fired_at }: z.output<typeof incident>) {
  return { id, title, state, fired_at };
}
