import { z } from "zod";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";
import { receiverUrl } from "../signed-receiver.ts";

const kind = z.literal("pagerduty");
const routingKey = z.string().regex(/^[A-Za-z0-9]{32}$/, "must be the 32 characters of an integration key");
const fields = { routing_key: routingKey, url: receiverUrl };
const url = receiverUrl.default("https://events.pagerduty.com/v2/enqueue");

/** pagerDutyChannel is a service of PagerDuty, by the integration key of its Events API v2. */
export const pagerDutyChannel = defineChannelKind({
  kind: "pagerduty",
  label: "PagerDuty",
  schema: z.object({ ...STORED_BASE, kind, routing_key: z.string(), url: z.string() }),
  fields,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...fields, url }),
  viewSchema: z.object({ ...VIEW_BASE, kind, url: z.string(), has_secret: z.literal(true) }),
  secrets: ["routing_key"],
  isSigned: false,
  audience: "people",
  example: {
    routing_key: "0123456789abcdef0123456789ABCDEF",
    url: "https://events.pagerduty.com/v2/enqueue",
  },
  show: (channel) => ({ ...channel, has_secret: true }),
  concerns: () => true,
});
