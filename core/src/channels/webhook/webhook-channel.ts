import { z } from "zod";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";
import {
  EXAMPLE_RECEIVER,
  RECEIVER_FIELDS,
  RECEIVER_VIEW,
  STORED_RECEIVER,
  showReceiver,
} from "../signed-receiver.ts";

const kind = z.literal("webhook");

const fields = {
  ...RECEIVER_FIELDS,
  /** Signs beside the secret, until the receiver knows the new one. */
  previous_secret: RECEIVER_FIELDS.secret,
};

/** webhookChannel is an address that takes incidents as signed requests. */
export const webhookChannel = defineChannelKind({
  kind: "webhook",
  label: "Webhook",
  schema: z.object({ ...STORED_BASE, kind, ...STORED_RECEIVER, previous_secret: z.string().optional() }),
  fields,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...fields }),
  viewSchema: z.object({
    ...VIEW_BASE,
    kind,
    ...RECEIVER_VIEW,
    has_previous_secret: z.literal(true).optional(),
  }),
  secrets: ["secret", "previous_secret"],
  isSigned: true,
  audience: "people",
  example: EXAMPLE_RECEIVER,
  show: (channel, isWhole) => ({
    ...showReceiver(channel, isWhole),
    ...(channel.previous_secret === undefined ? {} : { has_previous_secret: true }),
  }),
  concerns: () => true,
});
