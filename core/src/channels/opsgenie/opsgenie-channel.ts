import { z } from "zod";
import { lineSchema } from "../../wire/index.ts";
import { CREATED_BASE, STORED_BASE, VIEW_BASE } from "../channel-base.ts";
import { defineChannelKind } from "../channel-definition.ts";
import { receiverUrl } from "../signed-receiver.ts";

const kind = z.literal("opsgenie");
const fields = { api_key: lineSchema(256).min(16), url: receiverUrl };
const url = receiverUrl.default("https://api.opsgenie.com");

/** opsgenieChannel is an API integration of Opsgenie, or of a service that speaks its Alert API. */
export const opsgenieChannel = defineChannelKind({
  kind: "opsgenie",
  label: "Opsgenie",
  schema: z.object({ ...STORED_BASE, kind, api_key: z.string(), url: z.string() }),
  fields,
  inputSchema: z.strictObject({ ...CREATED_BASE, kind, ...fields, url }),
  viewSchema: z.object({ ...VIEW_BASE, kind, url: z.string(), has_secret: z.literal(true) }),
  secrets: ["api_key"],
  isSigned: false,
  audience: "people",
  example: { api_key: "eb243592-faa2-4ba2-a551-1afdf565c889", url: "https://api.opsgenie.com" },
  show: (channel) => ({ ...channel, has_secret: true }),
  concerns: () => true,
});
