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

/** webhookChannel is an address that takes incidents as signed requests. */
export const webhookChannel = defineChannelKind({
  kind: "webhook",
  label: "Webhook",
  schema: z.object({ ...STORED_BASE, kind, ...STORED_RECEIVER }),
  fields: RECEIVER_FIELDS,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...RECEIVER_FIELDS }),
  viewSchema: z.object({ ...VIEW_BASE, kind, ...RECEIVER_VIEW }),
  isSigned: true,
  audience: "people",
  example: EXAMPLE_RECEIVER,
  show: showReceiver,
  concerns: () => true,
});
