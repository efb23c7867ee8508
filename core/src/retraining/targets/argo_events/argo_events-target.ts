import { z } from "zod";
import { bearer, settingText } from "../place-parts.ts";
import { startedAs } from "../read-answer.ts";
import { defineTarget } from "../target-definition.ts";

/** argoEventsTarget is a webhook event source of Argo Events. With `event` the body is the one that a Metaflow flow with `@trigger` reads. */
export const argoEventsTarget = defineTarget({
  kind: "argo_events",
  label: "Argo Events",
  schema: z.strictObject({ kind: z.literal("argo_events"), event: settingText.optional() }),
  needsToken: false,
  start: ({ url, token, settings: { event } }, request) => ({
    ...{ method: "POST", url, headers: bearer(token) },
    body: event === undefined ? request : metaflowEvent(event, request),
  }),
  readStart: () => startedAs(undefined),
});

function metaflowEvent(
  name: string,
  request: { timestamp: string; data: { retraining_id: string } & object },
): object {
  const at = Date.parse(request.timestamp);
  return {
    name,
    payload: {
      // Metaflow hands parameters over as texts.
      ...Object.fromEntries(
        Object.entries(request.data).map(([key, value]) => [
          key,
          typeof value === "string" ? value : JSON.stringify(value),
        ]),
      ),
      name,
      id: request.data.retraining_id,
      timestamp: Math.floor(at / 1_000),
      utc_date: request.timestamp.slice(0, 10).replaceAll("-", ""),
      "generated-by-metaflow": true,
    },
  };
}
