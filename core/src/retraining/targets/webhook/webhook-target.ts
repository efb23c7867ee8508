import { z } from "zod";
import { startedAs } from "../read-answer.ts";
import { defineTarget } from "../target-definition.ts";

/** webhookTarget is any address that takes a signed request. Source: Standard Webhooks. */
export const webhookTarget = defineTarget({
  kind: "webhook",
  label: "Webhook",
  schema: z.strictObject({ kind: z.literal("webhook") }),
  needsToken: false,
  start: ({ url }, request) => ({
    ...{ method: "POST", url, headers: {}, body: request },
    signing: { kind: "standard_webhooks" },
  }),
  readStart: () => startedAs(undefined),
});
