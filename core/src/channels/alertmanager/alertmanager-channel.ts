import { z } from "zod";
import { lineSchema } from "../../wire/index.ts";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";
import { receiverUrl } from "../signed-receiver.ts";

const kind = z.literal("alertmanager");
const fields = { url: receiverUrl, token: lineSchema(4_096).min(1).optional() };

/** alertmanagerChannel is a Prometheus Alertmanager, which routes alerts on; `token` is a bearer token for what stands before it. */
export const alertmanagerChannel = defineChannelKind({
  kind: "alertmanager",
  label: "Alertmanager",
  schema: z.object({ ...STORED_BASE, kind, url: z.string(), token: z.string().optional() }),
  fields,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...fields }),
  viewSchema: z.object({ ...VIEW_BASE, kind, url: z.string(), has_secret: z.boolean() }),
  secrets: ["token"],
  isSigned: false,
  audience: "people",
  example: { url: "https://alertmanager.example" },
  show: (channel) => ({ ...channel, has_secret: channel.token !== undefined }),
  concerns: () => true,
});
